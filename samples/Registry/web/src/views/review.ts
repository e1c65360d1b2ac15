import type { App, View } from '../app';
import { button, h } from '../dom';
import type { Fingerprints } from '../hashing/file';
import type { Item } from '../items';
import { submission, submit } from '../registry';
import { alarm, explain, heading } from './parts';

/** Exactly what will be sent, and the one button that sends it. */
export const review: View = (app) => {
  const texts = app.texts.review;
  const problem = alarm();
  const items = app.items.ready;
  if (app.problem) problem.say(explain(app.problem, app.texts));
  return [
    heading(texts.heading),
    h('p', { className: 'promise' }, texts.promise),
    h('ul', { className: 'files' }, ...items.map((item, i) => row(app, item, i + 1))),
    h('p', {}, texts.sure),
    problem.element,
    button(app.sending ? texts.sending : texts.send, () => void send(app), 'primary'),
    button(texts.back, () => app.show('choose'), 'secondary'),
  ];
};

/** The view may have been left, or its language changed, before the answer comes: so it is shown anew. */
async function send(app: App): Promise<void> {
  if (app.sending) return;
  const { ready } = app.items;
  app.sending = true;
  app.problem = undefined;
  app.show('review');
  const outcome = await submit(ready.map((item) => item.result!));
  app.sending = false;
  if (outcome.ok) {
    app.receipt = { ...outcome.value, items: ready.length };
    app.receiptKept = false;
    for (const item of app.items.all.filter((other) => ready.includes(other) || other.refusal)) app.items.remove(item);
    return app.show('done');
  }
  app.problem = outcome.problem;
  app.show('review');
  document.querySelector<HTMLElement>('.alarm')!.focus();
}

function row(app: App, { file, result }: Item, number: number): Node {
  const texts = app.texts.review;
  const fingerprints = result!;
  const details = h('details', {}, h('summary', {}, texts.show(hashesOf(fingerprints).length)));
  // A long video has thousands of fingerprints, and few people open this.
  details.addEventListener('toggle', () => details.append(values(app, fingerprints)), { once: true });
  return h(
    'li',
    {},
    h('p', { className: 'name' }, texts[fingerprints.media](number)),
    h('p', { className: 'state' }, `${texts.onlyHere} ${file.name}`),
    details,
  );
}

const hashesOf = (fingerprints: Fingerprints) => submission([fingerprints]).items[0].hashes;

function values(app: App, fingerprints: Fingerprints): Node {
  const texts = app.texts.review;
  const list = hashesOf(fingerprints).flatMap((hash) => [
    h('dt', {}, texts.kinds[hash.kind as keyof typeof texts.kinds], 'quality' in hash && `, ${texts.quality(hash.quality)}`),
    h('dd', {}, h('code', {}, hash.value)),
  ]);
  // It scrolls when it is long, so it must be within reach of the keyboard.
  const attributes = { role: 'group', 'aria-label': texts.fingerprints(list.length / 2) };
  return h('div', { className: 'hashes', tabIndex: 0, attributes }, h('dl', {}, ...list));
}
