/** The part of libheif's JavaScript interface that is used here. */
interface LibHeif {
  readonly HeifDecoder: new () => { decode(file: Uint8Array): HeifImage[] };
}

interface HeifImage {
  is_primary(): boolean;
  get_width(): number;
  get_height(): number;
  display(pixels: ImageData, done: (filled: ImageData | null) => void): void;
  free(): void;
}

/**
 * Where the registry serves libheif: a file of its own, as its makers released it, so that whoever runs the registry can put another in its
 * place (its licence, the LGPL, asks for that). It is loaded only when a HEIC photo is chosen that the browser cannot show.
 */
const address = '/heif/libheif-bundle.mjs';

let library: Promise<LibHeif> | undefined;
let failures = 0;

/** Decodes a HEIC photo, turned as it says. Nothing is decoded before its size is known. */
export async function decodeHeif(file: File, largestPicture: number): Promise<ImageData | 'too-large' | 'broken' | 'no-decoder'> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (largestExtent(bytes) > largestPicture) return 'too-large';
  let heif: LibHeif;
  try {
    heif = await (library ??= load());
  } catch {
    library = undefined;
    failures++;
    return 'no-decoder';
  }
  try {
    return await decode(heif, bytes, largestPicture);
  } catch {
    // What a bad file left behind must not spoil the next one.
    library = undefined;
    return 'broken';
  }
}

async function load(): Promise<LibHeif> {
  // A module that could not be fetched is not asked for again under the same address.
  const module = await import(/* @vite-ignore */ failures > 0 ? `${address}?${failures}` : address);
  return module.default();
}

async function decode(heif: LibHeif, bytes: Uint8Array, largestPicture: number): Promise<ImageData | 'too-large' | 'broken'> {
  const images = new heif.HeifDecoder().decode(bytes);
  try {
    const image = images.find((one) => one.is_primary()) ?? images[0];
    if (!image) return 'broken';
    const [width, height] = [image.get_width(), image.get_height()];
    if (width * height > largestPicture) return 'too-large';
    if (!(width > 0 && height > 0)) return 'broken';
    const pixels = new ImageData(width, height);
    const filled = await new Promise<ImageData | null>((resolve) => image.display(pixels, resolve));
    return filled ?? 'broken';
  } finally {
    for (const image of images) image.free();
  }
}

/** How much of a HEIF file holds its structure; the boxes that say how large its pictures are lie there. */
const structureBytes = 1 << 16;

/** The most pixels that any picture in a HEIF file claims to have: from its `ispe` boxes, wherever they are. */
export function largestExtent(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, structureBytes));
  let largest = 0;
  for (let at = 0; at + 16 <= view.byteLength; at++) {
    if (view.getUint32(at) === 0x69737065) largest = Math.max(largest, view.getUint32(at + 8) * view.getUint32(at + 12));
  }
  return largest;
}
