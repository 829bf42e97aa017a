import { describe, expect, it } from 'vitest';
import { area, intersection, pixelRect } from '../engine/geometry';
import { placeLabels, type LabelledBox } from './label-places';

const ROOM = { bounds: pixelRect(0, 0, 640, 480), gap: 4 };
const LABEL = { width: 100, height: 24 };
const face = (x: number, y: number, side = 80): LabelledBox => ({ box: pixelRect(x, y, side, side), label: LABEL });

function expectFree(boxes: readonly LabelledBox[], room = ROOM): void {
  const places = placeLabels(boxes, room);
  for (const [i, place] of places.entries()) {
    expect(area(intersection(place, room.bounds))).toBeCloseTo(area(place));
    for (const { box } of boxes) expect(area(intersection(place, box))).toBe(0);
    for (const other of places.slice(i + 1)) expect(area(intersection(place, other))).toBe(0);
  }
}

describe('placeLabels', () => {
  it('puts a label below the chin, and above the hair where there is no room below', () => {
    expect(placeLabels([face(100, 100), face(300, 390)], ROOM)).toEqual([pixelRect(100, 184, 100, 24), pixelRect(300, 322, 100, 24)]);
  });

  it('puts the label of a close face beside its hair if there is no room at chin and hair', () => {
    const wide = { bounds: pixelRect(0, 0, 900, 480), gap: 4 };
    expect(placeLabels([face(200, 150, 320)], wide)).toEqual([pixelRect(572, 150, 100, 24)]);
  });

  it('stays at its box, above the brows, if the head fills the picture', () => {
    expect(placeLabels([{ box: pixelRect(20, 150, 280, 320), label: LABEL }], { bounds: pixelRect(0, 0, 320, 480), gap: 4 })).toEqual([pixelRect(20, 122, 100, 24)]);
  });

  it('prefers the picture’s edge to the forehead where it covers less of the head', () => {
    expect(placeLabels([{ box: pixelRect(20, 180, 280, 296), label: LABEL }], { bounds: pixelRect(0, 0, 320, 480), gap: 4 })).toEqual([pixelRect(20, 4, 100, 24)]);
  });

  it('covers no hair in a row of people behind another', () => {
    const boxes = [face(100, 100), face(140, 260), face(330, 100)];
    const [first] = placeLabels(boxes, ROOM);
    for (const { box } of boxes) expect(first && area(intersection(first, pixelRect(box.x, box.y - box.height / 2, box.width, box.height * 1.5)))).toBe(0);
  });

  it.each([
    ['side by side', [face(100, 100), face(185, 100), face(270, 100)]],
    ['one behind the other', [face(100, 130), face(110, 220)]],
    ['at the edges', [face(0, 0), face(560, 0), face(0, 400), face(560, 400)]],
    ['in two rows of a group', [face(100, 100, 60), face(190, 100, 60), face(280, 100, 60), face(145, 210, 60), face(235, 210, 60)]],
  ])('covers neither faces nor labels: %s', (_, boxes) => expectFree(boxes));

  it('covers no face or label in a group on a phone with the last person at the edge', () => {
    const at = (x: number, y: number, side: number, width: number): LabelledBox => ({ box: pixelRect(x, y, side, side), label: { width, height: 25 } });
    const group = [at(156, 59, 43, 112), at(284, 68, 44, 95), at(215, 96, 47, 105), at(29, 68, 43, 92), at(94, 99, 43, 74)];
    expectFree(group, { bounds: pixelRect(0, 0, 356, 200), gap: 4 });
  });

  it('stays within the picture if a face fills it', () => {
    const [place] = placeLabels([{ box: pixelRect(-10, -10, 660, 500), label: LABEL }], ROOM);
    expect(place && area(intersection(place, ROOM.bounds))).toBe(LABEL.width * LABEL.height);
  });

  it('places a label wider than the picture at its edge', () => {
    expect(placeLabels([{ box: pixelRect(10, 50, 20, 20), label: { width: 900, height: 24 } }], ROOM)[0]?.x).toBe(0);
  });
});
