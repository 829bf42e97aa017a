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

/** Summarises each interval. A frame that spans a marker counts on both sides, by duration. */
export class IntervalTally {
  /** The first interval that later faces may fall into. */
  #open = 0;
  readonly #intervals: readonly { readonly interval: Interval; readonly everybody: ExpressionTally; readonly people: Map<number, ExpressionTally> }[];

  /** @param intervals in order of time. */
  constructor(intervals: readonly Interval[]) {
    this.#intervals = intervals.map((interval) => ({ interval, everybody: new ExpressionTally(), people: new Map() }));
  }

  /** Call in order of time. */
  add(face: StoredFace, person: number): void {
    while ((this.#intervals[this.#open]?.interval.toMs ?? Infinity) <= face.timestampMs) this.#open++;
    for (let i = this.#open, at; (at = this.#intervals[i]) && at.interval.fromMs < face.untilMs; i++) {
      const { interval, everybody, people } = at;
      const overlapMs = Math.min(face.untilMs, interval.toMs) - Math.max(face.timestampMs, interval.fromMs);
      if (overlapMs <= 0) continue;
      let own = people.get(person);
      if (!own) people.set(person, (own = new ExpressionTally()));
      own.add(face, overlapMs);
      everybody.add(face, overlapMs);
    }
  }

  /** One at a time: thousands at once would be a long task. */
  *summaries(): Generator<IntervalSummary> {
    for (const { interval, everybody, people } of this.#intervals) {
      yield { ...interval, everybody: everybody.summary(), people: new Map(Array.from(people, ([person, tally]) => [person, tally.summary()])) };
    }
  }
}
