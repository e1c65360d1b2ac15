import type { App, View } from '../app';
import { button, h } from '../dom';
import { tidyCode } from '../codes';
import { lookUp as find, slowAfter, withdraw, type Case, type Outcome, type Receipt } from '../registry';
import { alarm, explain, heading } from './parts';

/** Looking at a case, and taking its fingerprints off the list. */
export const lookUp: View = (app) => {
  const texts = { ...app.texts.receipt, ...app.texts.lookUp };
  const isThisVisits = app.sent.items > 0 || app.unsure;
  const number = field(isThisVisits ? app.receipt.case : '');
  const secret = field(isThisVisits ? app.receipt.secret : '');
  const problem = alarm();
  const found = h('div');
  const submit = h('button', { type: 'submit', className: 'primary' }, texts.find);
  const hint = h('span', { id: 'case-hint', className: 'hint' }, texts.caseHint);
  number.id = 'case';
  secret.id = 'secret';
  number.setAttribute('aria-describedby', hint.id);

  const form = h(
    'form',
    { noValidate: true },
    h('label', { htmlFor: number.id }, texts.caseNumber),
    hint,
    number,
    h('label', { htmlFor: secret.id }, texts.secret),
    secret,
    problem.element,
    submit,
  );
  let busy = false;
  form.onsubmit = async (event) => {
    event.preventDefault();
    if (busy) return;
    const receipt: Receipt = { case: tidyCode(number.value), secret: tidyCode(secret.value) };
    found.replaceChildren();
    if (!receipt.case || !receipt.secret) return problem.say(texts.missing);
    number.value = receipt.case;
    problem.say('');
    busy = true;
    submit.textContent = texts.finding;
    const timer = setTimeout(() => problem.say(app.texts.review.slow), slowAfter);
    const outcome = await find(receipt);
    clearTimeout(timer);
    problem.say('');
    busy = false;
    submit.textContent = texts.find;
    if (!outcome.ok) return problem.say(explain(outcome.problem, app.texts));
    found.replaceChildren(caseCard(app, receipt, outcome.value));
    app.announce(texts[outcome.value.state]);
  };
  return [heading(texts.heading), h('p', {}, texts.explain), form, found];
};

/** A field for something that no dictionary knows and no browser should remember. */
const field = (value: string) =>
  h('input', { type: 'text', value, dir: 'ltr', autocomplete: 'off', spellcheck: false, attributes: { autocapitalize: 'off', autocorrect: 'off' } });

function caseCard(app: App, receipt: Receipt, found: Case): Node {
  const texts = app.texts.lookUp;
  const { state, submitted, items } = found;
  const date = new Intl.DateTimeFormat(app.language, { dateStyle: 'long' }).format(new Date(submitted));
  return h(
    'section',
    { className: 'receipt' },
    h('h2', { dir: 'ltr' }, receipt.case),
    h('p', {}, h('strong', {}, texts[state])),
    h('dl', {}, h('dt', {}, texts.submitted), h('dd', {}, date), h('dt', {}, texts.items), h('dd', {}, String(items))),
    ...whoHasRead(app, found),
    state === 'listed' && withdrawal(app, receipt),
  );
}

/** Whether it did anything yet: which platforms have fetched the case as it stands now, and when. */
function whoHasRead({ texts: { lookUp: texts }, language }: App, { state, platforms }: Case): Node[] {
  if (platforms.length === 0) return [];
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const sentence = state === 'listed' ? texts.readBy : texts.forgottenBy;
  return [
    h('h3', {}, texts.didItHeading),
    h('p', { className: 'counted' }, sentence(platforms.filter(({ read }) => read).length, platforms.length)),
    h(
      'ul',
      { className: 'platforms' },
      ...platforms.map(({ name, read }) =>
        h('li', { className: read ? 'read' : '' }, h('strong', {}, name), ': ', read ? texts.read(moment.format(new Date(read))) : texts.notRead),
      ),
    ),
    ...(state === 'listed' ? [h('p', { className: 'hint' }, texts.meaning)] : []),
  ];
}

/** Withdrawing asks once more, since it cannot be undone. */
function withdrawal(app: App, receipt: Receipt): Node {
  const texts = app.texts.lookUp;
  const place = h('div');
  const problem = alarm();
  const offer = button(texts.withdraw, () => ask(), 'secondary');
  const ask = () => {
    const question = h('h3', { tabIndex: -1 }, texts.sureHeading);
    const actions = h('div', { className: 'actions' }, button(texts.yes, confirm, 'primary'), button(texts.no, cancel, 'secondary'));
    place.replaceChildren(question, h('p', {}, texts.sure), actions, problem.element);
    question.focus();
  };
  const cancel = () => {
    place.replaceChildren(offer);
    offer.focus();
  };
  const confirm = async () => {
    const timer = setTimeout(() => problem.say(app.texts.review.slow), slowAfter);
    const outcome: Outcome<object> = await withdraw(receipt);
    clearTimeout(timer);
    if (!outcome.ok) return problem.say(explain(outcome.problem, app.texts));
    if (receipt.case === app.receipt.case) app.startAnew();
    const gone = h('p', { tabIndex: -1 }, h('strong', {}, texts.gone));
    place.closest('section')!.replaceChildren(gone);
    gone.focus();
  };
  place.append(offer);
  return place;
}
