/** The kinds of devices that take screenshots in different ways. */
export type Device = 'apple' | 'android' | 'windows' | 'mac' | 'other';

/** What this device is, as far as the browser says. An iPad says that it is a Mac, but a Mac has no touch screen. */
export function deviceOf({ userAgent, maxTouchPoints }: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): Device {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'apple';
  if (/Macintosh/.test(userAgent)) return maxTouchPoints > 1 ? 'apple' : 'mac';
  if (/Android/.test(userAgent)) return 'android';
  return /Windows/.test(userAgent) ? 'windows' : 'other';
}

/**
 * Whether the device hands a page this photo as a copy that it makes on the spot: iPhones and iPads turn HEIC photos into JPEGs, so the exact
 * digests are those of a file that is nowhere else.
 */
export const isHandedOver = (device: Device, format: string) => device === 'apple' && format === 'image/jpeg';
