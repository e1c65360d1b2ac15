import type { App, View } from '../app';
import { button, h } from '../dom';
import { lookUp as find, tidyCase, withdraw, type Case, type Outcome, type Receipt } from '../registry';
import { alarm, explain, heading } from './parts';

/** Looking at a case, and taking its fingerprints off the list. */
export const lookUp: View = (app) => {
  const texts = app.texts.lookUp;
  const number = field(app.receipt?.case ?? '');
  const secret = field(app.receipt?.secret ?? '');
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
    const receipt: Receipt = { case: tidyCase(number.value), secret: secret.value.trim() };
    found.replaceChildren();
    if (!receipt.case || !receipt.secret) return problem.say(texts.missing);
    number.value = receipt.case;
    // A header cannot carry other characters, and no secret has them.
    if (!/^[!-~]+$/.test(receipt.secret)) return problem.say(app.texts.problem['unknown-case']);
    problem.say('');
    busy = true;
    submit.textContent = texts.finding;
    const outcome = await find(receipt);
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
  h('input', { type: 'text', value, autocomplete: 'off', spellcheck: false, attributes: { autocapitalize: 'off', autocorrect: 'off' } });

function caseCard(app: App, receipt: Receipt, { state, submitted, items }: Case): Node {
  const texts = app.texts.lookUp;
  const date = new Intl.DateTimeFormat(app.language, { dateStyle: 'long' }).format(new Date(submitted));
  return h(
    'section',
    { className: 'receipt' },
    h('h2', {}, receipt.case),
    h('p', {}, h('strong', {}, texts[state])),
    h('dl', {}, h('dt', {}, texts.submitted), h('dd', {}, date), h('dt', {}, texts.items), h('dd', {}, String(items))),
    state === 'listed' && withdrawal(app, () => withdraw(receipt)),
  );
}

/** Withdrawing asks once more, since it cannot be undone. */
function withdrawal(app: App, act: () => Promise<Outcome<object>>): Node {
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
    const outcome = await act();
    if (!outcome.ok) return problem.say(explain(outcome.problem, app.texts));
    const gone = h('p', { tabIndex: -1 }, h('strong', {}, texts.gone));
    place.closest('section')!.replaceChildren(gone);
    gone.focus();
  };
  place.append(offer);
  return place;
}
