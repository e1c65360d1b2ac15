const round = Math.fround;
const passes = 2;

/** PDQ's blur: two passes of a box filter along the rows, then the columns, in place. The boxes are 1/128 of a side. */
export function blur(luma: Float32Array, width: number, height: number): void {
  const scratch = new Float32Array(luma.length);
  const alongRows = boxSize(width);
  const alongColumns = boxSize(height);
  for (let pass = 0; pass < passes; pass++) {
    for (let y = 0; y < height; y++) box(luma, scratch, y * width, width, 1, alongRows);
    for (let x = 0; x < width; x++) box(scratch, luma, x, height, width, alongColumns);
  }
}

const boxSize = (side: number) => Math.floor((side + 127) / 128);

/**
 * The running mean of one row or column. The box is cut off at both ends. It must add before it subtracts,
 * rounding each time: the reference's rounding errors are part of the hash.
 */
function box(input: Float32Array, output: Float32Array, start: number, length: number, stride: number, size: number): void {
  const ahead = Math.floor((size + 2) / 2) - 1;
  let sum = 0;
  let held = 0;
  let read = start;
  let drop = start;
  let write = start;

  for (let i = 0; i < ahead; i++, read += stride, held++) sum = round(sum + input[read]);
  for (let i = ahead; i < size; i++, read += stride, write += stride) {
    sum = round(sum + input[read]);
    held++;
    output[write] = sum / held;
  }
  for (let i = size; i < length; i++, read += stride, drop += stride, write += stride) {
    sum = round(round(sum + input[read]) - input[drop]);
    output[write] = sum / held;
  }
  for (let i = 0; i < ahead; i++, drop += stride, write += stride) {
    sum = round(sum - input[drop]);
    held--;
    output[write] = sum / held;
  }
}
