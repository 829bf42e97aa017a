import { overlap } from '../geometry';
import type { FaceDetection } from '../types';
import type { Looks } from './frame-looks';
import { pictureTurn, TURNS, type Look, type Turn } from './look';
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

/** Minimum overlap of a face with one seen in another turn, and by how much the clearer of the two scores higher. */
const SAME_OVERLAP = 0.3;
const CLEARER_BY = 0.05;

/** Yields the detector to other callers until `meanwhile` settles, and for at least one turn. */
export type Pause = (meanwhile?: Promise<unknown>) => Promise<void>;

export interface StillSearch {
  /** Awaited between two looks; a rejection ends the search. */
  readonly pause: Pause;
  /** Loads what the first look does not need. */
  readonly prepare?: () => Promise<void>;
  /** Faces of the previous frame, looked for at their places where nothing else finds them. */
  readonly known?: readonly ConfirmedFace[];
  /** Whether tiles are turned for small faces that lie otherwise than the picture, which doubles the looks. Default: true. */
  readonly turnsTiles?: boolean;
  /** Called with the large faces of the first look. */
  readonly onGlance?: ((faces: FaceDetection[]) => Promise<void>) | undefined;
}

/** Finds every face of a frame: both networks on the whole picture, then tiles for small faces, then second looks, then turned ones. */
export async function searchStill(looks: Looks, { pause, prepare, known = [], turnsTiles = true, onGlance }: StillSearch): Promise<ConfirmedFace[]> {
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
  const turned = await searchTurned(upright, looks, pause, turnsTiles);
  const right = upright.filter((face) => !turned.some((other) => isClearer(other, face)));
  const confirmed = mergeBySupport([...right, ...turned]);
  const missed = known.filter(({ box }) => !confirmed.some((face) => isSameFace(face.box, box)));
  return mergeBySupport([...confirmed, ...missed.flatMap((face) => findAgain(face, looks) ?? [])]);
}

/**
 * Finds more faces that lie sideways or upside down. Those of each turn are confirmed apart from the others, which would displace
 * them where both are averaged. If most faces have the same turn, the picture itself has it: the finest tiles are then turned too, which
 * are most of them.
 */
async function searchTurned(known: readonly ConfirmedFace[], looks: Looks, pause: Pause, inTiles: boolean): Promise<ConfirmedFace[]> {
  const { size } = looks;
  const confirmNew = async (finds: readonly FaceDetection[], faces: readonly ConfirmedFace[], turn: Turn) => {
    const isNew = (found: FaceDetection) => !faces.some((face) => isSameFace(face.box, found.box) && !isClearer(found, face));
    const confirmed = await confirmAll(finds.filter(isNew), looks, pause, turn);
    // Upright looks show what is upright: this may be an upside-down face, or a part of a known one.
    return confirmed.filter((face) => face.turn !== 0 && isNew(face));
  };
  const inWhole: ConfirmedFace[] = [];
  for (const turn of TURNS.slice(1)) {
    const seen = (['short', 'full'] as const).flatMap((range) => turnedLooks(size, range)).filter((look) => look.turn === turn);
    const finds = seen.flatMap((look) => [...looks.take(look)]);
    await pause();
    inWhole.push(...(await confirmNew(trusted(finds, MIN_SCORE.whole), known, turn)));
  }
  const faces = mergeBySupport([...known, ...inWhole]);
  const ofPicture = pictureTurn(faces);
  const found = [...inWhole];
  for (const turn of TURNS.slice(1)) {
    if (turn !== ofPicture && !inTiles) continue;
    const finds: FaceDetection[] = [];
    for (const look of tileLooks(size, faces, turn, turn === ofPicture ? 0 : 1)) {
      finds.push(...findsInTile(look, looks));
      await pause();
    }
    found.push(...(await confirmNew(finds, faces, turn)));
  }
  return found;
}

/** Whether a detection in another turn shows this face clearly better: an upside-down face can look like an upright one. */
function isClearer(found: FaceDetection, face: FaceDetection): boolean {
  return overlap(found.box, face.box) >= SAME_OVERLAP && found.score > face.score + CLEARER_BY;
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
async function confirmAll(finds: readonly FaceDetection[], looks: Looks, pause: Pause, turn: Turn = 0): Promise<ConfirmedFace[]> {
  const confirmed: ConfirmedFace[] = [];
  for (const find of mergeDetections(finds)) {
    confirmed.push(...confirm([find], looks, turn));
    await pause();
  }
  return mergeBySupport(confirmed);
}
