import type { App, View } from '../app';
import { button, h } from '../dom';
import { isSettled, levelOf, type Item } from '../items';
import { badge, heading, meaning, remedy, steps } from './parts';

const fileInput = 'files';

/** Choosing files, and watching their fingerprints being made. */
export const choose: View = (app) => {
  const texts = app.texts.choose;
  const rows = new Map<Item, ReturnType<typeof row>>();
  const files = h('ul', { className: 'files' });
  const status = h('p', { className: 'status', id: 'status' });
  const overall = h('progress', { max: 1, className: 'overall', attributes: { 'aria-labelledby': 'status' } });
  const removeAll = button(texts.removeAll, () => {
    app.items.clear();
    app.refresh();
    document.getElementById(fileInput)?.focus();
  }, 'plain');
  const chosen = h('section', {}, h('div', { className: 'list-head' }, h('h2', {}, texts.list), removeAll), files);
  const next = button(texts.next, () => canGoOn(app) && app.show('review'), 'primary');
  next.setAttribute('aria-describedby', status.id);
  const bar = h('div', { className: 'way-on' }, overall, status, next);

  const refresh = () => {
    const { all, settled, progress } = app.items;
    chosen.hidden = bar.hidden = all.length === 0;
    overall.hidden = settled;
    overall.value = progress;
    next.setAttribute('aria-disabled', String(!canGoOn(app)));
    status.textContent = statusOf(app);
    label.textContent = all.length > 0 ? texts.more : texts.button;
    chooser.classList.toggle('small', all.length > 0);
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
    files.append(made.element);
  };
  const add = (added: Iterable<File>) => {
    app.items.add(added);
    for (const item of app.items.all) if (!rows.has(item)) place(item);
    refresh();
  };
  const { element: chooser, input, label } = fileChooser(app, add);

  app.items.onChange = (item) => {
    rows.get(item)?.refresh();
    overall.value = app.items.progress;
    if (!isSettled(item)) return;
    refresh();
    app.announce(status.textContent);
  };
  app.items.all.forEach(place);
  refresh();
  return [steps(app, 1), heading(texts.heading), h('p', { className: 'promise lock' }, texts.promise), chooser, chosen, bar];
};

const canGoOn = ({ items }: App) => items.settled && items.ready.length > 0;

function statusOf({ texts, items }: App): string {
  const { all, ready, partly, settled } = items;
  if (!settled) return texts.choose.working(all.filter(isSettled).length, all.length);
  if (ready.length === 0) return texts.choose.noneUsable;
  return texts.choose.settled(ready.length - partly.length, partly.length, all.length - ready.length);
}

/** The button and the drop target; they wait until everything that hashing needs has been loaded. */
function fileChooser(app: App, add: (files: Iterable<File>) => void) {
  const texts = app.texts.choose;
  const input = h('input', { type: 'file', multiple: true, accept: 'image/*,video/*,.heic,.heif', disabled: true, id: fileInput });
  const label = h('label', { htmlFor: fileInput, className: 'primary' }, texts.button);
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
  return { element, input, label };
}

function row(app: App, item: Item, remove: () => void) {
  const texts = app.texts.choose;
  const { name } = item.file;
  const state = h('div', { className: 'state' });
  const picture = h('div', { className: 'picture', attributes: { 'aria-hidden': 'true' } });
  const progress = h('progress', { max: 1, attributes: { 'aria-label': texts.progressOf(name) } });
  const waiting = h('p');
  const action = button('', remove, 'plain');
  const again = button(texts.again, () => app.items.retry(item), 'plain');
  again.setAttribute('aria-label', texts.ofFile(texts.again, name));
  const actions = h('div', { className: 'row-actions' }, again, action);
  const element = h('li', {}, picture, h('div', { className: 'facts' }, h('p', { className: 'name' }, name), state, progress, actions));
  const refresh = () => {
    const level = levelOf(item);
    const verb = level ? texts.remove : texts.cancel;
    progress.value = item.progress;
    progress.hidden = level !== undefined;
    again.hidden = item.result?.similarity !== 'no-decoder';
    action.textContent = verb;
    action.setAttribute('aria-label', texts.ofFile(verb, name));
    waiting.textContent = item.progress > 0 ? texts.hashing(Math.floor(item.progress * 100)) : texts.waiting;
    if (!level) return state.replaceChildren(waiting);
    state.replaceChildren(badge(app.texts, level), h('p', {}, meaning(app.texts, item)), ...(level === 'partly' ? [remedy(app, item)] : []));
    if (item.thumbnail) picture.replaceWith(thumbnail(app, item));
  };
  refresh();
  return { element, refresh };
}

/** A small copy of the picture that nobody can make out over a shoulder, until it is tapped. */
function thumbnail({ texts }: App, item: Item): Node {
  const image = h('img', { src: item.thumbnail!, alt: '' });
  const shown = h('button', { type: 'button', className: 'picture', onclick: () => show(!item.clear) }, image);
  const show = (clear: boolean) => {
    item.clear = clear;
    shown.classList.toggle('clear', clear);
    shown.setAttribute('aria-pressed', String(clear));
    shown.setAttribute('aria-label', texts.choose.ofFile(texts.choose.showPicture, item.file.name));
  };
  show(item.clear ?? false);
  return shown;
}
