import type { App } from '../app';
import { deviceOf, isHandedOver } from '../device';
import { h } from '../dom';
import type { Item, Level } from '../items';
import type { Problem } from '../registry';
import type { Texts } from '../texts';

/** The heading of a view. It takes the focus when the view is shown. */
export const heading = (text: string) => h('h1', { tabIndex: -1 }, text);

export const list = (tag: 'ol' | 'ul', texts: readonly string[]) => h(tag, {}, ...texts.map((text) => h('li', {}, text)));

/** A place for what went wrong, read out when it is filled. */
export function alarm() {
  const element = h('p', { className: 'alarm', tabIndex: -1, attributes: { role: 'alert' } });
  return { element, say: (text: string) => (element.textContent = text) };
}

export function explain(problem: Problem, texts: Texts): string {
  return problem.kind === 'too-often' ? texts.problem['too-often'](problem.wait) : texts.problem[problem.kind];
}

/** Where the person is: choosing, checking, done. */
export function steps({ texts }: App, now: 1 | 2 | 3): Node {
  const names = [texts.steps.choose, texts.steps.review, texts.steps.done];
  const items = names.map((name, i) =>
    h(
      'li',
      { className: i + 1 < now ? 'past' : '', attributes: i + 1 === now ? { 'aria-current': 'step' } : {} },
      h('span', { className: 'number', attributes: { 'aria-hidden': 'true' } }, i + 1 < now ? '✓' : String(i + 1)),
      name,
    ),
  );
  return h('ol', { className: 'steps', attributes: { 'aria-label': `${texts.steps.label}: ${texts.steps.now(now)}` } }, ...items);
}

const marks: Record<Level, string> = { protected: '✓', partly: '!', 'left-out': '✕' };

/** How well a file is protected: a word, a colour and a mark. */
export const badge = (texts: Texts, level: Level) =>
  h(
    'span',
    { className: `badge ${level}` },
    h('span', { className: 'mark', attributes: { 'aria-hidden': 'true' } }, marks[level]),
    texts.level[level],
  );

/** What a file's state means, in a sentence or two. */
export function meaning(texts: Texts, { file, result, refusal }: Item): string {
  if (refusal) return texts.choose.refused[refusal];
  if (!result) return '';
  if (result.similarity !== 'found') return `${texts.similarity[result.similarity]} ${texts.similarity.exactOnly}`;
  if (result.media === 'video') return texts.similarity.video(result.pdq.length);
  return isHandedOver(deviceOf(navigator), file.type) ? texts.similarity.handedOver : texts.similarity.image;
}

/** What can be done about a file that is only partly protected, step by step, on this device. */
export function remedy({ texts }: App, { result }: Item): Node {
  const { remedy } = texts;
  const screenshot = [remedy.screenshot[deviceOf(navigator)], remedy.deleteIt];
  const ways = {
    'not-shown': result!.media === 'video' ? [remedy.otherBrowser, remedy.video] : [remedy.otherBrowser, ...screenshot],
    'too-large': result!.media === 'video' ? [remedy.otherBrowser] : screenshot,
    broken: [remedy.broken],
    'too-plain': [remedy.plain],
    'no-decoder': [remedy.again],
    found: [],
  };
  return h('details', { className: 'remedy' }, h('summary', {}, remedy.heading), list('ol', ways[result!.similarity]));
}

/** Of more files than this, the list is folded up, so that what comes after it is in reach. */
export const mostOpen = 3;

/** The files that are only partly protected, and what to do about each. */
export function partlySection(app: App, text: string, items: readonly Item[]): Node[] {
  if (items.length === 0) return [];
  const rows = items.map((item) =>
    h(
      'li',
      {},
      h('p', { className: 'name' }, item.file.name),
      badge(app.texts, 'partly'),
      h('p', { className: 'state' }, meaning(app.texts, item)),
      remedy(app, item),
    ),
  );
  return [
    h('h2', { className: 'caution' }, text),
    h('details', { open: items.length <= mostOpen }, h('summary', {}, app.texts.remedy.heading), h('ul', { className: 'files' }, ...rows)),
  ];
}

/** Who keeps the list and who gets it, as the registry says. */
export function aboutTheList({ texts, about }: App): string[] {
  if (!about) return [texts.list.unknown];
  return [
    about.keeper ? texts.list.kept(about.keeper) : texts.list.sample,
    about.platforms.length > 0 ? texts.list.platforms(about.platforms) : texts.list.nobody,
  ];
}
