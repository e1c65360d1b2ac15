interface Place {
  readonly name: string;
  readonly href: string;
}

interface Country {
  /** The country's ISO code, from which the browser makes its name in the page's language. */
  readonly code: string;
  readonly places: readonly Place[];
}

const place = (name: string, href: string): Place => ({ name, href });

/** Well-known helplines for children and young people, and services that deal with pictures like these. */
export const countries: readonly Country[] = [
  {
    code: 'AU',
    places: [
      place('eSafety Commissioner', 'https://www.esafety.gov.au/report'),
      place('Kids Helpline: 1800 55 1800', 'tel:1800551800'),
    ],
  },
  {
    code: 'BR',
    places: [
      place('SaferNet Brasil', 'https://new.safernet.org.br/'),
      place('Disque 100', 'tel:100'),
    ],
  },
  {
    code: 'CA',
    places: [
      place('NeedHelpNow.ca', 'https://needhelpnow.ca/'),
      place('Kids Help Phone: 1-800-668-6868', 'tel:18006686868'),
    ],
  },
  {
    code: 'CO',
    places: [
      place('Te Protejo', 'https://teprotejo.org/'),
      place('Línea 141 (ICBF)', 'tel:141'),
    ],
  },
  {
    code: 'DE',
    places: [
      place('Nummer gegen Kummer: 116 111', 'tel:116111'),
      place('nummergegenkummer.de', 'https://www.nummergegenkummer.de/'),
    ],
  },
  {
    code: 'ES',
    places: [
      place('ANAR: 900 20 20 10', 'tel:900202010'),
      place('INCIBE: 017', 'tel:017'),
      place('Canal prioritario (AEPD)', 'https://www.aepd.es/canalprioritario'),
    ],
  },
  {
    code: 'FR',
    places: [
      place('3018 (e-Enfance)', 'tel:3018'),
      place('119 Allô enfance en danger', 'tel:119'),
    ],
  },
  {
    code: 'GB',
    places: [
      place('Childline: 0800 1111', 'tel:08001111'),
      place('Report Remove (Childline, IWF)', 'https://www.childline.org.uk/info-advice/bullying-abuse-safety/online-mobile-safety/report-remove/'),
    ],
  },
  {
    code: 'IE',
    places: [
      place('Childline: 1800 66 66 66', 'tel:1800666666'),
      place('Hotline.ie', 'https://www.hotline.ie/'),
    ],
  },
  {
    code: 'IN',
    places: [
      place('Childline: 1098', 'tel:1098'),
      place('cybercrime.gov.in', 'https://cybercrime.gov.in/'),
    ],
  },
  {
    code: 'IT',
    places: [
      place('Telefono Azzurro: 19696', 'tel:19696'),
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
      place('Kindertelefoon: 0800 0432', 'tel:08000432'),
      place('Helpwanted.nl', 'https://www.helpwanted.nl/'),
    ],
  },
  {
    code: 'NZ',
    places: [
      place('Netsafe: 0508 638 723', 'tel:0508638723'),
      place('netsafe.org.nz', 'https://netsafe.org.nz/'),
    ],
  },
  {
    code: 'US',
    places: [
      place('NCMEC: 1-800-843-5678', 'tel:18008435678'),
      place('CyberTipline', 'https://report.cybertip.org/'),
      place('988 Suicide & Crisis Lifeline', 'tel:988'),
    ],
  },
  {
    code: 'ZA',
    places: [
      place('Childline: 116', 'tel:116'),
      place('childlinesa.org.za', 'https://www.childlinesa.org.za/'),
    ],
  },
];

/** For everybody else. */
export const elsewhere: readonly Place[] = [
  place('Child Helpline International', 'https://childhelplineinternational.org/helplines/'),
  place('INHOPE', 'https://www.inhope.org/'),
];
