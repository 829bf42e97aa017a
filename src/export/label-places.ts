import { intersection, area, pixelRect, type PixelRect, type Size } from '../engine/geometry';

export interface LabelledBox {
  /** Face box in canvas pixels. */
  readonly box: PixelRect;
  /** Size of its label. */
  readonly label: Size;
}

export interface LabelRoom {
  /** Area for labels: the picture on the canvas. */
  readonly bounds: PixelRect;
  /** Distance between a box and its label. */
  readonly gap: number;
}

/** Cost per covered pixel: of another label, and of the box and head (which includes the box) of the label's own or another face. */
const COVERED = { label: 4, own: { box: 1, head: 0.25 }, other: { box: 2, head: 0.5 } };
/**
 * Extent of a head beyond the detector's box: above it in box heights, on either side in box widths. The box ends at the chin but cuts off
 * at the brows: for five drawn people, crown and hair reach 0.42–0.57 above it, ears and hair 0.08–0.2 beside it.
 */
const HEAD = { above: 0.5, beside: 0.15 };
/** Cost per label pixel and rank in the list of preferences, so that labels move only for a reason. */
const LESS_PREFERRED = 0.005;

/**
 * Places each label next to its face so that it covers no face, forehead, hair or other label where there is room: below the chin, else above
 * the head, else beside it, else on the forehead, else in a corner of the box. Deterministic; labels stay within the bounds.
 *
 * @returns the labels' rectangles, in the order of the boxes.
 */
export function placeLabels(boxes: readonly LabelledBox[], room: LabelRoom): PixelRect[] {
  const order = boxes.map((_, index) => index);
  const forwards = placeInOrder(boxes, room, order);
  if (forwards.covered === 0) return forwards.places;
  // Labels at an edge have fewer options, so placing them first may cover less.
  const backwards = placeInOrder(boxes, room, order.toReversed());
  return (backwards.covered < forwards.covered ? backwards : forwards).places;
}

/** Places labels greedily in the given order; `covered` is their total cost without the rank penalty. */
function placeInOrder(boxes: readonly LabelledBox[], room: LabelRoom, order: readonly number[]): { readonly places: PixelRect[]; readonly covered: number } {
  const places = boxes.map(({ label }) => pixelRect(room.bounds.x, room.bounds.y, label.width, label.height));
  const placed: PixelRect[] = [];
  let covered = 0;
  for (const index of order) {
    const labelled = boxes[index];
    if (!labelled) continue;
    const costs = candidatesOf(labelled, room).map((place, rank) => {
      const own = coverage(place, index, boxes, placed);
      return { place, own, cost: own + rank * LESS_PREFERRED * area(place) };
    });
    const best = costs.reduce((least, next) => (next.cost < least.cost ? next : least));
    covered += best.own;
    placed.push(best.place);
    places[index] = best.place;
  }
  return { places, covered };
}

/** Candidate places, preferred ones first, clamped to the bounds. */
function candidatesOf({ box, label }: LabelledBox, { bounds, gap }: LabelRoom): PixelRect[] {
  const head = headOf(box);
  const line = label.height + gap;
  const below = box.y + box.height + gap;
  const lowest = box.y + box.height - label.height;
  const [overHead, overBox] = [head.y - line, box.y - line];
  const right = box.x + box.width - label.width;
  const middle = (box.x + right) / 2;
  const [before, after] = [head.x - label.width - gap, head.x + head.width + gap];
  const corners: readonly (readonly [x: number, y: number])[] = [
    [box.x, below],
    [right, below],
    [middle, below],
    // Where the head fills the picture up to its edge, the edge covers as much of it, farther from the box.
    [box.x, overBox],
    [right, overBox],
    [box.x, overHead],
    [right, overHead],
    [middle, overHead],
    [after, box.y],
    [before, box.y],
    [after, lowest],
    [before, lowest],
    [box.x, below + line],
    [right, below + line],
    [box.x, overHead - line],
    [box.x + gap, box.y + gap],
    [box.x + gap, lowest - gap],
  ];
  return corners.map(([x, y]) =>
    pixelRect(clamp(x, bounds.x, bounds.x + bounds.width - label.width), clamp(y, bounds.y, bounds.y + bounds.height - label.height), label.width, label.height),
  );
}

/** `lowest` wins if the range is empty. */
function clamp(value: number, lowest: number, highest: number): number {
  return Math.max(lowest, Math.min(highest, value));
}

function coverage(place: PixelRect, index: number, boxes: readonly LabelledBox[], placed: readonly PixelRect[]): number {
  let sum = 0;
  for (const label of placed) sum += COVERED.label * area(intersection(place, label));
  for (const [at, { box }] of boxes.entries()) {
    const cost = at === index ? COVERED.own : COVERED.other;
    sum += cost.box * area(intersection(place, box)) + cost.head * area(intersection(place, headOf(box)));
  }
  return sum;
}

/** Extends a face box to the head: forehead, hair and ears, down to the chin. */
function headOf({ x, y, width, height }: PixelRect): PixelRect {
  return pixelRect(x - HEAD.beside * width, y - HEAD.above * height, width * (1 + 2 * HEAD.beside), height * (1 + HEAD.above));
}
