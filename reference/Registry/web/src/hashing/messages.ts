import type { Digests } from './digests';
import type { Pdq } from './pdq';

/** A kind of picture that the worker decodes itself where the browser cannot. */
export type Decoder = 'heif' | 'tiff';

/** What a picture gives: its hash and a small copy to show on this page, or why it gives neither. */
export type Looked = { readonly pdq: Pdq; readonly thumbnail: Blob | undefined } | 'too-large' | 'broken' | 'no-decoder';

/** What the page asks of the worker. A file is passed by reference, a frame is handed over: neither is copied. */
export type Request =
  | { readonly id: number; readonly digest: File }
  | { readonly id: number; readonly picture: File | ImageBitmap; readonly decoder?: Decoder; readonly thumbnail: boolean }
  | { readonly cancel: number };

/** What the worker answers. */
export type Answer =
  | { readonly ready: true }
  | { readonly id: number; readonly read: number }
  | { readonly id: number; readonly digests: Digests }
  | { readonly id: number; readonly looked: Looked }
  | { readonly id: number; readonly failed: string };
