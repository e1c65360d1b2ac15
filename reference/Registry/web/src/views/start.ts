import type { View } from '../app';
import { button, h, link } from '../dom';
import { aboutTheList, heading, list } from './parts';

/** Who it is for, what it promises, and where to begin. */
export const start: View = (app) => {
  const texts = app.texts.start;
  const { questions } = app.texts;
  return [
    heading(texts.heading),
    h('p', { className: 'lead' }, texts.lead),
    h('p', { className: 'promise lock' }, texts.promise),
    button(texts.begin, () => app.show('choose'), 'primary'),
    button(texts.threatened, () => app.show('threat'), 'urgent'),
    h('h2', {}, texts.forYouHeading),
    list('ul', texts.forYou),
    h('h2', {}, texts.howHeading),
    list('ol', texts.how),
    ...aboutTheList(app).map((text) => h('p', {}, text)),
    h('h2', {}, texts.limitsHeading),
    list('ul', texts.limits),
    h('h2', {}, texts.questionsHeading),
    question(questions.adult, link(texts.adultLink, 'https://stopncii.org/')),
    question(questions.parent),
    question(questions.noFile),
    question(questions.postAgain),
    question(questions.who),
    question(questions.undo),
  ];
};

const question = ([asked, answer]: readonly string[], ...more: Node[]) =>
  h('details', { className: 'question' }, h('summary', {}, asked), h('p', {}, answer, ' ', ...more));
