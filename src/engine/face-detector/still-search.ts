import type { FaceDetection } from '../types';
import type { Looks } from './frame-looks';
import { pictureTurn, type Look } from './look';
import { isSameFace, mergeBySupport, mergeDetections, trusted } from './merge-detections';
import { isCutByTile, tileLooks, turnedLooks, wholeLooks } from './search-lattice';
import { confirm, findAgain, type ConfirmedFace } from './second-look';

/**
 * Minimum scores (0–1) of detections. A whole picture is a few chances to be wrong, its tiles are hundreds: in six real group
 * photos 960 px wide (22 faces) tiles from 0.65 gave three false boxes, from 0.75 one, both all 22 faces; of 96 pasted faces
 * of 20–60 px they found 81 and 75.
 */
const MIN_SCORE = { whole: 0.65, tile: 0.75 } as const;

/**
 * Minimum width, as a share of the picture's longer side, of faces reported after the first look: the short range is made for these.
 * It places smaller ones too roughly to read: of the five in the sample (about a ninth each), two got another result in the end.
 */
const GLANCE_SHARE = 0.2;

/** Yields the detector to other callers until `meanwhile` settles, and for at least one turn. */
export type Pause = (meanwhile?: Promise<unknown>) => Promise<void>;

export interface StillSearch {
  /** Awaited between two looks; a rejection ends the search. */
  readonly pause: Pause;
  /** Loads what the first look does not need. */
  readonly prepare?: () => Promise<void>;
  /** Faces of the previous frame, looked for at their places where nothing else finds them. */
  readonly known?: readonly ConfirmedFace[];
  /** Called with the large faces of the first look. */
  readonly onGlance?: ((faces: FaceDetection[]) => Promise<void>) | undefined;
}

/** Finds every face of a frame: both networks on the whole picture, then tiles for small faces, then second looks, then turned ones. */
export async function searchStill(looks: Looks, { pause, prepare, known = [], onGlance }: StillSearch): Promise<ConfirmedFace[]> {
  const { size } = looks;
  const [first, ...others] = wholeLooks(size);
  const onWhole = [...looks.take(first)];
  if (onGlance) {
    const isLarge = ({ box }: FaceDetection) => box.width >= GLANCE_SHARE * Math.max(size.width, size.height);
    await onGlance(confirm(trusted(onWhole, MIN_SCORE.whole).filter(isLarge), looks));
  }
  await pause();
  await prepare?.();
  for (const look of [...others, ...turnedLooks(size)]) {
    onWhole.push(...looks.take(look));
    await pause();
  }
  const finds = mergeDetections(trusted(onWhole, MIN_SCORE.whole));
  for (const look of tileLooks(size, finds)) {
    finds.push(...findsInTile(look, looks));
    await pause();
  }
  const upright = await confirmAll(finds, looks, pause);
  const confirmed = mergeBySupport([...upright, ...(await searchTurned(upright, looks, pause))]);
  const missed = known.filter(({ box }) => !confirmed.some((face) => isSameFace(face.box, box)));
  return mergeBySupport([...confirmed, ...missed.flatMap((face) => findAgain(face, looks) ?? [])]);
}

/**
 * Finds small faces that lie sideways or upside down. Their detections are confirmed apart from those of upright looks, which they
 * would displace where the two are averaged. If most faces have the same turn, the picture itself has it: tiles are then turned too.
 */
async function searchTurned(known: readonly ConfirmedFace[], looks: Looks, pause: Pause): Promise<ConfirmedFace[]> {
  const finds: FaceDetection[] = [];
  for (const look of turnedLooks(looks.size, 'full')) {
    finds.push(...findsInWhole(look, looks));
    await pause();
  }
  const confirmed = await confirmAll(finds, looks, pause);
  const faces = mergeBySupport([...known, ...confirmed]);
  const turn = pictureTurn(faces);
  if (turn === 0) return confirmed;
  const inTiles: FaceDetection[] = [];
  for (const look of tileLooks(looks.size, faces, turn)) {
    inTiles.push(...findsInTile(look, looks));
    await pause();
  }
  return [...confirmed, ...(await confirmAll(inTiles, looks, pause))];
}

/** Faces that a tile shows completely and clearly. */
export function findsInTile(look: Look, looks: Looks): FaceDetection[] {
  return looks.take(look).filter(({ box, score }) => score >= MIN_SCORE.tile && !isCutByTile(box, look.region, looks.size));
}

/** Faces that score high enough in the whole picture alone. */
export function findsInWhole(look: Look, looks: Looks): FaceDetection[] {
  return looks.take(look).filter(({ score }) => score >= MIN_SCORE.whole);
}

/** Confirms faces one by one, with pauses between. */
async function confirmAll(finds: readonly FaceDetection[], looks: Looks, pause: Pause): Promise<ConfirmedFace[]> {
  const confirmed: ConfirmedFace[] = [];
  for (const find of mergeDetections(finds)) {
    confirmed.push(...confirm([find], looks));
    await pause();
  }
  return mergeBySupport(confirmed);
}
