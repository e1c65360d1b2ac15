import { expect, test } from 'vitest';
import { digests, prepareDigests } from '../src/hashing/digests';
import { javaScript } from '../src/hashing/slowDigests';

// Prints how fast the three digests of a file are made, with WebAssembly and without. It asserts no time: a busy machine proves nothing.
test('MB/s of the digests', { timeout: 60_000 }, async () => {
  const megabytes = 24;
  const file = new Blob([Uint8Array.from({ length: megabytes << 20 }, (_, i) => (i * 2654435761) >>> 24)]);
  await prepareDigests();
  const speed = async (start?: typeof javaScript) => {
    const began = performance.now();
    const made = await digests(file, () => {}, new AbortController().signal, start);
    return { made, rate: megabytes / ((performance.now() - began) / 1000) };
  };
  await speed();
  const [slow, fast] = [await speed(javaScript), await speed()];
  console.log(`digests: ${fast.rate.toFixed(0)} MB/s; in JavaScript alone ${slow.rate.toFixed(0)} MB/s; ${(fast.rate / slow.rate).toFixed(1)} times`);
  expect(fast.made).toEqual(slow.made);
});
