import { EXPRESSIONS, tellsExpressions, toProbabilities, type Expression, type Probabilities } from '../engine/labels';
import type { StoredFace } from './observation-store';
import { asItStands, LEAST_WEIGHT_MS } from './standing';

/**
 * Expressions of one face over a period of time. Each observation is weighted by the duration of its frame, i.e. the time until the next sample of
 * the series. Left-out samples have no weight.
 */
export interface ExpressionSummary {
  /** Number of observations; if 0, every number is 0 and `dominant` is null. */
  readonly observations: number;
  /** Total duration of the observations, ms. */
  readonly seenMs: number;
  /** Share (0–1) of the time with each label; uncertain observations have none. */
  readonly share: Probabilities;
  /** Share (0–1) of the time in which the face was uncertain. */
  readonly uncertainShare: number;
  /** Mean probability over time, 0–1. */
  readonly mean: Probabilities;
  /** The label shown for the longest time; null if none was certain. */
  readonly dominant: Expression | null;
  /** Number of label changes from one certain observation to the next. */
  readonly switches: number;
}

/** Accumulates observations in order of time. */
export class ExpressionTally {
  readonly #means = new Float64Array(EXPRESSIONS.length);
  readonly #labels = new Float64Array(EXPRESSIONS.length);
  #observations = 0;
  #totalMs = 0;
  #uncertainMs = 0;
  #switches = 0;
  #before: Expression | null = null;

  /** @param standsMs default: the full duration of its frame. */
  add(face: StoredFace, standsMs = face.untilMs - face.timestampMs): void {
    const { probabilities, label, uncertain } = asItStands(face);
    const weightMs = Math.max(LEAST_WEIGHT_MS, standsMs);
    this.#observations++;
    this.#totalMs += weightMs;
    for (let i = 0; i < EXPRESSIONS.length; i++) this.#means[i] = (this.#means[i] ?? 0) + weightMs * (probabilities[i] ?? 0);
    if (uncertain) {
      this.#uncertainMs += weightMs;
      return;
    }
    const index = EXPRESSIONS.indexOf(label);
    this.#labels[index] = (this.#labels[index] ?? 0) + weightMs;
    if (this.#before !== null && this.#before !== label) this.#switches++;
    this.#before = label;
  }

  summary(): ExpressionSummary {
    const whole = Math.max(LEAST_WEIGHT_MS, this.#totalMs);
    const longest = Math.max(...this.#labels);
    return {
      observations: this.#observations,
      seenMs: this.#totalMs,
      share: toProbabilities(this.#labels.map((ms) => ms / whole)),
      uncertainShare: this.#uncertainMs / whole,
      mean: toProbabilities(this.#means.map((sum) => sum / whole)),
      dominant: longest > 0 ? (EXPRESSIONS[this.#labels.indexOf(longest)] ?? null) : null,
      switches: this.#switches,
    };
  }
}

/** True if a summary contains information about the seven expressions, which one from a model without them does not. */
export function summaryTells({ observations, mean }: Pick<ExpressionSummary, 'observations' | 'mean'>): boolean {
  return observations === 0 || tellsExpressions(mean);
}

/** True if the face is of low quality; the settings can exclude such faces from summaries. */
export function hasConcerns({ concerns }: Pick<StoredFace, 'concerns'>): boolean {
  return concerns.some(({ kind }) => kind !== 'other-class');
}

/**
 * Summarises the observations of one track, given in order of time.
 *
 * @param options.leaveOutConcerns excludes faces that are small, turned away, dark and so on.
 */
export function summarise(faces: Iterable<StoredFace>, { leaveOutConcerns = false } = {}): ExpressionSummary {
  const tally = new ExpressionTally();
  for (const face of faces) if (!leaveOutConcerns || !hasConcerns(face)) tally.add(face);
  return tally.summary();
}

/** A person: one track, or several that were merged by hand. */
export interface PersonSummary {
  /** See `PeopleEdits`; without edits, the track. */
  readonly person: number;
  /** In order of first appearance. */
  readonly tracks: readonly number[];
  readonly firstMs: number;
  readonly lastMs: number;
  readonly summary: ExpressionSummary;
}

interface Presence {
  readonly tally: ExpressionTally;
  readonly tracks: Set<number>;
  readonly firstMs: number;
  lastMs: number;
}

/** Summarises each person, from observations in order of time. */
export class PeopleTally {
  readonly #people = new Map<number, Presence>();

  add(face: StoredFace, person = face.track): void {
    const { track, timestampMs } = face;
    let presence = this.#people.get(person);
    if (!presence) {
      presence = { tally: new ExpressionTally(), tracks: new Set(), firstMs: timestampMs, lastMs: timestampMs };
      this.#people.set(person, presence);
    }
    presence.lastMs = timestampMs;
    presence.tracks.add(track);
    presence.tally.add(face);
  }

  /** In order of first appearance. */
  summaries(): PersonSummary[] {
    return Array.from(this.#people, ([person, { tally, tracks, firstMs, lastMs }]) => ({
      ...{ person, tracks: [...tracks], firstMs, lastMs },
      summary: tally.summary(),
    }));
  }
}
