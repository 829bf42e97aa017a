import type { FaceDetection } from '../types';
import type { Looks } from './frame-looks';
import type { Look } from './look';
import { isSameFace, mergeBySupport, mergeDetections, trusted } from './merge-detections';
import { isCutByTile, tileLooks, turnedLooks, wholeLooks } from './search-lattice';
import { assure, confirm, findAgain, guess, type ConfirmedFace } from './second-look';

/**
 * Scores (0–1) from which a find counts. A whole picture is a few chances to be wrong, its tiles are
 * hundreds: in six real group photos 960 px wide (22 faces) tiles from 0.65 gave three boxes too many,
 * from 0.75 one, both all 22 faces; of 96 pasted faces of 20–60 px they found 81 and 75.
 */
const MIN_SCORE = { whole: 0.65, tile: 0.75 } as const;

/**
 * Of the picture's longer side, the width from which a face is told of after the first look: what the short range is made for.
 * Smaller ones it places too roughly to read them: of the five in the sample (about a ninth each), two came out otherwise in the end.
 */
const GLANCE_SHARE = 0.2;

/** Lets others use the detector, until `meanwhile` has come or at least until they have had their turn. */
export type Pause = (meanwhile?: Promise<unknown>) => Promise<void>;

/**
 * Told of the large faces that the first look shows.
 *
 * @param guessed Where they most likely are.
 * @param confirmed looks at them again: the faces that are to be told of, most likely at those places.
 */
export type OnFirstLook = (guessed: readonly FaceDetection[], confirmed: () => readonly FaceDetection[]) => Promise<void>;

export interface StillSearch {
  /** Awaited between two looks; what it rejects with ends the search. */
  readonly pause: Pause;
  /** Loads what the first look does not need. */
  readonly prepare?: () => Promise<void>;
  /** Faces of the frame before, looked for at their places where nothing else finds them. */
  readonly known?: readonly ConfirmedFace[];
  readonly onFirstLook?: OnFirstLook | undefined;
}

/** Every face of a frame: both networks on the whole of it, then tiles for small faces, then each find again. */
export async function searchStill(looks: Looks, { pause, prepare, known = [], onFirstLook }: StillSearch): Promise<ConfirmedFace[]> {
  const { size } = looks;
  const [first, ...others] = wholeLooks(size);
  const onWhole = [...looks.take(first)];
  if (onFirstLook) {
    const large = trusted(onWhole, MIN_SCORE.whole).filter(({ box }) => box.width >= GLANCE_SHARE * Math.max(size.width, size.height));
    const guessed = guess(large, looks);
    if (large.length > 0) await onFirstLook(guessed, () => assure(large, guessed, looks));
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
  const confirmed = await confirmAll(finds, looks, pause);
  const missed = known.filter(({ box }) => !confirmed.some((face) => isSameFace(face.box, box)));
  return mergeBySupport([...confirmed, ...missed.flatMap((face) => findAgain(face, looks) ?? [])]);
}

/** What a tile shows whole and clearly. */
export function findsInTile(look: Look, looks: Looks): FaceDetection[] {
  return looks.take(look).filter(({ box, score }) => score >= MIN_SCORE.tile && !isCutByTile(box, look.region, looks.size));
}

/** What a look at the whole picture shows by itself. */
export function findsInWhole(look: Look, looks: Looks): FaceDetection[] {
  return looks.take(look).filter(({ score }) => score >= MIN_SCORE.whole);
}

/** Confirms one face after the other, with a pause between. */
async function confirmAll(finds: readonly FaceDetection[], looks: Looks, pause: Pause): Promise<ConfirmedFace[]> {
  const confirmed: ConfirmedFace[] = [];
  for (const find of mergeDetections(finds)) {
    confirmed.push(...confirm([find], looks));
    await pause();
  }
  return mergeBySupport(confirmed);
}
