/** A site that says nothing about the person who is on it. */
const elsewhere = 'https://www.wikipedia.org/';

/** Empties the page at once, then puts another site in its place in the history: going back does not come back here. */
export function leave(): void {
  document.body.replaceChildren();
  document.title = '';
  location.replace(elsewhere);
}
