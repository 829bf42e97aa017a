import type { StoredFace } from './observation-store';
import type { Marker, SessionSpan } from './session-info';
import { ExpressionTally, type ExpressionSummary } from './statistics';

/** A time range between two markers, or between a marker and the session's start or end. */
export interface Interval extends SessionSpan {
  /** Marker at its start; null: the session's start. */
  readonly marker: Marker | null;
}

export interface IntervalSummary extends Interval {
  readonly everybody: ExpressionSummary;
  /** By person. */
  readonly people: ReadonlyMap<number, ExpressionSummary>;
}

/** Non-empty intervals between markers, in order of time. */
export function intervalsBetween(markers: readonly Marker[], { fromMs: startMs, toMs: endMs }: SessionSpan): Interval[] {
  const inside = markers.filter(({ atMs }) => atMs < endMs).toSorted((a, b) => a.atMs - b.atMs);
  const starts: { readonly fromMs: number; readonly marker: Marker | null }[] = [{ fromMs: startMs, marker: null }, ...inside.map((marker) => ({ fromMs: marker.atMs, marker }))];
  return starts
    .map(({ fromMs, marker }, i) => ({ fromMs, toMs: starts[i + 1]?.fromMs ?? endMs, marker }))
    .filter(({ fromMs, toMs }) => toMs > fromMs);
}

interface IntervalTallies {
  readonly everybody: ExpressionTally;
  readonly people: Map<number, ExpressionTally>;
}

/** Summarises each interval. A frame that spans a marker counts on both sides, by duration. */
export class IntervalTally {
  /** The first interval that later faces may fall into. */
  #open = 0;
  readonly #intervals: readonly Interval[];
  /** Tallies of the intervals with faces. */
  readonly #tallies = new Map<Interval, IntervalTallies>();

  /** @param intervals in order of time. */
  constructor(intervals: readonly Interval[]) {
    this.#intervals = intervals;
  }

  /** Call in order of time. */
  add(face: StoredFace, person: number): void {
    while ((this.#intervals[this.#open]?.toMs ?? Infinity) <= face.timestampMs) this.#open++;
    for (let i = this.#open, interval; (interval = this.#intervals[i]) && interval.fromMs < face.untilMs; i++) {
      const overlapMs = Math.min(face.untilMs, interval.toMs) - Math.max(face.timestampMs, interval.fromMs);
      if (overlapMs <= 0) continue;
      let tallies = this.#tallies.get(interval);
      if (!tallies) this.#tallies.set(interval, (tallies = { everybody: new ExpressionTally(), people: new Map() }));
      const { everybody, people } = tallies;
      let own = people.get(person);
      if (!own) people.set(person, (own = new ExpressionTally()));
      own.add(face, overlapMs);
      everybody.add(face, overlapMs);
    }
  }

  /** One at a time: thousands at once would be a long task. */
  *summaries(): Generator<IntervalSummary> {
    const nobody = { everybody: new ExpressionTally().summary(), people: new Map<number, ExpressionSummary>() };
    for (const interval of this.#intervals) {
      const tallies = this.#tallies.get(interval);
      yield { ...interval, ...(tallies ? { everybody: tallies.everybody.summary(), people: new Map(Array.from(tallies.people, ([person, tally]) => [person, tally.summary()])) } : nobody) };
    }
  }
}
