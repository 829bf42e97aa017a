interface Answer<T> {
  readonly value: T;
  readonly atMs: number;
}

export interface TurnTaking {
  /** Known faces to ask for per frame; the others keep their answers until it is their turn. */
  readonly mostKnown: number;
  /** Minimum time to keep an answer, ms on the stream's clock. */
  readonly leastAgeMs: number;
}

/**
 * Caches a network's last answer for each face of a live stream, so that many faces take turns: at two per frame, each of five is
 * asked for in two frames of five. A frame's time then grows little with the number of its faces.
 */
export class RecentAnswers<T> {
  readonly #turns: TurnTaking;
  readonly #answers = new Map<number, Answer<T>>();

  constructor(turns: TurnTaking) {
    this.#turns = turns;
  }

  /**
   * Returns an answer for each track: a new one for all new tracks and the known ones with the oldest answers.
   *
   * @param ask returns the answers of the tracks at these indexes.
   */
  async answer(tracks: readonly number[], timestampMs: number, ask: (indexes: readonly number[]) => Promise<readonly T[]>): Promise<(T | null)[]> {
    const chosen = this.#choose(tracks, timestampMs);
    const given = chosen.length > 0 ? await ask(chosen) : [];
    chosen.forEach((index, i) => {
      const [track, value] = [tracks[index], given[i]];
      if (track !== undefined && value !== undefined) this.#answers.set(track, { value, atMs: timestampMs });
    });
    return tracks.map((track) => this.#answers.get(track)?.value ?? null);
  }

  /** Forgets all other tracks. */
  retain(tracks: Iterable<number>): void {
    const kept = new Set(tracks);
    for (const track of this.#answers.keys()) if (!kept.has(track)) this.#answers.delete(track);
  }

  #choose(tracks: readonly number[], timestampMs: number): number[] {
    const fresh: number[] = [];
    const known: { index: number; ageMs: number }[] = [];
    tracks.forEach((track, index) => {
      const answer = this.#answers.get(track);
      // A clock that runs back belongs to another stream.
      const ageMs = answer ? timestampMs - answer.atMs : -1;
      if (ageMs < 0) fresh.push(index);
      else if (ageMs >= this.#turns.leastAgeMs) known.push({ index, ageMs });
    });
    known.sort((a, b) => b.ageMs - a.ageMs);
    return [...fresh, ...known.slice(0, this.#turns.mostKnown).map(({ index }) => index)];
  }
}
