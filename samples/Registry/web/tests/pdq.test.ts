import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { lumaOfRow, sampling } from '../src/hashing/luma';
import { pdq } from '../src/hashing/pdq';

// Third-party pictures, read in place beside the checkout; where they are absent the tests say that they were skipped.
const conformance = new URL('../../../../../shared/conformance/pdq/', import.meta.url);
const present = existsSync(conformance);

function reference(): Map<string, { quality: number; pdq: string }> {
  const lines = readFileSync(new URL('reference.tsv', conformance), 'utf8').trim().split('\n').slice(1);
  return new Map(lines.map((line) => line.split('\t')).map(([file, , , quality, pdq]) => [file, { quality: Number(quality), pdq }]));
}

/** A binary PPM or PGM as RGBA. */
function pixels(file: Buffer): { width: number; height: number; rgba: Uint8Array } {
  const header = /^P([56])\s+(\d+)\s+(\d+)\s+255\s/.exec(file.toString('latin1', 0, 64))!;
  const [width, height] = [Number(header[2]), Number(header[3])];
  const channels = header[1] === '6' ? 3 : 1;
  const body = file.subarray(header[0].length);
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) rgba[i * 4 + c] = body[i * channels + Math.min(c, channels - 1)];
  }
  return { width, height, rgba };
}

/** Hashes as the page does, but from pixels that lie in memory. */
function hash({ width, height, rgba }: { width: number; height: number; rgba: Uint8Array }) {
  const { columns, rows } = sampling(width, height);
  const luma = new Float32Array(columns.length * rows.length);
  rows.forEach((y, i) => lumaOfRow(rgba, y * width * 4, columns, luma, i * columns.length));
  return pdq(luma, columns.length, rows.length);
}

describe.skipIf(!present)('the bytes that the reference hashed give its hash and quality' + (present ? '' : ' (skipped: shared/conformance is absent)'), () => {
  const expected = present ? reference() : new Map();
  const files = present ? readdirSync(new URL('bytes/', conformance)) : [];

  test.each(files)('%s', (file) => {
    const picture = pixels(gunzipSync(readFileSync(new URL(`bytes/${file}`, conformance))));
    const { pdq: value, quality } = expected.get(file.replace(/\.p[pg]m\.gz$/, ''))!;
    expect(hash(picture)).toEqual({ value, quality });
  });
});

describe('edges', () => {
  test.each([[4, 4], [4, 400], [1, 1]])('a picture of %i by %i has no hash and quality 0', (width, height) => {
    expect(hash({ width, height, rgba: new Uint8Array(width * height * 4).fill(90) })).toEqual({ value: '0'.repeat(64), quality: 0 });
  });

  test('five pixels a side is enough to hash', () => {
    const rgba = Uint8Array.from({ length: 5 * 5 * 4 }, (_, i) => (i * 97) & 255);
    expect(hash({ width: 5, height: 5, rgba }).value).not.toBe('0'.repeat(64));
  });

  test('a plain picture has quality 0', () => {
    expect(hash({ width: 300, height: 200, rgba: new Uint8Array(300 * 200 * 4).fill(128) }).quality).toBe(0);
  });

  test('a long side is sampled at the floor of its proportion', () => {
    const { columns, rows } = sampling(1000, 300);
    expect([columns.length, rows.length]).toEqual([512, 512]);
    expect([columns[1], columns[511], rows[1], rows[511]]).toEqual([1, 998, 0, 299]);
  });

  test('512 pixels a side are taken as they are', () => {
    const { columns, rows } = sampling(512, 77);
    expect([columns.length, columns[511], rows.length, rows[76]]).toEqual([512, 511, 77, 76]);
  });
});
