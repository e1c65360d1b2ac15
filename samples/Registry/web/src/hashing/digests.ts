import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** The three exact digests of a file, in lower-case hexadecimal. */
export interface Digests {
  readonly md5: string;
  readonly sha1: string;
  readonly sha256: string;
}

/** How much of a file is held in memory at a time. */
const chunkBytes = 1 << 20;

/** Reads the file once, a chunk at a time, so that a long video takes no more memory than a short one. */
export async function digests(file: Blob, onBytes: (read: number) => void, signal: AbortSignal): Promise<Digests> {
  const all = { md5: md5.create(), sha1: sha1.create(), sha256: sha256.create() };
  for (let start = 0; start < file.size; start += chunkBytes) {
    const chunk = new Uint8Array(await file.slice(start, start + chunkBytes).arrayBuffer());
    signal.throwIfAborted();
    for (const digest of Object.values(all)) digest.update(chunk);
    onBytes(start + chunk.length);
  }
  return { md5: bytesToHex(all.md5.digest()), sha1: bytesToHex(all.sha1.digest()), sha256: bytesToHex(all.sha256.digest()) };
}
