import type { View } from '../app';
import { button, h, link, paragraphs } from '../dom';
import { heading } from './parts';

const list = (tag: 'ol' | 'ul', texts: readonly string[]) => h(tag, {}, ...texts.map((text) => h('li', {}, text)));

/** Who it is for, what it promises, and where to begin. */
export const start: View = (app) => {
  const texts = app.texts.start;
  return [
    heading(texts.heading),
    ...paragraphs(texts.welcome),
    h('section', { className: 'promise' }, h('h2', {}, texts.promiseHeading), h('p', {}, texts.promise)),
    button(texts.begin, () => app.show('choose'), 'primary'),
    h('h2', {}, texts.howHeading),
    list('ol', texts.how),
    h('h2', {}, texts.askHeading),
    list('ul', texts.ask),
    h('h2', {}, texts.limitsHeading),
    list('ul', texts.limits),
    h('h2', {}, texts.adultHeading),
    h('p', {}, texts.adult, ' ', link(texts.adultLink, 'https://stopncii.org/')),
    h('p', {}, texts.together),
  ];
};
