/** A site that says nothing about the person who is on it. */
const elsewhere = 'https://www.wikipedia.org/';

/** How long going back to the page's first entry in the history may take, in milliseconds, before the page is left from where it is. */
const patience = 500;

/**
 * Empties the page at once, then puts another site in the place of its first entry in the history, so that going back does not come here.
 * Nothing can remove the entries after it but the next page that is opened; they are the same address, and open as the empty start.
 */
export function leave(depth: number): void {
  document.body.replaceChildren();
  document.title = '';
  const go = () => location.replace(elsewhere);
  if (depth === 0) return go();
  window.addEventListener('popstate', go, { once: true });
  setTimeout(go, patience);
  history.go(-depth);
}
