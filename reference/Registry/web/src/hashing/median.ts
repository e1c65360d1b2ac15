const round = Math.fround;

/**
 * The lower median, found as the reference finds it: by halving the range of values until the guess splits them evenly.
 * The guess itself can be the answer, so this is not the same as sorting when values are equal.
 */
export function median(values: Float32Array): number {
  const half = Math.floor((values.length + 1) / 2);
  let low = values.reduce((a, b) => Math.min(a, b));
  let high = values.reduce((a, b) => Math.max(a, b));
  for (;;) {
    const guess = round(round(low + high) / 2);
    let less = 0;
    let greater = 0;
    let below = low;
    let above = high;
    for (const value of values) {
      if (value < guess) {
        less++;
        below = Math.max(below, value);
      } else if (value > guess) {
        greater++;
        above = Math.min(above, value);
      }
    }
    if (less <= half && greater <= half) {
      if (less >= half) return below;
      return values.length - greater >= half ? guess : above;
    }
    if (less > greater) high = below;
    else low = above;
  }
}
