import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mediaOf, sniffedBytes } from '../src/hashing/media';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('by the first bytes', () => {
  test.each([
    ['\0\0\0\x18ftypheic', 'image'],
    ['\0\0\0\x1cftypavif', 'image'],
    ['\0\0\0\x18ftypmif1', 'image'],
    ['\0\0\0\x20ftypisom', 'video'],
    ['\0\0\0\x14ftypqt  ', 'video'],
    ['\x1aE\xdf\xa3', 'video'],
    ['RIFF\0\0\0\0AVI LIST', 'video'],
    ['RIFF\0\0\0\0WAVEfmt ', undefined],
    ['BMW is a car', undefined],
    ['%PDF-1.7', undefined],
    ['PK\x03\x04\x14\0\0\0', undefined],
    ['#EXTM3U\n#EXT-X-VERSION:3', undefined],
    ['', undefined],
  ] as const)('%j', (start, media) => expect(mediaOf(bytes(start), '')).toBe(media));

  const images = new URL('../../../../tests/fixtures/images/', import.meta.url);
  test.each(readdirSync(images).filter((name) => name.includes('.')))('%s', (name) => {
    expect(mediaOf(readFileSync(new URL(name, images)).subarray(0, sniffedBytes), '')).toBe('image');
  });
});

describe('by what the browser takes it for', () => {
  test.each([['image/x-new', 'image'], ['video/x-new', 'video'], ['application/pdf', undefined], ['', undefined]])('%s', (type, media) =>
    expect(mediaOf(bytes('something'), type)).toBe(media),
  );
  test.each(['PK\x03\x04', '%PDF-1.7', 'a text of some length'])('but %j is none, whatever its name says', (start) =>
    expect(mediaOf(bytes(start), 'image/jpeg')).toBeUndefined(),
  );
  test('the bytes count for more', () => expect(mediaOf(bytes('\0\0\0\x20ftypisom'), 'image/jpeg')).toBe('video'));
});
