import { cropRegion } from '../crop-arithmetic';
import type { Size } from '../geometry';
import type { CropRegion, FaceDetection } from '../types';
import type { Looks } from './frame-looks';
import { HeldFace } from './held-face';
import type { Look } from './look';
import { isSameFace, mergeBySupport, mergeDetections } from './merge-detections';
import { fastLooks, wholeLooks, type FastLooks } from './search-lattice';
import { confirm, lookAgain, lookAround, lookNear } from './second-look';
import { findsInTile, findsInWhole } from './still-search';

/** Looks for new faces in each second of the stream, and at most in one frame. */
const SEARCHES_PER_SECOND = 10;
const MOST_SEARCHES = 3;
/** Faces that are looked at anew in one frame: those that changed much, those that move, and those that came to rest. */
const MOST_CHANGED = 3;
const MOST_MOVING = 1;
const MOST_RESTED = 1;

/** A face of a live frame, and its crop as `FaceCropper.crop` gives it. */
export interface LiveFace {
  readonly detection: FaceDetection;
  readonly luminance: Float32Array;
}

/** Cuts regions of the frame out: [n, 48, 48]. */
export type CutOut = (regions: readonly CropRegion[]) => readonly Float32Array[];

/**
 * Finds the faces of a stream with few looks at each frame.
 *
 * The first frame is searched at once, as far as faces of about 40 pixels. From then on every face is held: its crop tells how
 * far it moved, and where it moves or changes it is looked at again in its own region; once it rests, as thoroughly as in a still, so
 * that a picture that is held is read as a still. The search for others goes on a few looks at a time.
 */
export class LiveSearch {
  #held: HeldFace[] = [];
  #size: Size | null = null;
  #cycle: FastLooks = { wholes: [], tiles: [] };
  #taken = 0;
  #owed = 0;
  #lastMs = 0;

  /** Searches the next frame whole and drops all tracks: another scene. */
  startOver(): void {
    this.#size = null;
  }

  /** @param timestampMs The stream's clock. */
  advance(looks: Looks, cutOut: CutOut, timestampMs: number): LiveFace[] {
    const { size } = looks;
    const elapsedMs = Math.max(0, timestampMs - this.#lastMs);
    this.#lastMs = timestampMs;
    if (this.#size === null || this.#size.width !== size.width || this.#size.height !== size.height) this.#start(looks, cutOut);
    else {
      this.#follow(looks, cutOut);
      this.#search(looks, cutOut, elapsedMs);
    }
    this.#held = mergeBySupport(this.#held.map((held) => ({ ...held.face, held }))).map(({ held }) => held);
    return this.#held.filter((held) => !held.isDoubtful).map(({ face, luminance }) => ({ detection: face, luminance }));
  }

  #start(looks: Looks, cutOut: CutOut): void {
    this.#size = looks.size;
    this.#cycle = fastLooks(looks.size);
    this.#taken = 0;
    this.#owed = 0;
    this.#held = [];
    const { wholes, tiles } = this.#cycle;
    this.#add([...wholes, ...tiles].flatMap((look) => findsIn(look, looks)), looks, cutOut);
  }

  #follow(looks: Looks, cutOut: CutOut): void {
    const crops = cutOut(this.#held.map((held) => held.expect()));
    this.#held.forEach((held, i) => held.move(crops[i] ?? held.luminance));
    const seen = new Set<HeldFace>();
    const take = (most: number, isDue: (held: HeldFace) => boolean) =>
      this.#held
        .filter((held) => !seen.has(held) && isDue(held))
        .sort((a, b) => b.framesSinceLook - a.framesSinceLook)
        .slice(0, most)
        .forEach((held) => seen.add(held));
    take(MOST_CHANGED, (held) => held.hasChanged);
    take(MOST_MOVING, (held) => held.isDue);
    for (const held of seen) held.see(this.#lookFor(held, looks), false);
    take(MOST_RESTED, (held) => held.hasComeToRest);
    for (const held of seen) if (held.hasComeToRest) held.see(lookAgain(held.face, looks, held.face.turn), true);
    this.#held = this.#held.filter((held) => !held.isLost);
    this.#cut(this.#held.filter((held) => held.needsCrop), cutOut);
  }

  #lookFor(held: HeldFace, looks: Looks): FaceDetection | null {
    const { box, turn } = held.face;
    const near = held.needsAll ? lookAgain(held.face, looks, turn) : lookNear(box, looks, turn);
    if (near || !held.hasChanged) return near;
    const around = lookAround(box, looks, turn);
    const isAnother = around !== null && this.#held.some((other) => other !== held && isSameFace(other.face.box, around.box));
    return isAnother ? null : around;
  }

  #search(looks: Looks, cutOut: CutOut, elapsedMs: number): void {
    this.#owed = Math.min(MOST_SEARCHES, this.#owed + (SEARCHES_PER_SECOND * elapsedMs) / 1000);
    const finds: FaceDetection[] = [];
    for (; this.#owed >= 1; this.#owed--) {
      finds.push(...findsIn(this.#nextLook(), looks));
    }
    this.#add(finds.filter(({ box }) => !this.#held.some(({ face }) => isSameFace(face.box, box))), looks, cutOut);
  }

  /** Whole pictures and tiles by turns. */
  #nextLook(): Look {
    const { wholes, tiles } = this.#cycle;
    const step = this.#taken++;
    const look = step % 2 === 1 ? tiles[((step - 1) / 2) % tiles.length] : undefined;
    return look ?? wholes[Math.floor(step / 2) % wholes.length] ?? wholeLooks(this.#size ?? { width: 1, height: 1 })[0];
  }

  #add(finds: readonly FaceDetection[], looks: Looks, cutOut: CutOut): void {
    if (finds.length === 0) return;
    const added = confirm(mergeDetections(finds), looks).map((face) => new HeldFace(face));
    this.#cut(added, cutOut);
    this.#held.push(...added);
  }

  #cut(faces: readonly HeldFace[], cutOut: CutOut): void {
    if (faces.length === 0) return;
    const crops = cutOut(faces.map(({ face }) => cropRegion(face)));
    faces.forEach((held, i) => held.keep(crops[i] ?? held.luminance));
  }
}

function findsIn(look: Look, looks: Looks): FaceDetection[] {
  const isTile = look.region.width < looks.size.width || look.region.height < looks.size.height;
  return isTile ? findsInTile(look, looks) : findsInWhole(look, looks);
}
