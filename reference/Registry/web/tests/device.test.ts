import { expect, test } from 'vitest';
import { deviceOf, isHandedOver } from '../src/device';
import { countries, regionOf } from '../src/help';

test.each([
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)', 5, 'apple'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 5, 'apple'], // an iPad
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 0, 'mac'],
  ['Mozilla/5.0 (Linux; Android 15; Pixel 9)', 5, 'android'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64)', 0, 'windows'],
  ['Mozilla/5.0 (X11; Linux x86_64)', 0, 'other'],
])('%s', (userAgent, maxTouchPoints, device) => expect(deviceOf({ userAgent, maxTouchPoints })).toBe(device));

test('an iPhone makes the JPEG that it hands over, so nothing is said of exact copies', () => {
  expect(isHandedOver('apple', 'image/jpeg')).toBe(true);
  expect(isHandedOver('apple', 'image/png')).toBe(false);
  expect(isHandedOver('android', 'image/jpeg')).toBe(false);
});

test.each([
  [['es-MX', 'en-US'], 'MX'],
  [['en', 'fr-FR'], 'FR'],
  [['zh-Hant-TW', 'en-ie'], 'IE'],
  [['en-XX', 'pt_BR'], 'BR'],
  [['C'], undefined], // WebKitGTK's word for no language
  [['en'], undefined],
  [[], undefined],
])('of %j the region is %s', (wanted, region) => expect(regionOf(wanted)).toBe(region));

test('every contact names its source, and a date only as a date', () => {
  for (const { source, seen } of countries.flatMap(({ places }) => places)) {
    expect(source).toMatch(/^[a-z0-9.-]+\.[a-z]+$/);
    if (seen) expect(new Date(seen).toISOString().slice(0, 10)).toBe(seen);
  }
});
