/// <reference lib="webworker" />
import { digests, prepareDigests } from './digests';
import { decodeHeif } from './heif';
import { largestPicture } from './limits';
import type { Answer, Decoder, Looked, Request } from './messages';
import { pdqOfPicture, thumbnailOf } from './picture';
import { decodeTiff } from './tiff';

// Everything heavy happens here, so that the page stays responsive and a cancellation is heard between two chunks.
const running = new Map<number, AbortController>();
const answer = (message: Answer) => self.postMessage(message);

self.onmessage = async ({ data }: MessageEvent<Request>) => {
  if ('cancel' in data) return running.get(data.cancel)?.abort();
  const { id } = data;
  const controller = new AbortController();
  running.set(id, controller);
  try {
    if ('digest' in data) answer({ id, digests: await digests(data.digest, (read) => answer({ id, read }), controller.signal) });
    else answer({ id, looked: await look(data.picture, data.decoder, data.thumbnail) });
  } catch (error) {
    answer({ id, failed: error instanceof DOMException ? error.name : 'Error' });
  } finally {
    running.delete(id);
  }
};

async function look(picture: File | ImageBitmap, decoder: Decoder | undefined, thumbnail: boolean): Promise<Looked> {
  const bitmap = picture instanceof ImageBitmap ? picture : await shown(picture, decoder);
  if (typeof bitmap === 'string') return bitmap;
  try {
    return { pdq: pdqOfPicture(bitmap), thumbnail: thumbnail ? await thumbnailOf(bitmap) : undefined };
  } finally {
    bitmap.close();
  }
}

/** What the browser shows is hashed: turned as the file says, but with the stored colours, since platforms look at those. */
async function shown(file: File, decoder: Decoder | undefined): Promise<ImageBitmap | 'too-large' | 'broken' | 'no-decoder'> {
  if (!decoder) return createImageBitmap(file, { imageOrientation: 'from-image', colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
  const pixels = await (decoder === 'heif' ? decodeHeif : decodeTiff)(file, largestPicture);
  return typeof pixels === 'string' ? pixels : createImageBitmap(pixels, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
}

// What computes the digests has to have arrived before the page says that it is ready: later it may have no network.
void prepareDigests().then(() => answer({ ready: true }));
