import type { App, ViewName } from './app';
import { button, h, link } from './dom';
import { offered } from './texts';

/** What surrounds every view: the way out, the languages, the pages, and whose page this is. */
export function shell(app: App, current: ViewName, view: Node[]): Node[] {
  const { texts } = app;
  const pages: readonly (readonly [ViewName, string])[] = [
    ['start', texts.home],
    ['lookUp', texts.yourCase],
    ['help', texts.getHelp],
  ];
  const skip = h('a', { id: 'skip', href: '#main', className: 'skip' }, texts.skip);
  skip.onclick = (event) => {
    event.preventDefault();
    document.querySelector<HTMLElement>('#main')!.focus();
  };
  const mark = h('img', { src: '/icon.svg', alt: '', width: 28, height: 28 });
  return [
    skip,
    h('header', {}, h('span', { className: 'brand' }, mark, h('span', {}, texts.title)), button(texts.leave, () => app.leave(), 'leave')),
    h(
      'nav',
      { className: 'bar', attributes: { 'aria-label': texts.menu } },
      h('div', {}, ...pages.map(([name, text]) => markCurrent(button(text, () => app.show(name), 'plain'), name === current, 'page'))),
    ),
    h('main', { id: 'main', tabIndex: -1 }, texts.draft !== '' && h('p', { className: 'draft' }, texts.draft), ...view),
    h('p', { className: 'unseen', attributes: { role: 'status' } }),
    h(
      'footer',
      {},
      h('div', { className: 'languages', attributes: { role: 'group', 'aria-label': texts.languages } }, ...languageButtons(app)),
      h('p', {}, texts.footer.history),
      h('p', {}, texts.footer.sample, ' ', link('takeitdown.ncmec.org', 'https://takeitdown.ncmec.org/')),
    ),
  ];
}

const languageButtons = (app: App) =>
  offered(app.about?.drafts ?? false).map(([code, { name, draft }]) => {
    const choice = markCurrent(button(draft ? `${name} (draft)` : name, () => void app.speak(code), 'plain'), code === app.language, 'true');
    choice.lang = code;
    choice.dataset.language = code;
    return choice;
  });

function markCurrent(element: HTMLElement, isCurrent: boolean, value: string): HTMLElement {
  if (isCurrent) element.setAttribute('aria-current', value);
  return element;
}
