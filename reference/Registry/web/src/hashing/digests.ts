import { createMD5, createSHA1, createSHA256 } from 'hash-wasm';

/** The three exact digests of a file, in lower-case hexadecimal. */
export interface Digests {
  readonly md5: string;
  readonly sha1: string;
  readonly sha256: string;
}

/** Something that computes a digest piece by piece. */
interface Running {
  update(chunk: Uint8Array): unknown;
  end(): string;
}

type Start = () => Promise<readonly [md5: Running, sha1: Running, sha256: Running]>;

/** How much of a file is held in memory at a time. */
const chunkBytes = 1 << 20;

let start: Start = webAssembly;

/** WebAssembly computes several times as fast; a phone in lockdown mode has none, and gets plain JavaScript. */
export async function prepareDigests(): Promise<void> {
  try {
    await webAssembly();
  } catch {
    start = (await import('./slowDigests')).javaScript;
  }
}

async function webAssembly(): ReturnType<Start> {
  const [md5, sha1, sha256] = await Promise.all([createMD5(), createSHA1(), createSHA256()]);
  const running = (hasher: typeof md5): Running => ({ update: (chunk) => hasher.update(chunk), end: () => hasher.digest('hex') });
  return [running(md5.init()), running(sha1.init()), running(sha256.init())];
}

/** Reads the file once, a chunk at a time, so that a long video takes no more memory than a short one. */
export async function digests(file: Blob, onBytes: (read: number) => void, signal: AbortSignal, begin: Start = start): Promise<Digests> {
  const all = await begin();
  const read = (at: number) => file.slice(at, at + chunkBytes).arrayBuffer();
  let next = read(0);
  for (let at = 0; at < file.size; at += chunkBytes) {
    const chunk = new Uint8Array(await next);
    // The next piece is read while this one is hashed.
    if (at + chunkBytes < file.size) next = read(at + chunkBytes);
    signal.throwIfAborted();
    for (const digest of all) digest.update(chunk);
    onBytes(at + chunk.length);
  }
  const [md5, sha1, sha256] = all.map((digest) => digest.end());
  return { md5, sha1, sha256 };
}
