import { fingerprints, type Examined, type Fingerprints } from './hashing/file';
import type { Hasher } from './hashing/hasher';
import { mediaOf, sniffedBytes } from './hashing/media';

/** The registry takes at most this many files at once. */
export const mostItems = 100;

/** Why a chosen file is left out. */
export type Refusal = 'empty' | 'neither' | 'unreadable' | 'twice' | 'too-many';

/** How well a file will be protected, in one word. */
export type Level = 'protected' | 'partly' | 'left-out';

/** A chosen file. Its name and its picture are shown to the person who chose it, and to nobody else. */
export interface Item {
  readonly file: File;
  cancel: AbortController;
  progress: number;
  result?: Fingerprints | undefined;
  refusal?: Refusal;
  /** The `blob:` address of a small copy of the picture, and whether the person wants to see it clearly. */
  thumbnail?: string;
  clear?: boolean;
}

export const isSettled = (item: Item) => item.result !== undefined || item.refusal !== undefined;

export function levelOf({ result, refusal }: Item): Level | undefined {
  if (refusal) return 'left-out';
  return result && (result.similarity === 'found' ? 'protected' : 'partly');
}

/** The chosen files, hashed one after another. */
export class Items {
  readonly all: Item[] = [];
  /** Called when one item's progress, result or refusal has changed. */
  onChange: (item: Item) => void = () => {};
  readonly #hasher: Hasher;
  readonly #sent = new Set<string>();
  #queue: Promise<void> = Promise.resolve();

  constructor(hasher: Hasher) {
    this.#hasher = hasher;
  }

  get ready(): Item[] {
    return this.all.filter((item) => item.result);
  }

  get partly(): Item[] {
    return this.all.filter((item) => levelOf(item) === 'partly');
  }

  get settled(): boolean {
    return this.all.every(isSettled);
  }

  /** How far all of them have come, from 0 to 1. */
  get progress(): number {
    return this.all.length === 0 ? 0 : this.all.reduce((sum, item) => sum + (isSettled(item) ? 1 : item.progress), 0) / this.all.length;
  }

  add(files: Iterable<File>): void {
    for (const file of files) {
      const item: Item = { file, cancel: new AbortController(), progress: 0 };
      if (this.all.filter((other) => !other.refusal).length >= mostItems) item.refusal = 'too-many';
      this.all.push(item);
      this.#enqueue(item);
    }
  }

  /** Looks at a file anew, as when a part of the page could not be loaded before. */
  retry(item: Item): void {
    item.result = undefined;
    item.progress = 0;
    item.cancel = new AbortController();
    this.#enqueue(item);
    this.onChange(item);
  }

  remove(item: Item): void {
    item.cancel.abort();
    if (item.thumbnail) URL.revokeObjectURL(item.thumbnail);
    const at = this.all.indexOf(item);
    if (at >= 0) this.all.splice(at, 1);
  }

  /** Forgets every file, and what had been sent of this visit's case. */
  clear(): void {
    for (const item of [...this.all]) this.remove(item);
  }

  /** Takes files off the table that are on the list now; choosing one of them again is said to be for the second time. */
  settle(sent: readonly Item[]): void {
    for (const item of sent) this.#sent.add(item.result!.digests.sha256);
    for (const item of this.all.filter((other) => sent.includes(other) || other.refusal)) this.remove(item);
  }

  /** A new case may hold again what the one before held. */
  startAnew(): void {
    this.#sent.clear();
  }

  #enqueue(item: Item): void {
    this.#queue = this.#queue.then(() => this.#hash(item));
  }

  async #hash(item: Item): Promise<void> {
    const { signal } = item.cancel;
    if (isSettled(item) || signal.aborted) return;
    try {
      const outcome = await this.#examine(item);
      if (typeof outcome === 'string') item.refusal = outcome;
      else {
        item.result = outcome.fingerprints;
        if (outcome.thumbnail && !signal.aborted) item.thumbnail = URL.createObjectURL(outcome.thumbnail);
      }
    } catch {
      item.refusal = 'unreadable';
    }
    if (!signal.aborted) this.onChange(item);
  }

  async #examine(item: Item): Promise<Examined | Refusal> {
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
    const examined = await fingerprints(file, media, this.#hasher, onProgress, cancel.signal);
    const { sha256 } = examined.fingerprints.digests;
    const isKnown = this.#sent.has(sha256) || this.ready.some((other) => other.result!.digests.sha256 === sha256);
    return isKnown ? 'twice' : examined;
  }
}
