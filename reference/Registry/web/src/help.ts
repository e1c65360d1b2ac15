export interface Place {
  readonly name: string;
  readonly href: string;
  /** Who says so: the helpline itself, or an authority. */
  readonly source: string;
  /** The date of the page of that source that was read, as YYYY-MM-DD; none where it has not been read since the contact was put here. */
  readonly seen?: string;
}

export interface Country {
  /** The country's ISO code, from which the browser makes its name in the page's language. */
  readonly code: string;
  readonly places: readonly Place[];
}

const place = (name: string, href: string, source = new URL(href).host, seen?: string): Place => ({ name, href, source, ...(seen && { seen }) });

/**
 * Where a person probably is: the first region that the browser's languages name, if the list has it. A language without a region names
 * none; nothing is guessed.
 */
export function regionOf(wanted: readonly string[]): string | undefined {
  const regions = wanted.map((language) => /[-_]([A-Za-z]{2})\b/.exec(language)?.[1].toUpperCase());
  return regions.find((region) => countries.some(({ code }) => code === region));
}

/** Well-known helplines for children and young people, and services that deal with pictures like these. */
export const countries: readonly Country[] = [
  {
    code: 'AU',
    places: [
      place('eSafety Commissioner', 'https://www.esafety.gov.au/report'),
      place('Kids Helpline: 1800 55 1800', 'tel:1800551800', 'kidshelpline.com.au'),
    ],
  },
  {
    code: 'BR',
    places: [
      place('SaferNet Brasil', 'https://new.safernet.org.br/'),
      place('Disque 100', 'tel:100', 'gov.br'),
    ],
  },
  {
    code: 'CA',
    places: [
      place('NeedHelpNow.ca', 'https://needhelpnow.ca/'),
      place('Kids Help Phone: 1-800-668-6868', 'tel:18006686868', 'kidshelpphone.ca'),
    ],
  },
  {
    code: 'CO',
    places: [
      place('Te Protejo', 'https://teprotejo.org/'),
      place('Línea 141 (ICBF)', 'tel:141', 'icbf.gov.co'),
    ],
  },
  {
    code: 'DE',
    places: [
      place('Nummer gegen Kummer: 116 111', 'tel:116111', 'bmfsfj.de'),
      place('nummergegenkummer.de', 'https://www.nummergegenkummer.de/'),
    ],
  },
  {
    code: 'ES',
    places: [
      place('ANAR: 900 20 20 10', 'tel:900202010', 'injuve.es', '2014-02-24'),
      place('INCIBE: 017', 'tel:017', 'incibe.es'),
      place('Canal prioritario (AEPD)', 'https://www.aepd.es/canalprioritario'),
    ],
  },
  {
    code: 'FR',
    places: [
      place('3018 (e-Enfance)', 'tel:3018', 'info.gouv.fr', '2023-09-22'),
      place('119 Allô enfance en danger', 'tel:119', 'info.gouv.fr', '2023-09-22'),
    ],
  },
  {
    code: 'GB',
    places: [
      place('Childline: 0800 1111', 'tel:08001111', 'childline.org.uk'),
      place('Report Remove (Childline, IWF)', 'https://www.childline.org.uk/info-advice/bullying-abuse-safety/online-mobile-safety/report-remove/'),
    ],
  },
  {
    code: 'IE',
    places: [
      place('Childline: 1800 66 66 66', 'tel:1800666666', 'childline.ie'),
      place('Hotline.ie', 'https://www.hotline.ie/'),
    ],
  },
  {
    code: 'IN',
    places: [
      place('Childline: 1098', 'tel:1098', 'childlineindia.org'),
      place('cybercrime.gov.in', 'https://cybercrime.gov.in/'),
    ],
  },
  {
    code: 'IT',
    places: [
      place('Telefono Azzurro: 19696', 'tel:19696', 'azzurro.it'),
      place('azzurro.it', 'https://azzurro.it/'),
    ],
  },
  {
    code: 'MX',
    places: [
      place('Te Protejo México', 'https://teprotejomexico.org/'),
    ],
  },
  {
    code: 'NL',
    places: [
      place('Kindertelefoon: 0800 0432', 'tel:08000432', 'kindertelefoon.nl'),
      place('Helpwanted.nl', 'https://www.helpwanted.nl/'),
    ],
  },
  {
    code: 'NZ',
    places: [
      place('Netsafe: 0508 638 723', 'tel:0508638723', 'netsafe.org.nz'),
      place('netsafe.org.nz', 'https://netsafe.org.nz/'),
    ],
  },
  {
    code: 'US',
    places: [
      place('NCMEC: 1-800-843-5678', 'tel:18008435678', 'missingkids.org'),
      place('CyberTipline', 'https://report.cybertip.org/'),
      place('988 Suicide & Crisis Lifeline', 'tel:988', '988lifeline.org'),
    ],
  },
  {
    code: 'ZA',
    places: [
      place('Childline: 116', 'tel:116', 'childlinesa.org.za'),
      place('childlinesa.org.za', 'https://www.childlinesa.org.za/'),
    ],
  },
];

/** For everybody else. */
export const elsewhere: readonly Place[] = [
  place('Child Helpline International', 'https://childhelplineinternational.org/helplines/'),
  place('INHOPE', 'https://www.inhope.org/'),
];
