/// <reference lib="webworker" />
import { digests } from './digests';
import type { Answer, Request } from './messages';
import { pdqOfPicture } from './picture';

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
    else answer({ id, pdq: await hash(data.picture) });
  } catch (error) {
    answer({ id, failed: error instanceof DOMException ? error.name : 'Error' });
  } finally {
    running.delete(id);
  }
};

/** What the browser shows is hashed: turned as EXIF says, but with the stored colours, since platforms look at those. */
async function hash(picture: File | ImageBitmap) {
  const bitmap =
    picture instanceof ImageBitmap
      ? picture
      : await createImageBitmap(picture, { imageOrientation: 'from-image', colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
  try {
    return pdqOfPicture(bitmap);
  } finally {
    bitmap.close();
  }
}

answer({ ready: true });
