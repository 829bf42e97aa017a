import type { Probabilities } from './labels';

/** Known faces that are classified in one frame; the others keep their answers until it is their turn. */
const MOST_KNOWN = 2;

interface Answer {
  readonly raw: Probabilities;
  /** Frames since. */
  age: number;
}

/**
 * What the classifier said last of each face of a live stream, so that many faces take turns: of five, each is classified in
 * two frames of five. A frame's time then grows little with the number of its faces.
 */
export class RecentAnswers {
  readonly #answers = new Map<number, Answer>();

  /** Indexes of the tracks to classify in this frame: all new ones, and the known ones whose answers are oldest. */
  choose(tracks: readonly number[]): number[] {
    const fresh: number[] = [];
    const known: { index: number; age: number }[] = [];
    tracks.forEach((track, index) => {
      const answer = this.#answers.get(track);
      if (answer) known.push({ index, age: ++answer.age });
      else fresh.push(index);
    });
    known.sort((a, b) => b.age - a.age);
    return [...fresh, ...known.slice(0, MOST_KNOWN).map(({ index }) => index)];
  }

  put(track: number, raw: Probabilities): void {
    this.#answers.set(track, { raw, age: 0 });
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
