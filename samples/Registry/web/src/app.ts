import type { Hasher } from './hashing/hasher';
import type { Items } from './items';
import type { Problem, Receipt } from './registry';
import type { Texts } from './texts';

export type ViewName = 'start' | 'choose' | 'review' | 'done' | 'lookUp' | 'help';

/** What the views share. It lives in memory only: closing the page forgets everything. */
export interface App {
  readonly hasher: Hasher;
  readonly items: Items;
  texts: Texts;
  language: string;
  /** The case that was opened last on this page, and whether the person has copied or printed it. */
  receipt?: Receipt & { readonly items: number };
  receiptKept: boolean;
  /** Whether a submission is under way, and why the last one failed. */
  sending: boolean;
  problem: Problem | undefined;
  show(view: ViewName): void;
  /** Tells a screen reader what has changed. */
  announce(text: string): void;
}

export type View = (app: App) => Node[];
