import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { largestExtent } from '../src/hashing/heif';

const photo = () => new Uint8Array(readFileSync(new URL('../../../../tests/fixtures/images/landscape.heic', import.meta.url)));

test('how large a HEIC photo is, is known before it is decoded', () => expect(largestExtent(photo())).toBeGreaterThanOrEqual(960 * 640));

test('what it claims counts, not what it is', () => {
  const bytes = photo();
  const at = Buffer.from(bytes.buffer).indexOf('ispe') + 8;
  new DataView(bytes.buffer).setUint32(at, 100_000);
  new DataView(bytes.buffer).setUint32(at + 4, 100_000);
  expect(largestExtent(bytes)).toBe(10_000_000_000);
});

test.each([[0], [3], [15]])('%i bytes claim nothing', (length) => expect(largestExtent(photo().subarray(0, length))).toBe(0));
