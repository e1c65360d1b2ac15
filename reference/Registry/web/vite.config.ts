import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Puts libheif beside the page as its makers released it, with its licences: a file that can be replaced by another. See README.md. */
const separateLibheif: Plugin = {
  name: 'separate-libheif',
  generateBundle() {
    const from = new URL('node_modules/libheif-js/', import.meta.url);
    const files = {
      'libheif-bundle.mjs': 'libheif-wasm/libheif-bundle.mjs',
      'LICENSE.libheif.txt': 'libheif-wasm/LICENSE',
      'LICENSE.libheif-js.txt': 'LICENSE',
    };
    for (const [name, path] of Object.entries(files)) {
      this.emitFile({ type: 'asset', fileName: `heif/${name}`, source: readFileSync(new URL(path, from)) });
    }
  },
};

export default defineConfig({
  build: {
    outDir: '../wwwroot',
    emptyOutDir: true,
    // The page's Content-Security-Policy allows neither data: addresses nor inline code.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  plugins: [separateLibheif],
  worker: { format: 'es' },
  server: { proxy: { '/api': 'http://127.0.0.1:5080' } },
  test: { include: ['tests/**/*.test.ts'] },
});
