import { expect, test } from 'vitest';
import { languages, preferred } from '../src/texts';

/** Every text, with the places that take words filled in. */
function texts(part: unknown, path: string): [string, string][] {
  if (typeof part === 'string') return [[path, part]];
  if (typeof part === 'function') return [[path, String(part(2, 3))]];
  return Object.entries(part as object).flatMap(([name, value]) => texts(value, `${path}.${name}`));
}

test('every language says everything', () => {
  const english = texts(languages.en, '').map(([path]) => path);
  for (const [code, language] of Object.entries(languages)) {
    const own = texts(language, '');
    expect(own.map(([path]) => path), code).toEqual(english);
    for (const [path, text] of own) expect(text.trim(), code + path).not.toBe('');
  }
});

test.each([
  [['es-MX', 'en'], 'es'],
  [['fr', 'es'], 'es'],
  [['fr', 'de'], 'en'],
  [['constructor'], 'en'],
  [[], 'en'],
])('of %j the page speaks %s', (wanted, language) => expect(preferred(wanted)).toBe(language));
