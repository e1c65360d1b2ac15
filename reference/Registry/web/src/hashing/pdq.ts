import { blur } from './blur';
import { median } from './median';

/** A PDQ hash as 64 lower-case hexadecimal digits, and how much there was in the picture to hash: 0 to 100. */
export interface Pdq {
  readonly value: string;
  readonly quality: number;
}

const block = 64;
const coefficients = 16;
const smallestSide = 5;
const round = Math.fround;

/** Rows 1 to 16 of the 64-point DCT, computed in double and kept as float32, as the reference keeps them. */
const dctRows = (() => {
  const scale = round(Math.sqrt(2 / block));
  const rows = new Float32Array(coefficients * block);
  for (let i = 0; i < coefficients; i++) {
    for (let j = 0; j < block; j++) rows[i * block + j] = scale * Math.cos((Math.PI / 2 / block) * (i + 1) * (2 * j + 1));
  }
  return rows;
})();

/**
 * The PDQ hash of a picture's brightness (row by row, 0 to 255), which is used as scratch space.
 * Every sum is rounded to float32 in the reference's order, so that the same bytes give the same 256 bits.
 */
export function pdq(luma: Float32Array, width: number, height: number): Pdq {
  if (width < smallestSide || height < smallestSide) return { value: '0'.repeat(64), quality: 0 };
  const small = shrink(luma, width, height);
  return { value: bits(dct(small)), quality: quality(small) };
}

/** The picture at 64x64: blurred, then sampled at the centres of the 64x64 cells. */
function shrink(luma: Float32Array, width: number, height: number): Float32Array {
  if (width === block && height === block) return luma;
  blur(luma, width, height);
  const small = new Float32Array(block * block);
  for (let i = 0; i < block; i++) {
    const row = Math.floor(((i + 0.5) * height) / block) * width;
    for (let j = 0; j < block; j++) small[i * block + j] = luma[row + Math.floor(((j + 0.5) * width) / block)];
  }
  return small;
}

/** How much the 64x64 picture changes from each point to the next, in whole percents, scaled and capped as the reference does. */
function quality(small: Float32Array): number {
  const step = (u: number, v: number) => Math.abs(Math.trunc(round(round(round(u - v) * 100) / 255)));
  let sum = 0;
  for (let i = 0; i < block; i++) {
    for (let j = 0; j < block; j++) {
      const at = i * block + j;
      if (i < block - 1) sum += step(small[at], small[at + block]);
      if (j < block - 1) sum += step(small[at], small[at + 1]);
    }
  }
  return Math.min(100, Math.floor(sum / 90));
}

/** The 16x16 lowest frequencies without the constant ones: D · small · Dᵀ. */
function dct(small: Float32Array): Float32Array {
  const columns = new Float32Array(coefficients * block);
  for (let i = 0; i < coefficients; i++) {
    for (let j = 0; j < block; j++) {
      let sum = 0;
      for (let k = 0; k < block; k++) sum = round(sum + round(dctRows[i * block + k] * small[k * block + j]));
      columns[i * block + j] = sum;
    }
  }
  const result = new Float32Array(coefficients * coefficients);
  for (let i = 0; i < coefficients; i++) {
    for (let j = 0; j < coefficients; j++) {
      let sum = 0;
      for (let k = 0; k < block; k++) sum = round(sum + round(columns[i * block + k] * dctRows[j * block + k]));
      result[i * coefficients + j] = sum;
    }
  }
  return result;
}

/** One bit for each frequency above the median; the first frequency is the lowest bit of the last digit. */
function bits(frequencies: Float32Array): string {
  const threshold = median(frequencies);
  let hex = '';
  for (let nibble = frequencies.length / 4 - 1; nibble >= 0; nibble--) {
    let digit = 0;
    for (let bit = 3; bit >= 0; bit--) digit = digit * 2 + (frequencies[nibble * 4 + bit] > threshold ? 1 : 0);
    hex += digit.toString(16);
  }
  return hex;
}
