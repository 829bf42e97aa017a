import { cropRegion } from '../crop-arithmetic';
import type { PixelRect, Size } from '../geometry';
import type { CropRegion, FaceDetection } from '../types';
import { ChangeMap } from './change-map';
import type { Looks } from './frame-looks';
import { HeldFace } from './held-face';
import { CLOSE_FRAMES_MS, LiveSchedule } from './live-schedule';
import { pictureTurn, TURNS, type Look, type Turn } from './look';
import { isSameFace, mergeBySupport, mergeDetections } from './merge-detections';
import { finestTiles } from './search-lattice';
import { confirm, findAgain, isCut, lookAround, lookNear } from './second-look';
import { findsInTile, findsInWhole } from './still-search';

/**
 * Limits on new looks per frame: at faces that changed much (all, if frames are so far apart that people have moved far), at
 * moving ones, and at ones that came to rest.
 */
const MOST_CHANGED = 3;
const MOST_MOVING = 1;
const MOST_RESTED = 1;

/** A face of a live frame, and its crop from `FaceCropper.crop`. */
export interface LiveFace {
  readonly detection: FaceDetection;
  readonly luminance: Float32Array;
  /** The same object in every frame, as long as the face is held. */
  readonly held: object;
}

/** Receives all held faces before the frame's looks are taken, and whether these will not move the face at an index. */
export type OnSettled = (faces: readonly LiveFace[], isSettled: (index: number) => boolean) => void;

/** Cuts regions out of the frame: [n, 48, 48]. */
export type CutOut = (regions: readonly CropRegion[]) => readonly Float32Array[];

/**
 * Finds the faces of a stream with few looks per frame.
 *
 * The first frame is searched at once for faces from about 40 pixels. From then on every face is held: its crop shows how far it
 * moved; where it moves or changes, its own region gets a new look, and once it rests, a look as thorough as in a still, so that
 * a held picture is read as a still. The search for new faces takes a few looks per frame, changed parts first; for a camera it
 * covers, within a second, all places that a still's search looks at.
 */
export class LiveSearch {
  #held: HeldFace[] = [];
  #size: Size | null = null;
  readonly #changes = new ChangeMap();
  readonly #sweeps: boolean;
  #schedule: LiveSchedule | null = null;
  /** Turn of the picture. */
  #turn: Turn = 0;
  #lastMs = 0;

  /** @param sweeps whether to look, within the first second, for small faces too that only a still's search finds. */
  constructor(sweeps: boolean) {
    this.#sweeps = sweeps;
  }

  /** Drops all tracks and searches the whole next frame: a new scene. */
  startOver(): void {
    this.#size = null;
  }

  /**
   * Takes the next frame's thumbnail, which shows where to search.
   *
   * @param thumbnail RGBA at the size of `THUMBNAIL`.
   */
  see(thumbnail: Uint8ClampedArray): void {
    this.#changes.update(thumbnail);
  }

  /**
   * @param timestampMs the stream's clock.
   * @param isBehind frames arrive faster than they are read: take few looks for new faces.
   */
  advance(looks: Looks, cutOut: CutOut, timestampMs: number, isBehind = false, onSettled: OnSettled = () => undefined): LiveFace[] {
    const { size } = looks;
    const elapsedMs = Math.max(0, timestampMs - this.#lastMs);
    this.#lastMs = timestampMs;
    const schedule = this.#size?.width === size.width && this.#size.height === size.height ? this.#schedule : null;
    if (!schedule) this.#start(looks, cutOut, timestampMs);
    else {
      this.#follow(looks, cutOut, elapsedMs, onSettled);
      this.#search(schedule.next(timestampMs, this.#held.map(({ face }) => face.box), isBehind), looks, cutOut);
    }
    this.#turnTiles(looks, cutOut, timestampMs);
    this.#held = mergeBySupport(this.#held.map((held) => ({ ...held.face, held }))).map(({ held }) => held);
    return this.#held.filter((held) => !held.isDoubtful).map(toLiveFace);
  }

  #start(looks: Looks, cutOut: CutOut, timestampMs: number): void {
    this.#size = looks.size;
    this.#schedule = new LiveSchedule(looks.size, this.#changes, timestampMs, this.#sweeps);
    this.#held = [];
    this.#turn = 0;
    this.#add(this.#schedule.all.flatMap((look) => findsIn(look, looks)), looks, cutOut);
    this.#search(this.#schedule.turned, looks, cutOut);
  }

  /** Searches all tiles again once the picture is found to be turned, or turned back. */
  #turnTiles(looks: Looks, cutOut: CutOut, timestampMs: number): void {
    const turn = pictureTurn(this.#held.map(({ face }) => face));
    if (turn === this.#turn) return;
    this.#turn = turn;
    this.#schedule = new LiveSchedule(looks.size, this.#changes, timestampMs, this.#sweeps, turn);
    this.#search(this.#schedule.tiles, looks, cutOut);
  }

  #follow(looks: Looks, cutOut: CutOut, elapsedMs: number, onSettled: OnSettled): void {
    const crops = cutOut(this.#held.map((held) => held.expect(elapsedMs)));
    this.#held.forEach((held, i) => held.move(crops[i] ?? held.luminance, elapsedMs));
    const seen = new Set<HeldFace>();
    const take = (most: number, isDue: (held: HeldFace) => boolean): number => {
      const due = this.#held.filter((held) => !seen.has(held) && isDue(held)).sort((a, b) => b.sinceLookMs - a.sinceLookMs);
      for (const held of due.slice(0, most)) seen.add(held);
      return due.length;
    };
    take(elapsedMs > CLOSE_FRAMES_MS ? Infinity : MOST_CHANGED, (held) => held.hasChanged);
    take(MOST_MOVING, (held) => held.isDue);
    const moved = [...seen];
    // A face that has just stopped goes before further placements of others.
    if (take(MOST_RESTED, (held) => held.hasComeToRest && held.isUnplaced) === 0) take(MOST_RESTED, (held) => held.hasComeToRest);
    this.#cut(this.#held.filter((held) => !seen.has(held) && held.needsCrop), cutOut);
    const known = this.#held.filter((held) => !held.isDoubtful);
    onSettled(known.map(toLiveFace), (index) => known[index] !== undefined && !seen.has(known[index]));
    for (const held of moved) held.see(this.#lookFor(held, looks), false);
    for (const held of seen) if (held.hasComeToRest) held.see(findAgain(held.face, looks), true);
    this.#held = this.#held.filter((held) => !held.isLost);
    this.#cut(this.#held.filter((held) => held.needsCrop), cutOut);
  }

  #lookFor(held: HeldFace, looks: Looks): FaceDetection | null {
    const { box, turn } = held.face;
    const near = held.needsAll || isCut(box, looks) ? findAgain(held.face, looks) : lookNear(box, looks, turn);
    if (near || !held.hasChanged) return near;
    const around = lookAround(box, looks, turn);
    const isAnother = around !== null && this.#held.some((other) => other !== held && isSameFace(other.face.box, around.box));
    return isAnother ? null : around;
  }

  #search(due: readonly Look[], looks: Looks, cutOut: CutOut): void {
    for (const turn of TURNS) {
      const finds = due.filter((look) => look.turn === turn).flatMap((look) => findsIn(look, looks));
      this.#add(finds.filter(({ box }) => !this.#isHeld(box)), looks, cutOut);
    }
  }

  #isHeld(box: PixelRect): boolean {
    return this.#held.some(({ face }) => isSameFace(face.box, box));
  }

  #add(finds: readonly FaceDetection[], looks: Looks, cutOut: CutOut): void {
    if (finds.length === 0) return;
    // The start of a confirmation can decide its result: as in a still, small faces start from the finest tiles' detections too.
    const fine = finestTiles(looks.size, mergeDetections(finds)).flatMap((look) => findsInTile(look, looks));
    const news = [...finds, ...fine].filter(({ box }) => !this.#isHeld(box));
    const added = confirm(mergeDetections(news), looks).map((face) => new HeldFace(face));
    this.#cut(added, cutOut);
    this.#held.push(...added);
  }

  #cut(faces: readonly HeldFace[], cutOut: CutOut): void {
    if (faces.length === 0) return;
    const crops = cutOut(faces.map(({ face }) => cropRegion(face)));
    faces.forEach((held, i) => held.keep(crops[i] ?? held.luminance));
  }
}

function toLiveFace(held: HeldFace): LiveFace {
  return { detection: held.face, luminance: held.luminance, held };
}

function findsIn(look: Look, looks: Looks): FaceDetection[] {
  const isTile = look.region.width < looks.size.width || look.region.height < looks.size.height;
  return isTile ? findsInTile(look, looks) : findsInWhole(look, looks);
}
