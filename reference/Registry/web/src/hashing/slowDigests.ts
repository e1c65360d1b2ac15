import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** The same digests without WebAssembly. */
export async function javaScript() {
  const running = (hasher: ReturnType<typeof md5.create | typeof sha1.create | typeof sha256.create>) => ({
    update: (chunk: Uint8Array) => hasher.update(chunk),
    end: () => bytesToHex(hasher.digest()),
  });
  return [running(md5.create()), running(sha1.create()), running(sha256.create())] as const;
}
