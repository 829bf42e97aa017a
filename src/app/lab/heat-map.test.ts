import { expect, it } from 'vitest';
import { heatPixels } from './heat-map';

const colors = { for: [200, 0, 0], against: [0, 0, 200] } as const;

it('draws supporting and opposing evidence in two colours, with interpolated opacity', () => {
  const pixels = heatPixels([1, -0.5, 0, 0], 2, 4, colors);
  expect([...pixels.subarray(0, 4)]).toEqual([200, 0, 0, 255]);
  expect([...pixels.subarray(3 * 4, 4 * 4)]).toEqual([0, 0, 200, 128]);
  expect(pixels[(3 * 4 + 3) * 4 + 3]).toBe(0);
  expect(pixels[4 + 3]).toBe(Math.round(255 * (0.75 * 1 + 0.25 * -0.5)));
});

it('draws nothing without evidence', () => {
  expect(heatPixels([0, 0, 0, 0], 2, 2, colors).every((value, i) => i % 4 < 3 || value === 0)).toBe(true);
});
