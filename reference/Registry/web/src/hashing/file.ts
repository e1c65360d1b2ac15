import type { Digests } from './digests';
import { frames } from './frames';
import type { Hasher } from './hasher';
import { largestPicture } from './limits';
import { declaredPixels, formatOf, sniffedBytes, type Format, type Media } from './media';
import { isCutShort } from './mp4';
import type { Pdq } from './pdq';

/** How similar copies of a file can be found: or why only exact copies can. */
export type Similarity = 'found' | 'too-plain' | 'not-shown' | 'too-large' | 'broken' | 'no-decoder';

/** Everything that will be known of a file outside this device. */
export interface Fingerprints {
  readonly media: Media;
  readonly digests: Digests;
  readonly pdq: readonly Pdq[];
  readonly similarity: Similarity;
}

/** The fingerprints, and a small copy of the picture that never leaves this page. */
export interface Examined {
  readonly fingerprints: Fingerprints;
  readonly thumbnail: Blob | undefined;
}

/** What can be seen in a file: the hashes of its pictures and a small copy of the first. */
interface Seen {
  readonly pdq: readonly Pdq[];
  readonly thumbnail: Blob | undefined;
}

type Unseen = Exclude<Similarity, 'found' | 'too-plain'>;

/** Below this a picture has too little in it: its hash would match pictures of other things. */
const leastQuality = 50;

/** Kinds of pictures that every browser shows: if one does not, the file is at fault. */
const everyBrowserShows: readonly (Format | undefined)[] = ['jpeg', 'png', 'gif', 'bmp', 'webp'];

/** Computes the fingerprints of a file, reporting how far it has come from 0 to 1. */
export async function fingerprints(
  file: File,
  media: Media,
  hasher: Hasher,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<Examined> {
  const digestShare = media === 'video' ? 0.4 : 0.9;
  const digests = await hasher.digests(file, (read) => onProgress((digestShare * read) / file.size), signal);
  const onFrame = (done: number, of: number) => onProgress(digestShare + ((1 - digestShare) * done) / of);
  const start = new Uint8Array(await file.slice(0, sniffedBytes).arrayBuffer());
  const seen = await (media === 'video' ? watch(file, start, hasher, onFrame, signal) : look(file, start, hasher, signal));
  signal.throwIfAborted();
  if (typeof seen === 'string') return { fingerprints: { media, digests, pdq: [], similarity: seen }, thumbnail: undefined };
  const pdq = seen.pdq.filter(({ quality }) => quality >= leastQuality);
  return { fingerprints: { media, digests, pdq, similarity: pdq.length > 0 ? 'found' : 'too-plain' }, thumbnail: seen.thumbnail };
}

async function look(file: File, start: Uint8Array, hasher: Hasher, signal: AbortSignal): Promise<Seen | Unseen> {
  const format = formatOf(start);
  if (declaredPixels(start) > largestPicture) return 'too-large';
  const pixels = await pixelCount(file);
  if (pixels !== undefined && pixels > largestPicture) return 'too-large';
  const decoder = pixels === undefined && (format === 'heif' || format === 'tiff') ? format : undefined;
  const unseen = everyBrowserShows.includes(format) ? 'broken' : 'not-shown';
  if (pixels === undefined && !decoder) return unseen;
  const looked = await hasher.picture(file, { decoder, thumbnail: true }, signal).catch(() => unseen);
  if (typeof looked !== 'string') return { pdq: [looked.pdq], thumbnail: looked.thumbnail };
  // A file that only says that it is some HEIF may well hold something else than HEVC.
  return looked === 'broken' && decoder && genericHeif(start) ? 'not-shown' : looked;
}

async function watch(
  file: File,
  start: Uint8Array,
  hasher: Hasher,
  onFrame: (done: number, of: number) => void,
  signal: AbortSignal,
): Promise<Seen | Unseen> {
  let thumbnail: Blob | undefined;
  const hash = async (frame: ImageBitmap) => {
    const looked = await hasher.picture(frame, { thumbnail: !thumbnail }, signal);
    if (typeof looked === 'string') throw new Error(looked);
    thumbnail ??= looked.thumbnail;
    return looked.pdq;
  };
  const pdq = await frames(file, largestPicture, hash, onFrame, signal).catch(() => undefined);
  if (pdq === 'too-large') return pdq;
  if (pdq) return { pdq, thumbnail };
  return formatOf(start) === 'mp4' && (await isCutShort(file)) ? 'broken' : 'not-shown';
}

const genericHeif = (start: Uint8Array) => ['mif1', 'msf1'].includes(String.fromCharCode(...start.subarray(8, 12)));

/** How large a photo is, from its header: nothing is decoded before that is known. Undefined if the browser cannot show it. */
async function pixelCount(file: File): Promise<number | undefined> {
  const image = new Image();
  const address = URL.createObjectURL(file);
  try {
    return await new Promise((resolve) => {
      image.onload = () => resolve(image.naturalWidth * image.naturalHeight || undefined);
      image.onerror = () => resolve(undefined);
      image.src = address;
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
