/** The registry's own alphabet: without I, L, O and U, which people mistake for others. 32 letters, so 5 random bits each. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A random code in groups of four, as the registry writes them. */
export function drawCode(length: number): string {
  const letters = Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => alphabet[byte % alphabet.length]);
  return grouped(letters.join(''));
}

/** A case number or a secret as it is written on the receipt, whatever a hurried thumb made of it. */
export const tidyCode = (typed: string) => grouped(typed.toUpperCase().replace(/[^A-Z0-9]/g, ''));

const grouped = (letters: string) => letters.match(/.{1,4}/g)?.join('-') ?? '';
