export type Media = 'image' | 'video';

/** How many bytes at the start of a file tell what it is. */
export const sniffedBytes = 16;

const imageBrands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1', 'avif', 'avis', 'crx '];

/**
 * Whether a file is a photo or a video: by its first bytes, since names can be missing or wrong,
 * and otherwise by what the browser takes it for. Neither means that it is refused.
 */
export function mediaOf(start: Uint8Array, type: string): Media | undefined {
  return sniff(start) ?? (type.startsWith('image/') ? 'image' : type.startsWith('video/') ? 'video' : undefined);
}

function sniff(start: Uint8Array): Media | undefined {
  const text = String.fromCharCode(...start.subarray(0, sniffedBytes));
  const begins = (...signatures: string[]) => signatures.some((signature) => text.startsWith(signature));
  if (text.slice(4, 8) === 'ftyp') return imageBrands.includes(text.slice(8, 12)) ? 'image' : 'video';
  if (begins('RIFF')) return text.slice(8, 12) === 'WEBP' ? 'image' : text.slice(8, 11) === 'AVI' ? 'video' : undefined;
  if (begins('\xff\xd8\xff', '\x89PNG\r\n', 'GIF8', 'II*\0', 'MM\0*', '\xff\x0a', '\0\0\0\x0cJXL ')) return 'image';
  if (begins('BM') && text.slice(6, 10) === '\0\0\0\0') return 'image';
  // Matroska and WebM, Windows Media, MPEG program streams, Flash video, Ogg.
  if (begins('\x1aE\xdf\xa3', '0&\xb2u', '\0\0\x01\xba', 'FLV\x01', 'OggS')) return 'video';
  return undefined;
}
