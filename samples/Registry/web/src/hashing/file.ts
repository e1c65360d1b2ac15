import type { Digests } from './digests';
import { frames } from './frames';
import type { Hasher } from './hasher';
import type { Media } from './media';
import type { Pdq } from './pdq';

/** How similar copies of a file can be found: or why only exact copies can. */
export type Similarity = 'found' | 'too-plain' | 'not-shown' | 'too-large';

/** Everything that will be known of a file outside this device. */
export interface Fingerprints {
  readonly media: Media;
  readonly digests: Digests;
  readonly pdq: readonly Pdq[];
  readonly similarity: Similarity;
}

/** Below this a picture has too little in it: its hash would match pictures of other things. */
const leastQuality = 50;

/** In pixels: a photo of this size takes 256 MB when decoded, which is as much as a phone can be asked for. */
const largestPicture = 64_000_000;

/** Computes the fingerprints of a file, reporting how far it has come from 0 to 1. */
export async function fingerprints(
  file: File,
  media: Media,
  hasher: Hasher,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<Fingerprints> {
  const digestShare = media === 'video' ? 0.4 : 0.9;
  const digests = await hasher.digests(file, (read) => onProgress((digestShare * read) / file.size), signal);
  const onFrame = (done: number, of: number) => onProgress(digestShare + ((1 - digestShare) * done) / of);
  const pictures = await look(file, media, hasher, onFrame, signal).catch(() => 'not-shown' as const);
  signal.throwIfAborted();
  if (typeof pictures === 'string') return { media, digests, pdq: [], similarity: pictures };
  const pdq = pictures.filter(({ quality }) => quality >= leastQuality);
  return { media, digests, pdq, similarity: pdq.length > 0 ? 'found' : 'too-plain' };
}

async function look(
  file: File,
  media: Media,
  hasher: Hasher,
  onFrame: (done: number, of: number) => void,
  signal: AbortSignal,
): Promise<readonly Pdq[] | Similarity> {
  const hash = (picture: File | ImageBitmap) => hasher.picture(picture, signal);
  if (media === 'video') return (await frames(file, largestPicture, hash, onFrame, signal)) ?? 'not-shown';
  const pixels = await pixelCount(file);
  if (pixels === undefined) return 'not-shown';
  return pixels > largestPicture ? 'too-large' : [await hash(file)];
}

/** How large a photo is, from its header: nothing is decoded before that is known. Undefined if the browser cannot show it. */
async function pixelCount(file: File): Promise<number | undefined> {
  const image = new Image();
  const address = URL.createObjectURL(file);
  try {
    return await new Promise((resolve) => {
      image.onload = () => resolve(image.naturalWidth * image.naturalHeight);
      image.onerror = () => resolve(undefined);
      image.src = address;
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
