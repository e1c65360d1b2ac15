import { expect, test } from 'vitest';
import { frameTimes, mostFrames } from '../src/hashing/frames';

test('one frame a second from the start', () => {
  expect(frameTimes(0.4)).toEqual([0]);
  expect(frameTimes(3)).toEqual([0, 1, 2]);
  expect(frameTimes(3.2)).toEqual([0, 1, 2, 3]);
  expect(frameTimes(mostFrames)).toHaveLength(mostFrames);
});

test('of a longer video, frames spread evenly over all of it', () => {
  const times = frameTimes(2 * mostFrames);
  expect(times).toHaveLength(mostFrames);
  expect(times.slice(0, 3)).toEqual([0, 2, 4]);
  expect(times.at(-1)).toBe(2 * mostFrames - 2);
});

test('a length that makes no sense gives one frame', () => {
  for (const length of [0, -1, Number.NaN]) expect(frameTimes(length)).toEqual([0]);
});
