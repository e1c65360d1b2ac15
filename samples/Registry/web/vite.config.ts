import { defineConfig } from 'vitest/config';

export default defineConfig({
  build: {
    outDir: '../wwwroot',
    emptyOutDir: true,
    // The page's Content-Security-Policy allows neither data: addresses nor inline code.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': 'http://127.0.0.1:5080' } },
  test: { include: ['tests/**/*.test.ts'] },
});
