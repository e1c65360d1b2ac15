import type { App, View } from '../app';
import { button, h } from '../dom';
import { isSettled, type Item } from '../items';
import { heading } from './parts';

/** Choosing files, and watching their fingerprints being made. */
export const choose: View = (app) => {
  const texts = app.texts.choose;
  const rows = new Map<Item, ReturnType<typeof row>>();
  const list = h('ul', { className: 'files' });
  const status = h('p', { className: 'status' });
  const chosen = h('section', {}, h('h2', {}, texts.list), list, status);
  const next = button(texts.next, () => app.items.settled && app.items.ready.length > 0 && app.show('review'), 'primary');

  const refresh = () => {
    const { all, ready, settled } = app.items;
    chosen.hidden = next.hidden = all.length === 0;
    next.setAttribute('aria-disabled', String(!settled || ready.length === 0));
    status.textContent = !settled
      ? texts.working(all.filter(isSettled).length, all.length)
      : ready.length > 0
        ? texts.settled(ready.length, all.length - ready.length)
        : texts.noneUsable;
  };
  const place = (item: Item) => {
    const made = row(app, item, () => {
      app.items.remove(item);
      made.element.remove();
      rows.delete(item);
      refresh();
      input.focus();
    });
    rows.set(item, made);
    list.append(made.element);
  };
  const add = (files: Iterable<File>) => {
    app.items.add(files);
    for (const item of app.items.all) if (!rows.has(item)) place(item);
    refresh();
  };
  const { element: chooser, input } = fileChooser(app, add);

  app.items.onChange = (item) => {
    rows.get(item)?.refresh();
    if (!isSettled(item)) return;
    refresh();
    app.announce(status.textContent);
  };
  app.items.all.forEach(place);
  refresh();
  return [heading(texts.heading), h('p', {}, texts.promise), chooser, chosen, next];
};

/** The button and the drop target; they wait until everything that hashing needs has been loaded. */
function fileChooser(app: App, add: (files: Iterable<File>) => void) {
  const texts = app.texts.choose;
  const input = h('input', { type: 'file', multiple: true, accept: 'image/*,video/*', disabled: true, id: 'files' });
  const label = h('label', { htmlFor: 'files', className: 'primary' }, texts.button);
  const note = h('p', {}, texts.preparing);
  const element = h('div', { className: 'drop' }, input, label, note);
  input.onchange = () => {
    add([...(input.files ?? [])]);
    input.value = '';
  };
  element.ondragover = () => element.classList.add('over');
  element.ondragleave = () => element.classList.remove('over');
  element.ondrop = (event) => {
    element.classList.remove('over');
    if (!input.disabled) add([...(event.dataTransfer?.files ?? [])]);
  };
  app.hasher.ready.then(
    () => {
      input.disabled = false;
      note.textContent = texts.drop;
      note.className = 'mouse-only';
    },
    () => (note.textContent = texts.broken),
  );
  return { element, input };
}

function row(app: App, item: Item, remove: () => void) {
  const texts = app.texts.choose;
  const { name } = item.file;
  const text = h('p', { className: 'state' });
  const progress = h('progress', { max: 1, attributes: { 'aria-label': texts.progressOf(name) } });
  const action = button('', remove, 'plain');
  const refresh = () => {
    const settled = isSettled(item);
    const verb = settled ? texts.remove : texts.cancel;
    progress.value = item.progress;
    progress.hidden = settled;
    text.textContent = stateOf(app, item);
    action.textContent = verb;
    action.setAttribute('aria-label', texts.ofFile(verb, name));
  };
  refresh();
  return { element: h('li', {}, h('p', { className: 'name' }, name), text, progress, action), refresh };
}

function stateOf({ texts }: App, { result, refusal, progress }: Item): string {
  if (refusal) return texts.choose.refused[refusal];
  if (result?.similarity === 'found') return texts.similarity.found(result.media, result.pdq.length);
  if (result) return texts.similarity[result.similarity as Exclude<typeof result.similarity, 'found'>];
  return progress > 0 ? texts.choose.hashing(Math.floor(progress * 100)) : texts.choose.waiting;
}
