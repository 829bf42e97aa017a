import { expect, it } from 'vitest';
import { COLOR_BYTES, LUMINANCE_BYTES } from '../../lab/faces';
import type { TakenFace } from './camera-faces';
import { withHolds, withTaken } from './taken-data';

const taken = (label: string, hold: number): TakenFace => ({
  ...{ label, hold, person: 'Anna', concerned: false },
  luminance: new Uint8Array(LUMINANCE_BYTES).fill(hold + 1),
  colors: new Uint8Array(COLOR_BYTES).fill(hold + 1),
});

it('appends camera faces to a data set, or creates one from them', () => {
  const own = withTaken(null, [taken('happy', 0), taken('sad', 1)], 'Camera');
  expect(own).toMatchObject({ name: 'Camera', faces: [{ category: 'happy', person: 'Anna', columns: { hold: '1' } }, { category: 'sad' }] });
  expect(own.pixels.colors).toHaveLength(2 * COLOR_BYTES);
  const more = withTaken({ ...own, bursts: [0, 1] }, [taken('angry', 2)], 'Camera');
  expect(more.faces.map(({ category }) => category)).toEqual(['happy', 'sad', 'angry']);
  expect(more.pixels.luminance[2 * LUMINANCE_BYTES]).toBe(3);
  const grey = withTaken({ ...own, pixels: { ...own.pixels, colors: null }, bursts: [0, 1] }, [taken('angry', 2)], 'Camera');
  expect(grey.pixels.colors).toBeNull();
});

it('merges the faces of one hold, and their near-duplicates', () => {
  // Face 4 nearly duplicates face 0, and shares a hold with face 3.
  expect(withHolds([0, 1, 2, 3, 0], [taken('a', 0), taken('a', 1), taken('a', 1)], 2)).toEqual([0, 1, 2, 0, 0]);
});
