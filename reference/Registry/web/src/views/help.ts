import type { App, View } from '../app';
import { h, link } from '../dom';
import { countries, elsewhere, regionOf, type Country, type Place } from '../help';
import { heading } from './parts';

/** Where to find people to talk to: near the person first, as far as the browser's languages tell, then everywhere else behind a search. */
export const help: View = (app) => {
  const texts = app.texts.help;
  const names = new Intl.DisplayNames([app.language], { type: 'region' });
  const nameOf = ({ code }: Country) => names.of(code) ?? code;
  const near = countries.find(({ code }) => code === regionOf(navigator.languages));
  const others = countries.filter((country) => country !== near).sort((a, b) => nameOf(a).localeCompare(nameOf(b), app.language));

  const search = h('input', { type: 'search', id: 'country', autocomplete: 'off', attributes: { 'aria-controls': 'countries', 'aria-label': texts.search } });
  const found = h('div', { id: 'countries' });
  const told = h('p', { className: 'hint', attributes: { role: 'status' } });
  const refresh = () => {
    const wanted = plain(search.value);
    const matching = others.filter((country) => plain(nameOf(country)).includes(wanted) || country.code.toLowerCase() === wanted);
    found.replaceChildren(...matching.map((country) => section(app, nameOf(country), country.places)));
    told.textContent = matching.length === 0 ? texts.none : '';
  };
  search.oninput = refresh;
  refresh();
  return [
    heading(texts.heading),
    h('p', { className: 'lead' }, texts.lead),
    h('p', { className: 'promise' }, texts.danger),
    ...(near ? [h('h2', {}, texts.near), section(app, nameOf(near), near.places)] : []),
    h('details', { open: !near }, h('summary', {}, texts.search), search, told, found),
    h('h2', {}, texts.elsewhere),
    places(app, elsewhere),
    h('p', { className: 'hint' }, texts.outside),
  ];
};

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();

const section = (app: App, name: string, all: readonly Place[]) => h('section', { className: 'country' }, h('h3', {}, name), places(app, all));

const places = ({ texts, language }: App, all: readonly Place[]) =>
  h(
    'ul',
    { className: 'places' },
    ...all.map(({ name, href, source, seen }) =>
      h(
        'li',
        {},
        link(name, href),
        h(
          'span',
          { className: 'hint' },
          seen
            ? texts.help.checked(source, new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(seen)))
            : texts.help.unchecked(source),
        ),
      ),
    ),
  );
