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

/** Returns the answers of the tracks at these indexes. */
type Ask<T> = (indexes: readonly number[]) => Promise<readonly T[]>;

/**
 * Caches a network's last answer for each face of a live stream, so that many faces take turns: at two per frame, each of five is
 * asked for in two frames of five. A frame's time then grows little with the number of its faces.
 */
export class RecentAnswers<T> {
  readonly #turns: TurnTaking;
  readonly #answers = new Map<number, Answer<T>>();
  #ahead: readonly { readonly track: number; readonly value: Promise<T | undefined> }[] = [];

  constructor(turns: TurnTaking) {
    this.#turns = turns;
  }

  /**
   * Starts to ask for the known faces whose turn it is, before the frame's other faces are found; `answer` waits for them.
   *
   * @param tracks of the faces, in the frame before.
   * @param canAsk whether the face at this index can be asked for already: the others keep their turns.
   * @param ask if it is rejected, `answer` is.
   */
  askAhead(tracks: readonly number[], canAsk: (index: number) => boolean, timestampMs: number, ask: Ask<T>): void {
    // The frame before may have failed before it came to `answer`.
    this.#ahead = [];
    const chosen = this.#choose(tracks, timestampMs).filter((index) => canAsk(index) && this.#answers.has(tracks[index] ?? NaN));
    if (chosen.length === 0) return;
    const given = ask(chosen);
    this.#ahead = chosen.map((index, i) => ({ track: tracks[index] ?? NaN, value: given.then((values) => values[i]) }));
    for (const { value } of this.#ahead) value.catch(() => undefined);
  }

  /**
   * Returns an answer for each track: a new one for all new tracks and the known ones with the oldest answers.
   *
   * @param same tracks that follow the same face as in the frame before: only for these, `askAhead` asked for the right face.
   */
  async answer(tracks: readonly number[], timestampMs: number, ask: Ask<T>, same: ReadonlySet<number> = new Set()): Promise<(T | null)[]> {
    const ahead = this.#ahead.filter(({ track }) => same.has(track));
    this.#ahead = [];
    const chosen = this.#choose(tracks, timestampMs, new Set(ahead.map(({ track }) => track)));
    const [given, early] = await Promise.all([chosen.length > 0 ? ask(chosen) : [], Promise.all(ahead.map(({ value }) => value))]);
    const keep = (track: number | undefined, value: T | undefined) => {
      if (track !== undefined && value !== undefined) this.#answers.set(track, { value, atMs: timestampMs });
    };
    chosen.forEach((index, i) => keep(tracks[index], given[i]));
    ahead.forEach(({ track }, i) => keep(track, early[i]));
    return tracks.map((track) => this.#answers.get(track)?.value ?? null);
  }

  /** Forgets all other tracks. */
  retain(tracks: Iterable<number>): void {
    const kept = new Set(tracks);
    for (const track of this.#answers.keys()) if (!kept.has(track)) this.#answers.delete(track);
  }

  /** @param asked tracks that were asked for already. */
  #choose(tracks: readonly number[], timestampMs: number, asked: ReadonlySet<number> = new Set()): number[] {
    const fresh: number[] = [];
    const known: { index: number; ageMs: number }[] = [];
    tracks.forEach((track, index) => {
      if (asked.has(track)) return;
      const answer = this.#answers.get(track);
      // A clock that runs back belongs to another stream.
      const ageMs = answer ? timestampMs - answer.atMs : -1;
      if (ageMs < 0) fresh.push(index);
      else if (ageMs >= this.#turns.leastAgeMs) known.push({ index, ageMs });
    });
    known.sort((a, b) => b.ageMs - a.ageMs);
    return [...fresh, ...known.slice(0, Math.max(0, this.#turns.mostKnown - asked.size)).map(({ index }) => index)];
  }
}
