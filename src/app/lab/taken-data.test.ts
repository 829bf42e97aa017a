import { expect, it } from 'vitest';
import { COLOR_BYTES, LUMINANCE_BYTES } from '../../lab/faces';
import type { TakenFace } from './camera-faces';
import { withHolds, withTaken } from './taken-data';

const taken = (label: string, hold: number): TakenFace => ({
  ...{ label, hold, person: 'Anna', concerned: false },
  luminance: new Uint8Array(LUMINANCE_BYTES).fill(hold + 1),
  colors: new Uint8Array(COLOR_BYTES).fill(hold + 1),
});

it('adds faces of the camera to a data set, or makes one of them', () => {
  const own = withTaken(null, [taken('happy', 0), taken('sad', 1)], 'Camera');
  expect(own).toMatchObject({ name: 'Camera', faces: [{ category: 'happy', person: 'Anna', columns: { hold: '1' } }, { category: 'sad' }] });
  expect(own.pixels.colors).toHaveLength(2 * COLOR_BYTES);
  const more = withTaken({ ...own, bursts: [0, 1] }, [taken('angry', 2)], 'Camera');
  expect(more.faces.map(({ category }) => category)).toEqual(['happy', 'sad', 'angry']);
  expect(more.pixels.luminance[2 * LUMINANCE_BYTES]).toBe(3);
  const grey = withTaken({ ...own, pixels: { ...own.pixels, colors: null }, bursts: [0, 1] }, [taken('angry', 2)], 'Camera');
  expect(grey.pixels.colors).toBeNull();
});

it('takes the faces of one hold for near-duplicates, and theirs too', () => {
  // Face 4 is a near-duplicate of face 0, and of the same hold as face 3.
  expect(withHolds([0, 1, 2, 3, 0], [taken('a', 0), taken('a', 1), taken('a', 1)], 2)).toEqual([0, 1, 2, 0, 0]);
});
