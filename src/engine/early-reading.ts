import type { HiddenShares } from './covering-network';
import type { Answer } from './expression-model';
import { cropAt, joined, type FoundFace } from './found-face';

/** What the networks say of faces, in their order. */
export interface Reading {
  /** Luminance, [n, 48, 48]. */
  readonly crops: Float32Array;
  /** Null where no network tells which parts are hidden. */
  readonly hidden: readonly (HiddenShares | null)[] | null;
  readonly given: readonly (Answer | null)[];
}

/** A reading of places where faces most likely are, under way while others make sure of them. */
export class EarlyReading {
  readonly #places: readonly string[];
  readonly #reading: Promise<Reading>;

  constructor(faces: readonly FoundFace[], reading: Promise<Reading>) {
    this.#places = faces.map(placeOf);
    this.#reading = reading;
    // It may be that nobody asks for it.
    reading.catch(() => undefined);
  }

  /** What was read of these faces; null where one of them would be cropped otherwise. */
  of(faces: readonly FoundFace[]): Promise<Reading> | null {
    const at = faces.map((face) => this.#places.indexOf(placeOf(face)));
    if (at.includes(-1)) return null;
    return this.#reading.then(({ crops, hidden, given }) => ({
      crops: joined(at.flatMap((i) => cropAt(crops, i) ?? [])),
      hidden: hidden && at.map((i) => hidden[i] ?? null),
      given: at.map((i) => given[i] ?? null),
    }));
  }
}

function placeOf({ base: { crop } }: FoundFace): string {
  return JSON.stringify(crop);
}
