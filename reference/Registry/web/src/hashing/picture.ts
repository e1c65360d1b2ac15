import { lumaOfRow, sampling } from './luma';
import { pdq, type Pdq } from './pdq';

/** How many rows are read back from the canvas at once: a strip of the widest photo is under a megabyte. */
const stripRows = 16;

/**
 * The PDQ hash of a picture as the browser shows it. Only the rows that PDQ looks at are drawn, strip by strip,
 * so that a large photo never lies in memory twice.
 */
export function pdqOfPicture(picture: ImageBitmap): Pdq {
  const { width, height } = picture;
  const { columns, rows } = sampling(width, height);
  const luma = new Float32Array(columns.length * rows.length);
  const strip = new OffscreenCanvas(width, stripRows).getContext('2d', { willReadFrequently: true, colorSpace: 'srgb' })!;
  strip.imageSmoothingEnabled = false;
  for (let first = 0; first < rows.length; first += stripRows) {
    const count = Math.min(stripRows, rows.length - first);
    strip.clearRect(0, 0, width, stripRows);
    for (let i = 0; i < count; i++) strip.drawImage(picture, 0, rows[first + i], width, 1, 0, i, width, 1);
    const rgba = strip.getImageData(0, 0, width, count).data;
    for (let i = 0; i < count; i++) lumaOfRow(rgba, i * width * 4, columns, luma, (first + i) * columns.length);
  }
  return pdq(luma, columns.length, rows.length);
}

/** The longer side of the small copy that the page shows, in pixels. */
const thumbnailSide = 160;

/** A small copy to show on this page; undefined where the browser makes none. */
export async function thumbnailOf(picture: ImageBitmap): Promise<Blob | undefined> {
  const scale = Math.min(1, thumbnailSide / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')!.drawImage(picture, 0, 0, width, height);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 }).catch(() => undefined);
}
