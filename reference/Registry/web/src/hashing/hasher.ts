import type { Digests } from './digests';
import type { Answer, Decoder, Looked, Request } from './messages';

interface Pending {
  readonly onBytes: (read: number) => void;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** The page's side of the worker. The one worker lives as long as the page, so that hashing never asks the network for anything. */
export class Hasher {
  /** Settles when the worker's code has arrived; from then on the page needs no network until it submits. */
  readonly ready: Promise<void>;
  readonly #worker: Worker | undefined = start();
  readonly #pending = new Map<number, Pending>();
  #next = 1;
  #stopped: Error | undefined;

  constructor() {
    const worker = this.#worker;
    this.ready = new Promise((resolve, reject) => {
      if (!worker) return reject((this.#stopped = new Error('There are no workers.')));
      worker.onmessage = ({ data }: MessageEvent<Answer>) => ('ready' in data ? resolve() : this.#settle(data));
      worker.onerror = () => {
        this.#stopped = new Error('The worker has stopped.');
        reject(this.#stopped);
        for (const pending of this.#pending.values()) pending.reject(this.#stopped);
        this.#pending.clear();
      };
    });
    // Whoever chooses files is told; before that, nobody waits for it.
    this.ready.catch(() => {});
  }

  async digests(file: File, onBytes: (read: number) => void, signal: AbortSignal): Promise<Digests> {
    const answer = await this.#ask((id) => ({ id, digest: file }), signal, { onBytes });
    return (answer as { digests: Digests }).digests;
  }

  /** Looks at a picture: as the browser shows it, or with a decoder of the worker's own. */
  async picture(
    picture: File | ImageBitmap,
    { decoder, thumbnail }: { decoder?: Decoder | undefined; thumbnail: boolean },
    signal: AbortSignal,
  ): Promise<Looked> {
    const handOver = picture instanceof ImageBitmap ? [picture] : [];
    const answer = await this.#ask((id) => ({ id, picture, thumbnail, ...(decoder && { decoder }) }), signal, { handOver });
    return (answer as { looked: Looked }).looked;
  }

  async #ask(
    request: (id: number) => Request,
    signal: AbortSignal,
    { onBytes = () => {}, handOver = [] }: { onBytes?: (read: number) => void; handOver?: Transferable[] },
  ): Promise<Answer> {
    signal.throwIfAborted();
    if (this.#stopped) throw this.#stopped;
    const id = this.#next++;
    const cancel = () => this.#worker!.postMessage({ cancel: id } satisfies Request);
    signal.addEventListener('abort', cancel);
    try {
      return await new Promise<Answer>((resolve, reject) => {
        this.#pending.set(id, { onBytes, resolve, reject });
        this.#worker!.postMessage(request(id), handOver);
      });
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  #settle(answer: Exclude<Answer, { ready: true }>): void {
    const pending = this.#pending.get(answer.id);
    if (!pending) return;
    if ('read' in answer) return pending.onBytes(answer.read);
    this.#pending.delete(answer.id);
    if ('failed' in answer) pending.reject(new Error(answer.failed));
    else pending.resolve(answer);
  }
}

/** The worker, where the browser has such a thing. */
function start(): Worker | undefined {
  try {
    return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  } catch {
    return undefined;
  }
}
