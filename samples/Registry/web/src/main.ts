import type { App, View, ViewName } from './app';
import { Hasher } from './hashing/hasher';
import { Items } from './items';
import { leave } from './leave';
import { shell } from './shell';
import { languages, preferred } from './texts';
import { choose } from './views/choose';
import { done } from './views/done';
import { help } from './views/help';
import { lookUp } from './views/lookUp';
import { review } from './views/review';
import { start } from './views/start';

const views: Record<ViewName, View> = { start, choose, review, done, lookUp, help };
const page = document.querySelector<HTMLElement>('#page')!;
const hasher = new Hasher();
let current: ViewName = 'start';
let leaving = false;

const app: App = {
  hasher,
  items: new Items(hasher),
  language: preferred(navigator.languages),
  texts: languages[preferred(navigator.languages)],
  receiptKept: true,
  sending: false,
  problem: undefined,
  show(view) {
    current = view;
    render();
    // The views are one entry in the history, so that leaving leaves nothing behind; focus moves as it would to a new page.
    window.scrollTo(0, 0);
    page.querySelector<HTMLElement>('h1')!.focus({ preventScroll: true });
  },
  announce(text) {
    page.querySelector('[role=status]')!.textContent = text;
  },
};

function render(): void {
  document.documentElement.lang = app.language;
  document.title = app.texts.title;
  app.items.onChange = () => {};
  page.replaceChildren(
    ...shell(app, current, views[current](app), {
      leave() {
        leaving = true;
        leave();
      },
      speak(language) {
        app.language = language;
        app.texts = languages[language];
        render();
        page.querySelector<HTMLElement>(`[data-language=${language}]`)!.focus();
      },
    }),
  );
}

// A file dropped beside the target would otherwise open in place of the page.
for (const event of ['dragover', 'drop']) window.addEventListener(event, (e) => e.preventDefault());

window.addEventListener('beforeunload', (event) => {
  if (!leaving && (app.items.all.length > 0 || !app.receiptKept)) event.preventDefault();
});

render();
