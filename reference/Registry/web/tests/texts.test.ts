import { expect, test } from 'vitest';
import { languages, preferred } from '../src/texts';

/** Every text, with the places that take words filled in. */
function texts(part: unknown, path: string): [string, string][] {
  if (typeof part === 'string') return [[path, part]];
  if (typeof part === 'function') return [[path, String(/platforms/.test(path) ? part(['A', 'B']) : part(2, 3, 4))]];
  return Object.entries(part as object).flatMap(([name, value]) => texts(value, `${path}.${name}`));
}

test('every language says everything', async () => {
  const english = texts(await languages.en.load(), '').map(([path]) => path);
  for (const [code, language] of Object.entries(languages)) {
    const own = texts(await language.load(), '').filter(([path]) => path !== '.draft');
    expect((await language.load()).draft !== '', code).toBe(language.draft);
    expect(own.map(([path]) => path), code).toEqual(english.filter((path) => path !== '.draft'));
    for (const [path, text] of own) expect(text.trim(), code + path).not.toBe('');
  }
});

test.each([
  [['es-MX', 'en'], 'es'],
  [['fr', 'es'], 'es'],
  [['fr', 'de'], 'en'],
  [['constructor'], 'en'],
  // A draft is nobody's first language: a wrong word harms.
  [['uk-UA', 'es'], 'es'],
  [['ar'], 'en'],
  [[], 'en'],
])('of %j the page speaks %s', (wanted, language) => expect(preferred(wanted)).toBe(language));
