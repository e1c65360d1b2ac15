import type { App, ViewName } from './app';
import { button, h, link } from './dom';
import { languages } from './texts';

interface Actions {
  leave(): void;
  speak(language: string): void;
}

/** What surrounds every view: the way out, the languages, the pages, and whose page this is. */
export function shell(app: App, current: ViewName, view: Node[], { leave, speak }: Actions): Node[] {
  const { texts } = app;
  const pages: readonly (readonly [ViewName, string])[] = [
    ['start', texts.home],
    ['lookUp', texts.yourCase],
    ['help', texts.getHelp],
  ];
  const skip = h('a', { href: '#main', className: 'skip' }, texts.skip);
  skip.onclick = (event) => {
    event.preventDefault();
    document.querySelector<HTMLElement>('#main')!.focus();
  };
  return [
    skip,
    h('header', {}, h('span', { className: 'brand' }, texts.title), button(texts.leave, leave, 'leave')),
    h(
      'nav',
      { className: 'bar', attributes: { 'aria-label': texts.menu } },
      h('div', {}, ...pages.map(([name, text]) => markCurrent(button(text, () => app.show(name), 'plain'), name === current, 'page'))),
      h(
        'div',
        { className: 'languages', attributes: { role: 'group', 'aria-label': texts.languages } },
        ...Object.entries(languages).map(([code, { language }]) => {
          const choice = markCurrent(button(language, () => speak(code), 'plain'), code === app.language, 'true');
          choice.lang = code;
          choice.dataset.language = code;
          return choice;
        }),
      ),
    ),
    h('main', { id: 'main', tabIndex: -1 }, ...view),
    h('p', { className: 'unseen', attributes: { role: 'status' } }),
    h(
      'footer',
      {},
      h('p', {}, texts.footer.history),
      h('p', {}, texts.footer.sample, ' ', link('takeitdown.ncmec.org', 'https://takeitdown.ncmec.org/')),
    ),
  ];
}

function markCurrent(element: HTMLElement, isCurrent: boolean, value: string): HTMLElement {
  if (isCurrent) element.setAttribute('aria-current', value);
  return element;
}
