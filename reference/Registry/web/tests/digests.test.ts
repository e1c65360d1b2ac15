import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { digests } from '../src/hashing/digests';
import { javaScript } from '../src/hashing/slowDigests';

const expected = (bytes: Uint8Array) =>
  Object.fromEntries(['md5', 'sha1', 'sha256'].map((kind) => [kind, createHash(kind).update(bytes).digest('hex')]));
const never = new AbortController().signal;

test.each([1, 63, 64, 1 << 20, (1 << 20) + 1, (5 << 20) + 7])('a file of %i bytes', async (length) => {
  const bytes = Uint8Array.from({ length }, (_, i) => (i * 2654435761) >>> 24);
  const read: number[] = [];
  expect(await digests(new Blob([bytes]), (to) => read.push(to), never)).toEqual(expected(bytes));
  expect(read.at(-1)).toBe(length);
  expect(read.length).toBe(Math.ceil(length / (1 << 20)));
});

test('without WebAssembly the digests are the same', async () => {
  const bytes = Uint8Array.from({ length: (1 << 20) + 65 }, (_, i) => (i * 2654435761) >>> 24);
  expect(await digests(new Blob([bytes]), () => {}, never, javaScript)).toEqual(expected(bytes));
});

test('a long file is never read as a whole, and a cancellation is heard between two chunks', async () => {
  const slices: number[] = [];
  const cancel = new AbortController();
  const endless = {
    size: 2 ** 40,
    slice(from: number, to: number) {
      slices.push(to - from);
      if (slices.length === 3) cancel.abort();
      return new Blob([new Uint8Array(to - from)]);
    },
  };
  await expect(digests(endless as Blob, () => {}, cancel.signal)).rejects.toThrow();
  expect(slices).toEqual([1 << 20, 1 << 20, 1 << 20]);
});
