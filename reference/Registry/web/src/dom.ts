type Child = Node | string | false | undefined;
type Properties<E> = Partial<Omit<E, 'style' | 'children' | 'attributes'>> & { attributes?: Record<string, string> };

/** An element with its properties and children. Text is always text: nothing on the page is parsed as HTML. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties<HTMLElementTagNameMap[K]> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const { attributes = {}, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  for (const [name, value] of Object.entries<string>(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== false && child !== undefined));
  return element;
}

export const paragraphs = (texts: readonly string[]) => texts.map((text) => h('p', {}, text));

export const button = (text: string, onclick: () => void, className = '') => h('button', { type: 'button', className, onclick }, text);

/** A link that opens beside the page, so that nothing chosen is lost, and that does not say where it was followed. */
export const link = (text: string, href: string) =>
  href.startsWith('tel:') ? h('a', { href }, text) : h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, text);
