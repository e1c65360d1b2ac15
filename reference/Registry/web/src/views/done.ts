import type { View } from '../app';
import { button, h } from '../dom';
import { heading, list, partlySection, steps } from './parts';
import { keepFirst, receiptCard } from './receipt';

/** That it is done, the receipt once more, and what to do next. */
export const done: View = (app) => {
  const texts = app.texts.done;
  const { items, partly } = app.sent;
  const decline = () => {
    app.kept = 'declined';
    app.refresh();
    app.announce(app.texts.receipt.declined);
  };
  return [
    steps(app, 3),
    heading(texts.heading),
    ...keepFirst(app),
    h('p', { className: 'promise lock' }, texts.sent(items)),
    receiptCard(app, [app.texts.receipt.keep]),
    ...(app.kept ? [] : [button(app.texts.receipt.decline, decline, 'plain')]),
    ...partlySection(app, texts.partly(partly.length), partly),
    h('h2', {}, texts.nextHeading),
    list('ul', texts.next),
    h(
      'div',
      { className: 'actions' },
      button(app.texts.getHelp, () => app.show('help'), 'secondary'),
      button(texts.more, () => app.show('choose'), 'secondary'),
    ),
  ];
};
