import { intersection, area, pixelRect, type PixelRect, type Size } from '../engine/geometry';

export interface LabelledBox {
  /** Of the face, canvas pixels. */
  readonly box: PixelRect;
  /** Of its label. */
  readonly label: Size;
}

export interface LabelRoom {
  /** Where labels may stand: the picture on the canvas. */
  readonly bounds: PixelRect;
  /** Between a box and its label. */
  readonly gap: number;
}

/** Cost of covering a pixel of another label, of the label's own face and of another face. */
const COVERED = { label: 4, own: 1, other: 2 };
/** What a place costs for being farther down the list of preferences, per pixel of the label: places change only for a reason. */
const LESS_PREFERRED = 0.02;

/**
 * Places every label beside its face so that it covers no face and no other label, as far as there is room: above the
 * box, else below it, else beside it, else in its corner. Deterministic; labels stay within the bounds.
 *
 * @returns the labels' rectangles, in the order of the boxes.
 */
export function placeLabels(boxes: readonly LabelledBox[], room: LabelRoom): PixelRect[] {
  const places: PixelRect[] = [];
  for (const [index, labelled] of boxes.entries()) {
    const candidates = candidatesOf(labelled, room);
    const costs = candidates.map((place, rank) => cost(place, rank, index, boxes, places));
    const best = candidates[costs.indexOf(Math.min(...costs))];
    places.push(best ?? pixelRect(room.bounds.x, room.bounds.y, labelled.label.width, labelled.label.height));
  }
  return places;
}

/** The preferred ones first, each moved into the bounds. */
function candidatesOf({ box, label }: LabelledBox, { bounds, gap }: LabelRoom): PixelRect[] {
  const above = box.y - label.height - gap;
  const below = box.y + box.height + gap;
  const right = box.x + box.width - label.width;
  const corners: readonly (readonly [x: number, y: number])[] = [
    [box.x, above],
    [right, above],
    [box.x, below],
    [right, below],
    [box.x + box.width + gap, box.y],
    [box.x - label.width - gap, box.y],
    [box.x + box.width + gap, box.y + box.height - label.height],
    [box.x - label.width - gap, box.y + box.height - label.height],
    [box.x, above - label.height - gap],
    [box.x, below + label.height + gap],
    [box.x + gap, box.y + gap],
    [box.x + gap, box.y + box.height - label.height - gap],
  ];
  return corners.map(([x, y]) =>
    pixelRect(clamp(x, bounds.x, bounds.x + bounds.width - label.width), clamp(y, bounds.y, bounds.y + bounds.height - label.height), label.width, label.height),
  );
}

/** The lower end where there is no room between both. */
function clamp(value: number, lowest: number, highest: number): number {
  return Math.max(lowest, Math.min(highest, value));
}

function cost(place: PixelRect, rank: number, index: number, boxes: readonly LabelledBox[], placed: readonly PixelRect[]): number {
  let sum = rank * LESS_PREFERRED * area(place);
  for (const label of placed) sum += COVERED.label * area(intersection(place, label));
  for (const [at, { box }] of boxes.entries()) sum += (at === index ? COVERED.own : COVERED.other) * area(intersection(place, box));
  return sum;
}
