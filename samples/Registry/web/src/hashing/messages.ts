import type { Digests } from './digests';
import type { Pdq } from './pdq';

/** What the page asks of the worker. A file is passed by reference, a frame is handed over: neither is copied. */
export type Request =
  | { readonly id: number; readonly digest: File }
  | { readonly id: number; readonly picture: File | ImageBitmap }
  | { readonly cancel: number };

/** What the worker answers. */
export type Answer =
  | { readonly ready: true }
  | { readonly id: number; readonly read: number }
  | { readonly id: number; readonly digests: Digests }
  | { readonly id: number; readonly pdq: Pdq }
  | { readonly id: number; readonly failed: string };
