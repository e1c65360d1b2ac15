import { en, type Texts } from './en';
import { es } from './es';

export type { Texts };

interface Language {
  /** Its name in itself. */
  readonly name: string;
  /** Whether no native reader has reviewed it yet. It is offered only where the registry's settings say so. */
  readonly draft: boolean;
  readonly load: () => Texts | Promise<Texts>;
}

/** The languages of the page, by their code. A new language is a file beside these and a line here. */
export const languages: Readonly<Record<string, Language>> = {
  en: { name: 'English', draft: false, load: () => en },
  es: { name: 'Español', draft: false, load: () => es },
  fr: { name: 'Français', draft: true, load: async () => (await import('./fr')).fr },
  pt: { name: 'Português (Brasil)', draft: true, load: async () => (await import('./pt')).pt },
  ar: { name: 'العربية', draft: true, load: async () => (await import('./ar')).ar },
  uk: { name: 'Українська', draft: true, load: async () => (await import('./uk')).uk },
};

export const offered = (drafts: boolean) => Object.entries(languages).filter(([, { draft }]) => drafts || !draft);

/** The first language that the person prefers and the page has. A draft is spoken only to those who choose it. */
export function preferred(wanted: readonly string[]): string {
  const codes = wanted.map((language) => language.slice(0, 2).toLowerCase());
  return codes.find((code) => Object.hasOwn(languages, code) && !languages[code].draft) ?? 'en';
}
