import type { View } from '../app';
import { button, h } from '../dom';
import { heading, list } from './parts';

/** For somebody who is being threatened right now: what to do first, before anything else on this page. */
export const threat: View = (app) => {
  const texts = app.texts.threat;
  return [
    heading(texts.heading),
    h('p', { className: 'lead' }, texts.lead),
    list('ol', texts.steps),
    h('p', { className: 'promise' }, app.texts.help.danger),
    button(texts.help, () => app.show('help'), 'primary'),
    button(app.texts.start.begin, () => app.show('choose'), 'secondary'),
  ];
};
