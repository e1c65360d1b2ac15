const round = Math.fround;

/** The longest side PDQ looks at; a picture with a longer side is sampled at 512x512. */
const longestSide = 512;

/** Which rows and columns of a picture PDQ looks at: all of them, or the nearest to a 512x512 grid, as the reference samples. */
export interface Sampling {
  readonly columns: Uint32Array;
  readonly rows: Uint32Array;
}

export function sampling(width: number, height: number): Sampling {
  const large = width > longestSide || height > longestSide;
  const positions = (side: number) => {
    const count = large ? longestSide : side;
    return Uint32Array.from({ length: count }, (_, i) => Math.floor((i * side) / count));
  };
  return { columns: positions(width), rows: positions(height) };
}

// Brightness as the reference computes it: the weights are float32, and so is every step of the sum.
const red = weights(0.299);
const green = weights(0.587);
const blue = weights(0.114);

function weights(weight: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, value) => round(weight) * value);
}

/** Writes the brightness of the sampled columns of one row of RGBA pixels. */
export function lumaOfRow(rgba: Uint8ClampedArray | Uint8Array, offset: number, columns: Uint32Array, luma: Float32Array, at: number): void {
  for (let i = 0; i < columns.length; i++) {
    const pixel = offset + columns[i] * 4;
    luma[at + i] = round(red[rgba[pixel]] + green[rgba[pixel + 1]]) + blue[rgba[pixel + 2]];
  }
}
