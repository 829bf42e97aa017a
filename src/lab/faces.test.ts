import { expect, it } from 'vitest';
import { COLOR_BYTES, COLOR_SIDE, countFaces, FACE_SIDE, LUMINANCE_BYTES, modelInput, type FaceBatch } from './faces';

/** Two faces: a horizontal gradient and a vertical one. */
const luminance = Uint8Array.from({ length: 2 * LUMINANCE_BYTES }, (_, i) => (i < LUMINANCE_BYTES ? 5 * (i % FACE_SIDE) : 5 * Math.floor((i - LUMINANCE_BYTES) / FACE_SIDE)));
const grey: FaceBatch = { luminance, colors: null };
const colored: FaceBatch = { luminance: luminance.slice(0, LUMINANCE_BYTES), colors: Uint8Array.from({ length: COLOR_BYTES }, (_, i) => [200, 100, 50][i % 3] ?? 0) };

it('gives a 48×48 grayscale model the app’s own crops', () => {
  const input = modelInput(grey, { side: 48, channels: 1 });
  expect(countFaces(grey)).toBe(2);
  expect(Array.from(input)).toEqual(Array.from(luminance, (byte) => Math.fround(byte / 255)));
  expect(modelInput(colored, { side: 48, channels: 1 })).toEqual(input.slice(0, LUMINANCE_BYTES));
});

it('averages whole blocks when shrinking a face', () => {
  const input = modelInput(grey, { side: 24, channels: 1 });
  expect(input).toHaveLength(2 * 24 * 24);
  expect(input[0]).toBeCloseTo((0 + 5) / 2 / 255, 6);
  expect(input[23]).toBeCloseTo((46 * 5 + 47 * 5) / 2 / 255, 6);
  expect(input[24 * 24 + 24]).toBeCloseTo((10 + 15) / 2 / 255, 6);
});

it('interpolates when enlarging, and clamps at the edges', () => {
  const input = modelInput(grey, { side: 96, channels: 1 });
  expect(input[0]).toBeCloseTo(0, 6);
  expect(input[1]).toBeCloseTo((0.25 * 5) / 255, 6);
  expect(input[95]).toBeCloseTo((47 * 5) / 255, 6);
});

it('keeps colours for a colour model, and repeats luminance if there are none', () => {
  const colors = modelInput(colored, { side: 32, channels: 3 });
  expect(Array.from(colors.slice(0, 3), (value) => Math.round(value * 255))).toEqual([200, 100, 50]);
  expect(modelInput(colored, { side: COLOR_SIDE, channels: 1 })[0]).toBeCloseTo((0.299 * 200 + 0.587 * 100 + 0.114 * 50) / 255, 5);
  const repeated = modelInput(grey, { side: 48, channels: 3 });
  expect(Array.from(repeated.slice(3, 6))).toEqual(Array.from({ length: 3 }, () => Math.fround(5 / 255)));
});
