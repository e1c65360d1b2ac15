import type { App, View } from '../app';
import { button, h } from '../dom';
import type { Fingerprints } from '../hashing/file';
import { levelOf, type Item } from '../items';
import { slowAfter, submission, submit } from '../registry';
import { aboutTheList, alarm, badge, explain, heading, list, meaning, mostOpen, partlySection, steps } from './parts';
import { receiptCard } from './receipt';

/** Exactly what will be sent, what becomes of it, and the one button that sends it. */
export const review: View = (app) => {
  const texts = app.texts.review;
  const problem = alarm();
  const { ready, partly } = app.items;
  if (app.problem) problem.say(explain(app.problem, app.texts));
  const [hashes, ...rest] = texts.know;
  return [
    steps(app, 2),
    heading(texts.heading),
    h('p', { className: 'promise lock' }, texts.promise),
    h(
      'details',
      { className: 'everything', open: ready.length <= mostOpen },
      h('summary', {}, texts.files(ready.length)),
      h('ul', { className: 'files' }, ...ready.map((item, i) => row(app, item, i + 1))),
    ),
    ...partlySection(app, texts.partlyHeading(partly.length), partly),
    h('h2', {}, texts.knowHeading),
    list('ul', [hashes, ...aboutTheList(app), ...rest]),
    receiptCard(app, [app.sent.items > 0 ? texts.addsTo : app.texts.receipt.before, app.texts.receipt.keep]),
    h('p', {}, texts.sure),
    problem.element,
    ...sendButtons(app),
  ];
};

function sendButtons(app: App): Node[] {
  const texts = app.texts.review;
  const { sending } = app;
  // It is one button to a keyboard, whatever it says.
  const id = 'send';
  if (!sending) {
    return [Object.assign(button(texts.send, () => void send(app), 'primary'), { id }), button(app.texts.back, () => history.back(), 'plain')];
  }
  const waiting = Object.assign(button(texts.sending, () => {}, 'primary'), { id });
  waiting.setAttribute('aria-disabled', 'true');
  if (!sending.slow) return [waiting];
  const told = h('p', { attributes: { role: 'status' } }, texts.slow, ' ', texts.slowChoice);
  return [told, waiting, button(texts.stop, () => sending.stop.abort(), 'secondary')];
}

/** The view may have been left, or its language changed, before the answer comes: so it is shown anew. */
async function send(app: App): Promise<void> {
  if (app.sending) return;
  const { ready, partly } = app.items;
  const sending = { slow: false, stop: new AbortController() };
  app.sending = sending;
  app.problem = undefined;
  app.refresh();
  const timer = setTimeout(() => {
    sending.slow = true;
    app.refresh();
    app.announce(app.texts.review.slow);
  }, slowAfter);
  const outcome = await submit(app.receipt, ready.map((item) => item.result!), sending.stop.signal);
  clearTimeout(timer);
  app.sending = undefined;
  if (outcome.ok) {
    app.sent = { items: outcome.value.items, partly: [...app.sent.partly, ...partly] };
    app.unsure = false;
    app.items.settle(ready);
    return app.show('done');
  }
  // A case that was withdrawn elsewhere, or a number that is somebody else's, takes nothing: there has to be another.
  const isUseless = outcome.problem.kind === 'withdrawn' || outcome.problem.kind === 'unknown-case';
  if (isUseless) app.startAnew();
  app.unsure ||= ['unreachable', 'stopped', 'broken'].includes(outcome.problem.kind);
  app.problem = isUseless ? { kind: 'withdrawn' } : outcome.problem;
  app.show('review');
  const told = document.querySelector<HTMLElement>('.alarm')!;
  told.scrollIntoView({ block: 'center' });
  told.focus({ preventScroll: true });
}

function row(app: App, item: Item, number: number): Node {
  const texts = app.texts.review;
  const fingerprints = item.result!;
  const details = h('details', {}, h('summary', {}, texts.show(hashesOf(fingerprints).length)));
  // A long video has thousands of fingerprints, and few people open this.
  details.addEventListener('toggle', () => details.append(values(app, fingerprints)), { once: true });
  return h(
    'li',
    {},
    h(
      'div',
      { className: 'facts' },
      h('p', { className: 'name' }, texts[fingerprints.media](number), ' ', badge(app.texts, levelOf(item)!)),
      h('p', { className: 'state' }, meaning(app.texts, item)),
      h('p', { className: 'state' }, `${texts.onlyHere} ${item.file.name}`),
      details,
    ),
  );
}

const hashesOf = (fingerprints: Fingerprints) => submission([fingerprints]).items[0].hashes;

function values(app: App, fingerprints: Fingerprints): Node {
  const texts = app.texts.review;
  const all = hashesOf(fingerprints).flatMap((hash) => [
    h('dt', {}, texts.kinds[hash.kind as keyof typeof texts.kinds], 'quality' in hash && `, ${texts.quality(hash.quality)}`),
    h('dd', {}, h('code', { dir: 'ltr' }, hash.value)),
  ]);
  // It scrolls when it is long, so it must be within reach of the keyboard.
  const attributes = { role: 'group', 'aria-label': texts.fingerprints(all.length / 2) };
  return h('div', { className: 'hashes', tabIndex: 0, attributes }, h('dl', {}, ...all));
}
