import { halved, matchCrops } from './face-detector/crop-match';

/**
 * Change of a face since its answer up to which it counts as calm. In photographs that pan, zoom and turn, answers three frames apart
 * differ by 6.5 points in the mean, successive ones by 5.
 */
const CALM = 0.2;
/** Age, ms on the stream's clock, from which an answer is renewed as if the face had changed. */
const STALE_MS = 200;

interface Answer<T> {
  readonly value: T;
  readonly atMs: number;
  readonly luminance: Float32Array;
}

/** A face that a network may be asked for. */
export interface FollowedFace {
  readonly track: number;
  /** Its crop, [48, 48]. */
  readonly luminance: Float32Array;
}

export interface TurnTaking {
  /**
   * Maximum known faces to ask for per frame; the others keep their answers until it is their turn. If there are more, and all of
   * them are calm, only one is asked for.
   */
  readonly mostKnown: number;
  /** Minimum time to keep an answer, ms on the stream's clock. */
  readonly leastAgeMs: number;
}

/** Returns the answers of the tracks at these indexes. */
type Ask<T> = (indexes: readonly number[]) => Promise<readonly T[]>;

/**
 * Caches a network's last answer for each face of a live stream, so that many faces take turns, changed ones first: at two per frame,
 * each of five is asked for in two frames of five, or in one while nobody's looks change. A frame's time then grows little with the
 * number of its faces.
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
   * @param faces with their tracks in the frame before.
   * @param canAsk whether the face at this index can be asked for already: the others keep their turns.
   * @param ask if it is rejected, `answer` is.
   */
  askAhead(faces: readonly FollowedFace[], canAsk: (index: number) => boolean, timestampMs: number, ask: Ask<T>): void {
    // The frame before may have failed before it came to `answer`.
    this.#ahead = [];
    const chosen = this.#choose(faces, timestampMs).filter((index) => canAsk(index) && this.#answers.has(faces[index]?.track ?? NaN));
    if (chosen.length === 0) return;
    const given = ask(chosen);
    this.#ahead = chosen.map((index, i) => ({ track: faces[index]?.track ?? NaN, value: given.then((values) => values[i]) }));
    for (const { value } of this.#ahead) value.catch(() => undefined);
  }

  /**
   * Returns an answer for each face: a new one for all new tracks and the known ones whose turn it is.
   *
   * @param same tracks that follow the same face as in the frame before: only for these, `askAhead` asked for the right face.
   */
  async answer(faces: readonly FollowedFace[], timestampMs: number, ask: Ask<T>, same: ReadonlySet<number> = new Set()): Promise<(T | null)[]> {
    const ahead = this.#ahead.filter(({ track }) => same.has(track));
    this.#ahead = [];
    const chosen = this.#choose(faces, timestampMs, new Set(ahead.map(({ track }) => track)));
    const [given, early] = await Promise.all([chosen.length > 0 ? ask(chosen) : [], Promise.all(ahead.map(({ value }) => value))]);
    const keep = (face: FollowedFace | undefined, value: T | undefined) => {
      if (face && value !== undefined) this.#answers.set(face.track, { value, atMs: timestampMs, luminance: face.luminance });
    };
    chosen.forEach((index, i) => keep(faces[index], given[i]));
    ahead.forEach(({ track }, i) => keep(faces.find((face) => face.track === track), early[i]));
    return faces.map(({ track }) => this.#answers.get(track)?.value ?? null);
  }

  /** Forgets all other tracks. */
  retain(tracks: Iterable<number>): void {
    const kept = new Set(tracks);
    for (const track of this.#answers.keys()) if (!kept.has(track)) this.#answers.delete(track);
  }

  /** @param asked tracks that were asked for already. */
  #choose(faces: readonly FollowedFace[], timestampMs: number, asked: ReadonlySet<number> = new Set()): number[] {
    const fresh: number[] = [];
    const known: { index: number; ageMs: number; answer: Answer<T>; face: FollowedFace }[] = [];
    faces.forEach((face, index) => {
      if (asked.has(face.track)) return;
      const answer = this.#answers.get(face.track);
      // A clock that runs back belongs to another stream.
      const ageMs = answer ? timestampMs - answer.atMs : -1;
      if (!answer || ageMs < 0) fresh.push(index);
      else if (ageMs >= this.#turns.leastAgeMs) known.push({ index, ageMs, answer, face });
    });
    known.sort((a, b) => b.ageMs - a.ageMs);
    const left = Math.max(0, this.#turns.mostKnown - asked.size);
    if (known.length > left && left > 0) {
      const due = known.filter(({ ageMs, answer, face }) => ageMs >= STALE_MS || !isCalm(answer.luminance, face.luminance));
      const oldest = asked.size === 0 ? known.slice(0, 1) : [];
      known.splice(0, Infinity, ...(due.length > 0 ? due : oldest));
    }
    return [...fresh, ...known.slice(0, left).map(({ index }) => index)];
  }
}

function isCalm(before: Float32Array, now: Float32Array): boolean {
  return matchCrops(halved(before), halved(now)).change <= CALM;
}
