/** How much of the window what stays in place may cover, top and bottom together. With large text on a small screen it covers more. */
const most = 0.4;

/**
 * Keeps what has the focus clear of the parts that stay in place at the top and the bottom: scrolling stops short of them, and where they would
 * take too much of the window, they scroll with the rest instead.
 */
export function keepClear(page: HTMLElement): void {
  const measure = () => {
    const [top, bottom] = ['header', '.way-on'].map((name) => page.querySelector<HTMLElement>(name)?.offsetHeight ?? 0);
    page.classList.toggle('loose', top + bottom > most * window.innerHeight);
    const loose = page.classList.contains('loose');
    const { style } = document.documentElement;
    style.scrollPaddingTop = loose ? '0px' : `${top + 8}px`;
    style.scrollPaddingBottom = loose ? '0px' : `${bottom + 8}px`;
  };
  observer?.disconnect();
  observer = new ResizeObserver(measure);
  observer.observe(document.documentElement);
  for (const part of page.querySelectorAll('header, .way-on')) observer.observe(part);
  measure();
}

let observer: ResizeObserver | undefined;
