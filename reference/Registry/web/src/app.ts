import type { Hasher } from './hashing/hasher';
import type { Item, Items } from './items';
import type { About, Problem, Receipt } from './registry';
import type { Texts } from './texts';

export type ViewName = 'start' | 'threat' | 'choose' | 'review' | 'done' | 'lookUp' | 'help';

/** How the person has kept the receipt, if at all. */
export type Kept = 'saved' | 'copied' | 'printed' | 'declined';

/** What the views share. It lives in memory only: closing the page forgets everything. */
export interface App {
  readonly hasher: Hasher;
  readonly items: Items;
  texts: Texts;
  language: string;
  /** Who keeps the list and who reads it; undefined until the registry has told, or if it has not. */
  about: About | undefined;
  /** The visit's one case. It is drawn before anything is sent, so that it can be kept first, and everything sent is added to it. */
  receipt: Receipt;
  kept: Kept | undefined;
  /** What the case holds: how many items, and how many of those are only partly protected. */
  sent: { readonly items: number; readonly partly: readonly Item[] };
  /** Whether a try has had no answer: the case may or may not be on the list. */
  unsure: boolean;
  sending: Sending | undefined;
  /** Why the last try failed. */
  problem: Problem | undefined;
  /** Where the person wanted to go when the receipt had not been kept. */
  asked: ViewName | undefined;
  /** Draws another case: a withdrawn one takes nothing more. */
  startAnew(): void;
  show(view: ViewName): void;
  /** Shows the current view anew, with its state as it is now. */
  refresh(): void;
  /** Takes this language's words from now on. */
  speak(language: string): Promise<void>;
  leave(): void;
  /** Tells a screen reader what has changed. */
  announce(text: string): void;
}

/** A submission under way: whether it takes unusually long, and how to stop it. */
export interface Sending {
  slow: boolean;
  readonly stop: AbortController;
}

export type View = (app: App) => Node[];
