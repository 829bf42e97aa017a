import type { Probabilities } from './labels';

/**
 * Root mean square difference of two standardised crops below which the earlier one's answer holds. 0: the same picture; one
 * pixel's shift of a sharp crop makes 0.2 to 0.4.
 */
const UNCHANGED = 0.08;
/** Changed faces that are classified in one frame; the others keep their answers until it is their turn. */
const MOST_CHANGED = 2;

interface Answer {
  readonly crop: Float32Array;
  readonly raw: Probabilities;
  /** Frames since. */
  age: number;
}

/** A face's standardised crop, which nobody changes any more, and the identity that it keeps from frame to frame. */
export interface CroppedFace {
  readonly track: number;
  readonly crop: Float32Array;
}

/**
 * What the classifier said last of each face of a live stream, so that a face is not asked for again while it looks the same,
 * and many faces take turns: with five that move, each is classified in two frames of five.
 */
export class RecentAnswers {
  readonly #answers = new Map<number, Answer>();

  /** Indexes of the faces to classify in this frame: all new ones, and those of the changed ones whose answers are oldest. */
  choose(faces: readonly CroppedFace[]): number[] {
    const chosen: number[] = [];
    const changed: { index: number; age: number }[] = [];
    faces.forEach(({ track, crop }, index) => {
      const answer = this.#answers.get(track);
      if (!answer) chosen.push(index);
      else if (difference(answer.crop, crop) >= UNCHANGED) changed.push({ index, age: ++answer.age });
    });
    changed.sort((a, b) => b.age - a.age);
    return [...chosen, ...changed.slice(0, MOST_CHANGED).map(({ index }) => index)];
  }

  put({ track, crop }: CroppedFace, raw: Probabilities): void {
    this.#answers.set(track, { crop, raw, age: 0 });
  }

  /** The newest answer for a face; null where there is none. */
  get(track: number): Probabilities | null {
    return this.#answers.get(track)?.raw ?? null;
  }

  /** Forgets every track that is not among these. */
  retain(tracks: Iterable<number>): void {
    const kept = new Set(tracks);
    for (const track of this.#answers.keys()) if (!kept.has(track)) this.#answers.delete(track);
  }
}

function difference(a: Float32Array, b: Float32Array): number {
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return Math.sqrt(squares / a.length);
}
