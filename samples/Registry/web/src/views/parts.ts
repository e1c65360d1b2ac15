import { h } from '../dom';
import type { Problem } from '../registry';
import type { Texts } from '../texts';

/** The heading of a view. It takes the focus when the view is shown. */
export const heading = (text: string) => h('h1', { tabIndex: -1 }, text);

/** A place for what went wrong, read out when it is filled. */
export function alarm() {
  const element = h('p', { className: 'alarm', tabIndex: -1, attributes: { role: 'alert' } });
  return { element, say: (text: string) => (element.textContent = text) };
}

export function explain(problem: Problem, texts: Texts): string {
  return problem.kind === 'too-often' ? texts.problem['too-often'](problem.wait) : texts.problem[problem.kind];
}
