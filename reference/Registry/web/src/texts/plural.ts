/** The forms of a word for numbers, as a language has them; `#` stands for the number. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** Counts in a language: `count(3, { one: '# photo', other: '# photos' })`. */
export function plurals(language: string) {
  const rules = new Intl.PluralRules(language);
  const digits = new Intl.NumberFormat(language);
  return (n: number, forms: Forms) => (forms[rules.select(n)] ?? forms.other).replace('#', digits.format(n));
}

/** A list of names as the language writes it: "A, B and C". */
export const names = (language: string, all: readonly string[]) => new Intl.ListFormat(language, { type: 'conjunction' }).format(all);
