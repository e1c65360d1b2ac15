import type { Pdq } from './pdq';

/** The registry takes at most this many frames of a video. Of longer ones, frames further apart are taken. */
export const mostFrames = 3600;

/** How many milliseconds a frame may take to be shown after its seek: a tab in the background shows none. */
const framePatience = 250;

/** The times, in seconds, at which a video of this length is looked at: once a second from the start. */
export function frameTimes(duration: number): number[] {
  const length = duration > 0 ? duration : 0;
  const count = Math.min(mostFrames, Math.max(1, Math.ceil(length)));
  const step = Math.max(1, length / mostFrames);
  return Array.from({ length: count }, (_, i) => i * step);
}

/** Hashes the frames of a video that this browser can play; undefined if it cannot, or plays only its sound. */
export async function frames(
  file: File,
  largestPicture: number,
  hash: (frame: ImageBitmap) => Promise<Pdq>,
  onFrame: (done: number, of: number) => void,
  signal: AbortSignal,
): Promise<Pdq[] | 'too-large' | undefined> {
  const video = document.createElement('video');
  const address = URL.createObjectURL(file);
  try {
    video.muted = true;
    video.playsInline = true;
    video.preload = 'auto';
    video.src = address;
    if (!(await happens(video, 'loadeddata', signal))) return undefined;
    const pixels = video.videoWidth * video.videoHeight;
    if (pixels === 0) return undefined;
    if (pixels > largestPicture) return 'too-large';
    const times = frameTimes(await duration(video, signal));
    const found = new Map<string, Pdq>();
    for (const [i, time] of times.entries()) {
      if (!(await seek(video, time, signal))) break;
      const frame = await hash(await createImageBitmap(video));
      found.set(frame.value, frame);
      onFrame(i + 1, times.length);
    }
    return found.size > 0 ? [...found.values()] : undefined;
  } finally {
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(address);
  }
}

/** Recordings made by a browser do not say how long they are until their end has been looked for. */
async function duration(video: HTMLVideoElement, signal: AbortSignal): Promise<number> {
  if (!Number.isFinite(video.duration)) await seek(video, Number.MAX_SAFE_INTEGER, signal);
  return Number.isFinite(video.duration) ? video.duration : video.currentTime;
}

/** Seeks, and waits for the picture too: the event may come while the frame from before is still there to be looked at. */
async function seek(video: HTMLVideoElement, time: number, signal: AbortSignal): Promise<boolean> {
  const shown = frameOf(video, time);
  const seeked = happens(video, 'seeked', signal);
  video.currentTime = time;
  if (!(await seeked)) return false;
  await Promise.race([shown, new Promise((resolve) => setTimeout(resolve, framePatience))]);
  return true;
}

/** Resolves when a frame is shown that is not later than this time; at once in a browser that cannot tell. */
async function frameOf(video: HTMLVideoElement, time: number): Promise<void> {
  if (!('requestVideoFrameCallback' in video)) return;
  const shown = () => new Promise<number>((resolve) => video.requestVideoFrameCallback((_, frame) => resolve(frame.mediaTime)));
  while ((await shown()) > time);
}

/** Whether an event comes before an error or the patience of fifteen seconds ends. */
function happens(video: HTMLVideoElement, event: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const listening = new AbortController();
    const end = (outcome: () => void) => {
      listening.abort();
      clearTimeout(timer);
      outcome();
    };
    const timer = setTimeout(() => end(() => resolve(false)), 15_000);
    const options = { signal: listening.signal };
    video.addEventListener(event, () => end(() => resolve(true)), options);
    video.addEventListener('error', () => end(() => resolve(false)), options);
    signal.addEventListener('abort', () => end(() => reject(signal.reason)), options);
  });
}
