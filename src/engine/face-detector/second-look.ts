import { center, insideShare, pixelRect, type PixelRect } from '../geometry';
import type { FaceDetection } from '../types';
import type { Looks } from './frame-looks';
import { TURNS, type Look, type Turn } from './look';
import { averageDetections, mergeBySupport } from './merge-detections';
import { looksAt, wholeLooks } from './search-lattice';

/** A face after a second look; its score (0–1) is that in its own region. */
export interface ConfirmedFace extends FaceDetection {
  /** Turn in which it is upright, to the nearest quarter. */
  readonly turn: Turn;
  /** Sum of the scores of all looks that show it: of two boxes of one face, the one with more agreement is right. */
  readonly support: number;
}

/** Tolerance for finding a face again: distance of the centres in sides of the first box, and ratio of the sizes. */
const SAME_PLACE = 0.4;
const SAME_SIZE = 1.4;
/** Width of the region that confirms a face, in face sides. */
const NEAR_SIDES = 2.2;
/** Width of the region in which to look for a face that is not where expected, and the maximum distance from there, in face sides. */
const AROUND = { sides: 4, reach: 1.2 } as const;
/** Minimum score and maximum roll of a face for which no other orientations are tried. */
const CLEARLY_UPRIGHT = { score: 0.8, rollDeg: 40 } as const;
/** Width of the region without a face's surroundings, in face sides. */
const TIGHT_SIDES = 1.5;
/** Minimum score of a face in its own region. */
const LEAST_SCORE = 0.55;
/** Minimum score of a face that is not upright, higher than of an upright one: four orientations are four chances to be wrong. */
const LEAST_TURNED_SCORE = 0.78;
/** Visible share below which a face's own region does not show it better: half of that region is black. */
const CUT_SHARE = 0.75;
/** Maximum rounds. Each looks where the last one found the face, until the regions stay the same: mostly at the second. */
const MOST_ROUNDS = 5;

/**
 * Looks at each detection again, in its own region and in all that show it well, and keeps the confirmed ones, one per face. The
 * result depends on the frame and on the places of the detections, not on how they were found.
 */
export function confirm(finds: readonly FaceDetection[], looks: Looks): ConfirmedFace[] {
  return mergeBySupport(finds.flatMap((find) => lookAgain(find, looks) ?? [])).map((face) => withTightScore(face, looks));
}

/** A real face is detected without its surroundings too; a lookalike (a moon, a ball, a badge) mostly is not. */
function withTightScore(face: ConfirmedFace, looks: Looks): ConfirmedFace {
  if (isCut(face.box, looks)) return face;
  return { ...face, tightScore: lookNear(face.box, looks, face.turn, TIGHT_SIDES)?.score ?? 0 };
}

/**
 * Finds the face of a detection in the same frame again, in the orientation in which its own region shows it best; null if
 * nothing confirms it. A face that the frame cuts is kept as detected.
 */
export function lookAgain(find: FaceDetection, looks: Looks, known: Turn = 0): ConfirmedFace | null {
  const first = lookNear(find.box, looks, known);
  const turns = first !== null && isClear(first, known) ? [known] : TURNS;
  const seen = turns.flatMap((turn) => {
    const near = turn === known ? first : lookNear(find.box, looks, turn);
    return near && near.score >= (turn === 0 ? LEAST_SCORE : LEAST_TURNED_SCORE) ? [{ near, turn }] : [];
  });
  const best = seen.sort((a, b) => b.near.score - a.near.score)[0];
  const { tightScore } = find;
  if (best) return { ...place(best.near, looks, best.turn), ...(tightScore !== undefined && { tightScore }) };
  return isCut(find.box, looks) ? { ...find, turn: known, support: find.score } : null;
}

/** Finds a face of an earlier frame in this one; null if this frame does not show it. */
export function findAgain(face: ConfirmedFace, looks: Looks): ConfirmedFace | null {
  const { box, turn, tightScore } = face;
  if (!isCut(box, looks)) return lookAgain(face, looks, turn);
  const known = tightScore !== undefined && { tightScore };
  const near = lookNear(box, looks, turn);
  if (near && near.score >= LEAST_SCORE) return { ...place(near, looks, turn), ...known };
  for (const look of [...looksAt(box, looks.size, turn), ...wholeLooks(looks.size)]) {
    const hit = nearest(box, looks.take(look));
    if (hit && hit.score >= LEAST_SCORE) return { ...hit, turn, support: hit.score, ...known };
  }
  return null;
}

/** Whether the frame cuts off so much that the face's own region does not show it better. */
export function isCut(box: PixelRect, { size }: Looks): boolean {
  return insideShare(box, size) < CUT_SHARE;
}

/** Detects the face of a box in its own region. */
export function lookNear(box: PixelRect, looks: Looks, turn: Turn, sides = NEAR_SIDES): FaceDetection | null {
  return nearest(box, looks.take({ range: 'short', region: nearRegion(box, sides), turn }));
}

/** Finds a face that left its own region since the last frame, e.g. fast movement at a low frame rate. */
export function lookAround(box: PixelRect, looks: Looks, turn: Turn): FaceDetection | null {
  const around = nearest(box, looks.take({ range: 'short', region: nearRegion(box, AROUND.sides), turn }), AROUND.reach);
  return around && lookNear(around.box, looks, turn);
}

/** Square around a box in which its face is confirmed. */
export function nearRegion(box: PixelRect, sides = NEAR_SIDES): PixelRect {
  const side = sides * Math.max(box.width, box.height);
  const { x, y } = center(box);
  return pixelRect(x - side / 2, y - side / 2, side, side);
}

function isClear(face: FaceDetection, turn: Turn): boolean {
  return face.score >= CLEARLY_UPRIGHT.score && rollWithin(face, turn) <= CLEARLY_UPRIGHT.rollDeg;
}

/** Degrees by which a head is turned away from the orientation that it was found in, 0–180. */
function rollWithin({ keypoints: { rightEye, leftEye } }: FaceDetection, turn: Turn): number {
  const roll = (Math.atan2(leftEye.y - rightEye.y, leftEye.x - rightEye.x) * 180) / Math.PI - turn;
  return Math.abs(((roll + 540) % 360) - 180);
}

/**
 * Detection of the face at this place in one look; null if none.
 *
 * @param reach maximum distance of its centre from there, in its sides.
 */
export function nearest(box: PixelRect, found: readonly FaceDetection[], reach = SAME_PLACE): FaceDetection | null {
  const at = center(box);
  const side = Math.max(box.width, box.height);
  let best: FaceDetection | null = null;
  for (const face of found) {
    const place = center(face.box);
    const ratio = Math.max(face.box.width, face.box.height) / side;
    const isThere = Math.hypot(place.x - at.x, place.y - at.y) <= reach * side && ratio <= SAME_SIZE && ratio >= 1 / SAME_SIZE;
    if (isThere && (!best || face.score > best.score)) best = face;
  }
  return best;
}

/**
 * Mean place of the face in the search regions that show it well; in its own region if none does. Small regions are enlarged:
 * boxes come in whole pixels of the network's input picture.
 */
function place(near: FaceDetection, looks: Looks, turn: Turn): ConfirmedFace {
  const { score } = near;
  let { box } = near;
  let face: ConfirmedFace = { ...near, turn, support: score };
  let before = '';
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const regions = looksAt(box, looks.size, turn);
    const set = regions.map(placeOf).join();
    if (set === before) break;
    before = set;
    const found = regions.flatMap((look) => nearest(box, looks.take({ ...look, enlarged: true })) ?? []);
    if (found.length === 0) break;
    const support = found.reduce((sum, hit) => sum + hit.score, score);
    face = { ...averageDetections(found, score), turn, support };
    box = face.box;
  }
  return face;
}

function placeOf({ region: { x, y, width } }: Look): string {
  return `${x} ${y} ${width}`;
}
