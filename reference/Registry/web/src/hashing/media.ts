export type Media = 'image' | 'video';

/** What a file is by its first bytes. `other` is something that is neither a photo nor a video, whatever its name says. */
export type Format = 'jpeg' | 'png' | 'gif' | 'bmp' | 'webp' | 'avif' | 'heif' | 'tiff' | 'jxl' | 'mp4' | 'video' | 'other';

/** How many bytes at the start of a file tell what it is. */
export const sniffedBytes = 32;

const heifBrands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'];
const signatures: readonly (readonly [Format, ...string[]])[] = [
  ['jpeg', '\xff\xd8\xff'],
  ['png', '\x89PNG\r\n'],
  ['gif', 'GIF8'],
  ['tiff', 'II*\0', 'MM\0*', 'II+\0', 'MM\0+'],
  ['jxl', '\xff\x0a', '\0\0\0\x0cJXL '],
  // Matroska and WebM, Windows Media, MPEG program streams, Flash video, Ogg.
  ['video', '\x1aE\xdf\xa3', '0&\xb2u', '\0\0\x01\xba', 'FLV\x01', 'OggS'],
  // Zip and the documents made of it, PDF, gzip, RAR, 7z.
  ['other', 'PK\x03\x04', 'PK\x05\x06', '%PDF', '\x1f\x8b', 'Rar!', '7z\xbc\xaf'],
];

/**
 * Whether a file is a photo or a video: by its first bytes, since names can be missing or wrong,
 * and otherwise by what the browser takes it for. Neither means that it is left out.
 */
export function mediaOf(start: Uint8Array, type: string): Media | undefined {
  const format = formatOf(start);
  if (format === 'other') return undefined;
  if (format) return format === 'mp4' || format === 'video' ? 'video' : 'image';
  return type.startsWith('image/') ? 'image' : type.startsWith('video/') ? 'video' : undefined;
}

export function formatOf(start: Uint8Array): Format | undefined {
  const text = String.fromCharCode(...start.subarray(0, sniffedBytes));
  const brand = text.slice(8, 12);
  if (text.slice(4, 8) === 'ftyp') {
    return heifBrands.includes(brand) ? 'heif' : brand === 'avif' || brand === 'avis' ? 'avif' : brand === 'crx ' ? 'tiff' : 'mp4';
  }
  if (text.startsWith('RIFF')) return brand === 'WEBP' ? 'webp' : brand.startsWith('AVI') ? 'video' : 'other';
  if (text.startsWith('BM') && text.slice(6, 10) === '\0\0\0\0') return 'bmp';
  const known = signatures.find(([, ...starts]) => starts.some((signature) => text.startsWith(signature)));
  if (known) return known[0];
  return /^[\t\n\r\x20-\x7e]{16,}$/.test(text) ? 'other' : undefined;
}

/** How many pixels a PNG says it has, so that one that no browser will open is known to be too large rather than broken. */
export function declaredPixels(start: Uint8Array): number {
  if (formatOf(start) !== 'png' || start.length < 24) return 0;
  const view = new DataView(start.buffer, start.byteOffset);
  return view.getUint32(16) * view.getUint32(20);
}
