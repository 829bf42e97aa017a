import type { HiddenShares } from './covering-network';
import type { Answer } from './expression-model';
import { cropAt, joined, type FoundFace } from './found-face';

/** Answers of the networks for some faces, in the order of the faces. */
export interface Reading {
  /** Luminance, [n, 48, 48]. */
  readonly crops: Float32Array;
  /** Null without a covering network. */
  readonly hidden: readonly (HiddenShares | null)[] | null;
  readonly given: readonly (Answer | null)[];
}

/** Reading of likely face positions, started while the detector still confirms them. */
export class EarlyReading {
  readonly #places: readonly string[];
  readonly #reading: Promise<Reading>;

  constructor(faces: readonly FoundFace[], reading: Promise<Reading>) {
    this.#places = faces.map(placeOf);
    this.#reading = reading;
    // The result may never be used.
    reading.catch(() => undefined);
  }

  /** Reading of these faces; null if one of them would be cropped differently. */
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
