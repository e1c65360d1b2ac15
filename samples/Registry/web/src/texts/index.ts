import { en, type Texts } from './en';
import { es } from './es';

export type { Texts };

/** The languages of the page, by their code. A new language is a file beside these and a line here. */
export const languages: Readonly<Record<string, Texts>> = { en, es };

/** The first language that the person prefers and the page has. */
export function preferred(wanted: readonly string[]): string {
  const codes = wanted.map((language) => language.slice(0, 2).toLowerCase());
  return codes.find((code) => Object.hasOwn(languages, code)) ?? 'en';
}
