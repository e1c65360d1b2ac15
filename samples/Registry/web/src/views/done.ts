import type { View } from '../app';
import { button, h } from '../dom';
import { heading } from './parts';

/** The case number and the secret, shown once, and what to do next. */
export const done: View = (app) => {
  const texts = app.texts.done;
  const { case: number, secret, items } = app.receipt!;
  const told = h('p', { attributes: { role: 'status' } });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(`${texts.caseNumber}: ${number}\n${texts.secret}: ${secret}\n`);
      app.receiptKept = true;
      told.textContent = texts.copied;
    } catch {
      told.textContent = texts.notCopied;
    }
  };
  const print = () => {
    app.receiptKept = true;
    window.print();
  };
  return [
    heading(texts.heading),
    h('p', {}, texts.sent(items)),
    h(
      'section',
      { className: 'receipt' },
      h('h2', {}, texts.keepHeading),
      h('p', {}, texts.keep),
      h('dl', {}, h('dt', {}, texts.caseNumber), h('dd', {}, h('code', {}, number)), h('dt', {}, texts.secret), h('dd', {}, h('code', {}, secret))),
      h('p', {}, texts.private),
      h('div', { className: 'actions' }, button(texts.copy, copy, 'primary'), button(texts.print, print, 'secondary')),
      told,
    ),
    h('h2', {}, texts.nextHeading),
    h('ul', {}, ...texts.next.map((text) => h('li', {}, text))),
    h(
      'div',
      { className: 'actions' },
      button(app.texts.getHelp, () => app.show('help'), 'secondary'),
      button(texts.more, () => app.show('choose'), 'secondary'),
    ),
  ];
};
