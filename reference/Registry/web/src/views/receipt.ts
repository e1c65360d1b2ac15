import type { App } from '../app';
import { button, h } from '../dom';

/** The file's name tells whoever else uses the device nothing. */
const fileName = 'note.txt';

/** What finds the case again: shown before anything is sent, with the ways to keep it. */
export function receiptCard(app: App, explanation: readonly string[]): HTMLElement {
  const texts = app.texts.receipt;
  const { case: number, secret } = app.receipt;
  const address = `${location.origin}/`;
  const note = () => `${texts.caseNumber}: ${number}\n${texts.secret}: ${secret}\n${texts.where(address)}\n`;
  const told = h('p', { className: 'told', attributes: { role: 'status' } }, keptText(app));
  const keep = (how: NonNullable<App['kept']>) => {
    app.kept = how;
    told.textContent = keptText(app);
    document.querySelector('.not-kept')?.remove();
  };
  const save = () => {
    const file = URL.createObjectURL(new Blob([note()], { type: 'text/plain' }));
    h('a', { href: file, download: fileName }).click();
    setTimeout(() => URL.revokeObjectURL(file), 10_000);
    keep('saved');
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(note());
      keep('copied');
    } catch {
      told.textContent = texts.notCopied;
    }
  };
  const print = () => {
    keep('printed');
    window.print();
  };
  return h(
    'section',
    { className: 'receipt', id: 'receipt', attributes: { 'aria-labelledby': 'receipt-heading' } },
    h('h2', { id: 'receipt-heading' }, texts.heading),
    ...explanation.map((text) => h('p', {}, text)),
    h(
      'dl',
      { className: 'codes' },
      h('div', {}, h('dt', {}, texts.caseNumber), h('dd', {}, h('code', { dir: 'ltr' }, number))),
      h('div', {}, h('dt', {}, texts.secret), h('dd', {}, h('code', { dir: 'ltr' }, secret))),
    ),
    h('p', { className: 'hint' }, texts.where(address)),
    h(
      'div',
      { className: 'actions' },
      button(texts.save, save, 'secondary'),
      button(texts.copy, () => void copy(), 'secondary'),
      button(texts.print, print, 'secondary'),
    ),
    told,
    h('p', { className: 'hint warning' }, texts.shared),
  );
}

function keptText({ texts, kept }: App): string {
  if (!kept) return '';
  return { saved: texts.receipt.saved, copied: texts.receipt.copied, printed: texts.receipt.printed, declined: texts.receipt.declined }[kept];
}

/** Asks before the receipt is left behind: keep it, or say that it is not wanted. */
export function keepFirst(app: App): Node[] {
  if (app.asked === undefined || app.kept) return [];
  const texts = app.texts.receipt;
  const wanted = app.asked;
  const decline = () => {
    app.kept = 'declined';
    app.show(wanted);
  };
  const stay = () => {
    app.asked = undefined;
    question.remove();
    const receipt = document.querySelector<HTMLElement>('#receipt')!;
    receipt.scrollIntoView({ block: 'center' });
    receipt.querySelector('button')!.focus({ preventScroll: true });
  };
  const question = h(
    'section',
    { className: 'not-kept alarm', tabIndex: -1, attributes: { role: 'alert' } },
    h('h2', {}, texts.keptHeading),
    h('p', {}, texts.notKept),
    h('div', { className: 'actions' }, button(texts.stay, stay, 'primary'), button(texts.decline, decline, 'secondary')),
  );
  return [question];
}
