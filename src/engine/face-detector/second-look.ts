import { center, insideShare, pixelRect, type PixelRect } from '../geometry';
import type { FaceDetection } from '../types';
import type { Looks } from './frame-looks';
import { TURNS, type Look, type Turn } from './look';
import { averageDetections, mergeBySupport } from './merge-detections';
import { looksAt, wholeLooks } from './search-lattice';

/** A face that was looked at again; its score (0–1) is that in its own region. */
export interface ConfirmedFace extends FaceDetection {
  /** In which it is upright, to the nearest quarter. */
  readonly turn: Turn;
  /** Sum of the scores of all looks that show it: of two boxes of one face, the one that more looks agree on is right. */
  readonly support: number;
}

/** How far from the first find, in its sides, the centre of a face may be found again, and by which factor its size may differ. */
const SAME_PLACE = 0.4;
const SAME_SIZE = 1.4;
/** The region that confirms a face is this many times as wide as it. */
const NEAR_SIDES = 2.2;
/** The region in which a face is looked for that is not where it was expected, and how far from there it may be, in its sides. */
const AROUND = { sides: 4, reach: 1.2 } as const;
/** From this score on, and turned by no more than so many degrees, a face is not tried in other orientations. */
const CLEARLY_UPRIGHT = { score: 0.8, rollDeg: 40 } as const;
/** The region without a face's surroundings is this many times as wide as it. */
const TIGHT_SIDES = 1.5;
/** What scores less in its own region is no face. */
const LEAST_SCORE = 0.55;
/** Least score of a face that is not upright, more than of one that is: four orientations are four chances to be wrong. */
const LEAST_TURNED_SCORE = 0.78;
/** A face of which less than this lies in the frame is not seen better in its own region, half of which is black. */
const CUT_SHARE = 0.75;
/** Each round looks where the last one found the face, until the regions to look in stay the same: mostly at the second. */
const MOST_ROUNDS = 5;

/**
 * Looks at each find again, in its own region and in all that show it well, and keeps what is confirmed, one detection for each
 * face. The result depends on the frame and on the places of the finds, not on how they were found.
 */
export function confirm(finds: readonly FaceDetection[], looks: Looks): ConfirmedFace[] {
  return mergeBySupport(finds.flatMap((find) => lookAgain(find, looks) ?? [])).map((face) => withTightScore(face, looks));
}

/** Where `confirm` will most likely place these finds, if it confirms them. */
export function guess(finds: readonly FaceDetection[], looks: Looks): ConfirmedFace[] {
  return finds.map((find) => place(find, looks, 0));
}

/**
 * The faces of guesses that can be reported before they are confirmed: clear and upright ones as they are, since their own region hardly ever
 * shows otherwise; the others are confirmed here.
 *
 * @param guessed from `guess`, for the same finds.
 */
export function assure(finds: readonly FaceDetection[], guessed: readonly ConfirmedFace[], looks: Looks): ConfirmedFace[] {
  const faces = finds.flatMap((find, i) => (isClear(find, 0) ? guessed[i] : lookAgain(find, looks)) ?? []);
  return mergeBySupport(faces).map((face) => withTightScore(face, looks));
}

/** A face stays one without its surroundings; what only looks like one from afar, as a moon, a ball or a badge, mostly does not. */
function withTightScore(face: ConfirmedFace, looks: Looks): ConfirmedFace {
  if (isCut(face.box, looks)) return face;
  return { ...face, tightScore: lookNear(face.box, looks, face.turn, TIGHT_SIDES)?.score ?? 0 };
}

/**
 * The face at the place of a find in the same frame, in the orientation in which its own region shows it best; null where nothing
 * confirms it. A find that the frame cuts is taken as it is.
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

/** A face of an earlier frame where it is now; null where this frame does not show it. */
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

/** Whether the frame's edge cuts so much off that a face is not seen better in its own region. */
export function isCut(box: PixelRect, { size }: Looks): boolean {
  return insideShare(box, size) < CUT_SHARE;
}

/** The face of a box in its own region. */
export function lookNear(box: PixelRect, looks: Looks, turn: Turn, sides = NEAR_SIDES): FaceDetection | null {
  return nearest(box, looks.take({ range: 'short', region: nearRegion(box, sides), turn }));
}

/** A face that moved out of its own region since the last frame, as fast movement at a low frame rate has it. */
export function lookAround(box: PixelRect, looks: Looks, turn: Turn): FaceDetection | null {
  const around = nearest(box, looks.take({ range: 'short', region: nearRegion(box, AROUND.sides), turn }), AROUND.reach);
  return around && lookNear(around.box, looks, turn);
}

/** The square about a box in which its face is confirmed. */
export function nearRegion(box: PixelRect, sides = NEAR_SIDES): PixelRect {
  const side = sides * Math.max(box.width, box.height);
  const { x, y } = center(box);
  return pixelRect(x - side / 2, y - side / 2, side, side);
}

function isClear(face: FaceDetection, turn: Turn): boolean {
  return face.score >= CLEARLY_UPRIGHT.score && rollWithin(face, turn) <= CLEARLY_UPRIGHT.rollDeg;
}

/** By how many degrees a head is turned away from the orientation that it was found in, 0–180. */
function rollWithin({ keypoints: { rightEye, leftEye } }: FaceDetection, turn: Turn): number {
  const roll = (Math.atan2(leftEye.y - rightEye.y, leftEye.x - rightEye.x) * 180) / Math.PI - turn;
  return Math.abs(((roll + 540) % 360) - 180);
}

/**
 * The detection of the face at this place in one look, if there is one.
 *
 * @param reach How far its centre may be from there, in its sides.
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
 * Where the regions of the search that show the face well place it, in the mean; where none does, its own region. Small regions are
 * enlarged: boxes come in whole pixels of what a network is given.
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
