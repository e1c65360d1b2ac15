import { expect, test } from 'vitest';
import { isCutShort } from '../src/hashing/mp4';

const box = (type: string, length: number, says = length) => {
  const bytes = new Uint8Array(length);
  new DataView(bytes.buffer).setUint32(0, says);
  bytes.set(Uint8Array.from(type, (letter) => letter.charCodeAt(0)), 4);
  return bytes;
};
const ftyp = box('ftyp', 24);

test.each([
  ['contents first', [ftyp, box('moov', 100), box('mdat', 1000)], false],
  ['contents last', [ftyp, box('mdat', 1000), box('moov', 100)], false],
  ['pictures up to the end of the file', [ftyp, box('moov', 100), box('mdat', 1000, 0)], false],
  ['cut in its pictures', [ftyp, box('mdat', 1000, 5000)], true],
  ['cut before its contents', [ftyp, box('mdat', 1000)], true],
  ['cut in a header', [ftyp, box('moov', 100), new Uint8Array(5)], true],
  ['a size that is none', [ftyp, box('mdat', 100, 7), box('moov', 100)], true],
  ['nothing', [], true],
] as const)('%s', async (_, boxes, isCut) => expect(await isCutShort(new Blob([...boxes]))).toBe(isCut));

test('a file with more boxes than any video is not read to its end', async () => {
  expect(await isCutShort(new Blob(Array.from({ length: 2_000 }, () => box('free', 8))))).toBe(true);
});
