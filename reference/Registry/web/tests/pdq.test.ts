import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { gunzipSync, inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { lumaOfRow, sampling } from '../src/hashing/luma';
import { pdq } from '../src/hashing/pdq';

// Third-party pictures, read in place beside the checkout; where they are absent the tests say that they were skipped.
const conformance = new URL('../../../../../shared/conformance/pdq/', import.meta.url);
const present = existsSync(conformance);

function reference(table: URL): Map<string, { quality: number; pdq: string }> {
  const lines = readFileSync(table, 'utf8').trim().split('\n').slice(1);
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

/** A PNG of 8-bit RGB or RGBA pixels, without interlacing, as RGBA. */
function png(file: Buffer): { width: number; height: number; rgba: Uint8Array } {
  const [width, height, channels] = [file.readUInt32BE(16), file.readUInt32BE(20), file[25] === 6 ? 4 : 3];
  const packed: Buffer[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') packed.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  }
  const data = inflateSync(Buffer.concat(packed));
  const stride = width * channels;
  const rows = new Uint8Array(stride * height);
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0, at = 0; y < height; y++) {
    const filter = data[at++];
    for (let x = 0; x < stride; x++, at++) {
      const left = x >= channels ? rows[y * stride + x - channels] : 0;
      const up = y > 0 ? rows[(y - 1) * stride + x] : 0;
      const corner = x >= channels && y > 0 ? rows[(y - 1) * stride + x - channels] : 0;
      const guess = left + up - corner;
      const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
      const paeth = a <= b && a <= c ? left : b <= c ? up : corner;
      rows[y * stride + x] = data[at] + [0, left, up, (left + up) >> 1, paeth][filter];
      rgba[(y * width + Math.floor(x / channels)) * 4 + (x % channels)] = rows[y * stride + x];
    }
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

const absent = present ? '' : ' (skipped: shared/conformance is absent)';
describe.skipIf(!present)(`the bytes that the reference hashed give its hash and quality${absent}`, () => {
  const expected = present ? reference(new URL('reference.tsv', conformance)) : new Map();
  const files = present ? readdirSync(new URL('bytes/', conformance)) : [];

  test.each(files)('%s', (file) => {
    const picture = pixels(gunzipSync(readFileSync(new URL(`bytes/${file}`, conformance))));
    const { pdq: value, quality } = expected.get(file.replace(/\.p[pg]m\.gz$/, ''))!;
    expect(hash(picture)).toEqual({ value, quality });
  });
});

describe("the project's own pictures give the reference's hash and quality", () => {
  const fixtures = new URL('../../../../tests/fixtures/', import.meta.url);
  const expected = reference(new URL('pdq-reference.tsv', fixtures));

  test.each(['landscape.png', 'landscape-alpha.png'])('%s', (file) => {
    const { pdq: value, quality } = expected.get(file)!;
    expect(hash(png(readFileSync(new URL(`images/${file}`, fixtures))))).toEqual({ value, quality });
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
