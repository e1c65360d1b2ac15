import { fingerprints, type Fingerprints } from './hashing/file';
import type { Hasher } from './hashing/hasher';
import { mediaOf, sniffedBytes } from './hashing/media';

/** The registry takes at most this many files at once. */
export const mostItems = 100;

/** Why a chosen file is left out. */
export type Refusal = 'empty' | 'neither' | 'unreadable' | 'twice' | 'too-many';

/** A chosen file. Its name is shown to the person who chose it, and to nobody else. */
export interface Item {
  readonly file: File;
  readonly cancel: AbortController;
  progress: number;
  result?: Fingerprints;
  refusal?: Refusal;
}

export const isSettled = (item: Item) => item.result !== undefined || item.refusal !== undefined;

/** The chosen files, hashed one after another. */
export class Items {
  readonly all: Item[] = [];
  /** Called when one item's progress, result or refusal has changed. */
  onChange: (item: Item) => void = () => {};
  readonly #hasher: Hasher;
  #queue: Promise<void> = Promise.resolve();

  constructor(hasher: Hasher) {
    this.#hasher = hasher;
  }

  get ready(): Item[] {
    return this.all.filter((item) => item.result);
  }

  get settled(): boolean {
    return this.all.every(isSettled);
  }

  add(files: Iterable<File>): void {
    for (const file of files) {
      const item: Item = { file, cancel: new AbortController(), progress: 0 };
      if (this.all.filter((other) => !other.refusal).length >= mostItems) item.refusal = 'too-many';
      this.all.push(item);
      this.#queue = this.#queue.then(() => this.#hash(item));
    }
  }

  remove(item: Item): void {
    item.cancel.abort();
    const at = this.all.indexOf(item);
    if (at >= 0) this.all.splice(at, 1);
  }

  async #hash(item: Item): Promise<void> {
    if (isSettled(item) || item.cancel.signal.aborted) return;
    try {
      const outcome = await this.#examine(item);
      if (typeof outcome === 'string') item.refusal = outcome;
      else item.result = outcome;
    } catch {
      item.refusal = 'unreadable';
    }
    if (!item.cancel.signal.aborted) this.onChange(item);
  }

  async #examine(item: Item): Promise<Fingerprints | Refusal> {
    const { file, cancel } = item;
    // An empty file has the digests of every other empty file: it must never reach the list.
    if (file.size === 0) return 'empty';
    const start = new Uint8Array(await file.slice(0, sniffedBytes).arrayBuffer());
    const media = mediaOf(start, file.type);
    if (!media) return 'neither';
    const onProgress = (done: number) => {
      item.progress = done;
      this.onChange(item);
    };
    const result = await fingerprints(file, media, this.#hasher, onProgress, cancel.signal);
    return this.ready.some((other) => other.result!.digests.sha256 === result.digests.sha256) ? 'twice' : result;
  }
}
