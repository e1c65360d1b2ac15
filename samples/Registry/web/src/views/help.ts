import type { View } from '../app';
import { h, link, paragraphs } from '../dom';
import { countries, elsewhere } from '../help';
import { heading } from './parts';

/** Where to find people to talk to, by country, in the order of the page's language. */
export const help: View = ({ texts, language }) => {
  const names = new Intl.DisplayNames([language], { type: 'region' });
  const sorted = countries
    .map(({ code, places }) => ({ name: names.of(code) ?? code, places }))
    .sort((a, b) => a.name.localeCompare(b.name, language));
  return [
    heading(texts.help.heading),
    ...paragraphs(texts.help.welcome),
    h('p', { className: 'promise' }, texts.help.danger),
    h(
      'dl',
      { className: 'countries' },
      ...[...sorted, { name: texts.help.elsewhere, places: elsewhere }].flatMap(({ name, places }) => [
        h('dt', {}, name),
        ...places.map((place) => h('dd', {}, link(place.name, place.href))),
      ]),
    ),
    h('p', {}, texts.help.outside),
  ];
};
