import type { App, View, ViewName } from './app';
import { Hasher } from './hashing/hasher';
import { Items } from './items';
import { keepClear } from './keepClear';
import { leave } from './leave';
import { about, newReceipt } from './registry';
import { shell } from './shell';
import { Steps } from './steps';
import { languages, preferred } from './texts';
import { en } from './texts/en';
import { choose } from './views/choose';
import { done } from './views/done';
import { help } from './views/help';
import { lookUp } from './views/lookUp';
import { review } from './views/review';
import { start } from './views/start';
import { threat } from './views/threat';

const views: Record<ViewName, View> = { start, threat, choose, review, done, lookUp, help };
const page = document.querySelector<HTMLElement>('#page')!;
const hasher = new Hasher();
let current: ViewName = 'start';
let leaving = false;

const app: App = {
  hasher,
  items: new Items(hasher),
  language: 'en',
  texts: en,
  about: undefined,
  receipt: newReceipt(),
  kept: undefined,
  sent: { items: 0, partly: [] },
  unsure: false,
  sending: undefined,
  problem: undefined,
  asked: undefined,
  startAnew() {
    app.receipt = newReceipt();
    app.kept = undefined;
    app.unsure = false;
    app.sent = { items: 0, partly: [] };
    app.items.startAnew();
  },
  show(view) {
    if (mustKeepFirst(view)) return;
    if (view !== current && view === 'done') steps.replace(view);
    else if (view !== current) steps.push(view);
    open(view);
  },
  refresh() {
    const focused = document.activeElement?.id;
    render();
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  },
  async speak(language) {
    try {
      app.texts = await languages[language].load();
    } catch {
      return; // a draft is loaded when it is chosen, and there may be no network: the page goes on in the words it has
    }
    app.language = language;
    const wasChosen = page.contains(document.activeElement);
    render();
    if (wasChosen) page.querySelector<HTMLElement>(`[data-language=${language}]`)?.focus();
  },
  leave() {
    leaving = true;
    app.items.clear();
    leave(steps.depth);
  },
  announce(text) {
    page.querySelector('main + [role=status]')!.textContent = text;
  },
};

/** Nobody leaves the last step without having kept the receipt, or said that they do not want it. */
function mustKeepFirst(wanted: ViewName): boolean {
  if (current !== 'done' || wanted === 'done' || app.kept || app.sent.items === 0) return false;
  app.asked = wanted;
  open('done');
  page.querySelector<HTMLElement>('.not-kept')!.focus();
  return true;
}

/** What can be shown of what an entry of the history asks for: what was sent is no longer there to be checked. */
function reachable(view: ViewName): ViewName {
  if (view === 'review' && (app.items.ready.length === 0 || !app.items.settled)) return 'choose';
  return view === 'done' && app.sent.items === 0 ? 'start' : view;
}

const steps = new Steps((view, undo) => {
  if (leaving) return;
  if (mustKeepFirst(view)) return undo();
  const asking = app.asked !== undefined && current === 'done' && view === 'done';
  open(reachable(view));
  if (asking) page.querySelector<HTMLElement>('.not-kept')?.focus();
});

/** Asks who keeps and who gets the list: when the page opens, and again before sending if there was no answer. */
async function askAboutTheList(): Promise<void> {
  const answer = await about();
  if (!answer.ok) return;
  app.about = answer.value;
  // Where something is being typed or chosen, it waits for the next view.
  if (current === 'start' || (current === 'review' && !app.sending)) app.refresh();
}

function open(view: ViewName): void {
  current = view;
  if (view === 'review' && !app.about) void askAboutTheList();
  render();
  window.scrollTo(0, 0);
  page.querySelector<HTMLElement>('h1')!.focus({ preventScroll: true });
}

function render(): void {
  document.documentElement.lang = app.language;
  document.documentElement.dir = app.texts.direction;
  document.title = app.texts.title;
  app.items.onChange = () => {};
  page.replaceChildren(...shell(app, current, views[current](app)));
  keepClear(page);
}

// A file dropped beside the target would otherwise open in place of the page.
for (const event of ['dragover', 'drop']) window.addEventListener(event, (e) => e.preventDefault());

window.addEventListener('beforeunload', (event) => {
  const hasUnkept = (app.sent.items > 0 || app.unsure) && !app.kept;
  if (!leaving && (app.items.all.length > 0 || hasUnkept)) event.preventDefault();
});

// A browser may keep the whole page to show it again at once: what was left stays left.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted && leaving) location.reload();
});

await app.speak(preferred(navigator.languages));
void askAboutTheList();
