import type { ViewName } from './app';

/** What an entry of the browser's history says: which view it is, and how many of the page's entries come before it. */
interface Entry {
  readonly view: ViewName;
  readonly depth: number;
}

/** The page's views as entries of the browser's history, so that its back button goes one step back. */
export class Steps {
  /** How many of the page's entries come before the current one. */
  depth = 0;

  constructor(onStep: (view: ViewName, undo: () => void) => void) {
    // A reload forgets what was chosen, but not how many entries of the page come before.
    this.depth = (history.state as Entry | null)?.depth ?? 0;
    this.replace('start');
    window.addEventListener('popstate', ({ state }: PopStateEvent) => {
      const { view, depth } = (state ?? { view: 'start', depth: 0 }) as Entry;
      const from = this.depth;
      this.depth = depth;
      onStep(view, () => history.go(from - depth));
    });
  }

  /** Goes on to a view. */
  push(view: ViewName): void {
    this.depth++;
    history.pushState({ view, depth: this.depth } satisfies Entry, '');
  }

  /** Puts a view in the place of the current one: what was there cannot be gone back to. */
  replace(view: ViewName): void {
    history.replaceState({ view, depth: this.depth } satisfies Entry, '');
  }
}
