import { EXPRESSIONS, toProbabilities, type Expression, type Probabilities } from '../engine/labels';
import type { StoredFace } from './observation-store';

/** How one face looked over a stretch of time. */
export interface ExpressionSummary {
  /** Observations that it rests on; with 0, every number is 0 and `dominant` is null. */
  readonly observations: number;
  /** Share (0–1) of the observations that carried each label; uncertain ones are left out of it. */
  readonly share: Probabilities;
  /** Share (0–1) of the observations that were uncertain. */
  readonly uncertainShare: number;
  /** Mean smoothed probability, 0–1. */
  readonly mean: Probabilities;
  /** The label that was shown most often; null when none was certain. */
  readonly dominant: Expression | null;
  /** How often the label changed from one certain observation to the next. */
  readonly switches: number;
}

/** Sums up observations as they come, in order of time. */
export class ExpressionTally {
  readonly #sums = new Float64Array(EXPRESSIONS.length);
  readonly #counts = new Float64Array(EXPRESSIONS.length);
  #observations = 0;
  #uncertain = 0;
  #switches = 0;
  #before: Expression | null = null;

  add({ smoothed, label, uncertain }: StoredFace): void {
    this.#observations++;
    for (let i = 0; i < EXPRESSIONS.length; i++) this.#sums[i] = (this.#sums[i] ?? 0) + (smoothed[i] ?? 0);
    if (uncertain) {
      this.#uncertain++;
      return;
    }
    const index = EXPRESSIONS.indexOf(label);
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    if (this.#before !== null && this.#before !== label) this.#switches++;
    this.#before = label;
  }

  summary(): ExpressionSummary {
    const n = Math.max(1, this.#observations);
    const most = Math.max(...this.#counts);
    return {
      observations: this.#observations,
      share: toProbabilities(this.#counts.map((count) => count / n)),
      uncertainShare: this.#uncertain / n,
      mean: toProbabilities(this.#sums.map((sum) => sum / n)),
      dominant: most > 0 ? (EXPRESSIONS[this.#counts.indexOf(most)] ?? null) : null,
      switches: this.#switches,
    };
  }
}

/** Whether something made this face hard to read; those who want to can leave such faces out. */
export function hasConcerns({ concerns }: Pick<StoredFace, 'concerns'>): boolean {
  return concerns.length > 0;
}

/**
 * Sums up the observations of one track, given in order of time.
 *
 * @param options.leaveOutConcerns Faces that are small, turned away, dark and so on do not count at all.
 */
export function summarise(faces: Iterable<StoredFace>, { leaveOutConcerns = false } = {}): ExpressionSummary {
  const tally = new ExpressionTally();
  for (const face of faces) if (!leaveOutConcerns || !hasConcerns(face)) tally.add(face);
  return tally.summary();
}

/** One track: a person from coming into view to leaving it. */
export interface PersonSummary {
  readonly track: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly summary: ExpressionSummary;
}

interface Presence {
  readonly tally: ExpressionTally;
  readonly firstMs: number;
  lastMs: number;
}

/** Sums up everybody who was seen, each on their own, from observations in order of time. */
export class PeopleTally {
  readonly #people = new Map<number, Presence>();

  add(face: StoredFace): void {
    const { track, timestampMs } = face;
    let presence = this.#people.get(track);
    if (!presence) {
      presence = { tally: new ExpressionTally(), firstMs: timestampMs, lastMs: timestampMs };
      this.#people.set(track, presence);
    }
    presence.lastMs = timestampMs;
    presence.tally.add(face);
  }

  /** In the order in which they were first seen. */
  summaries(): PersonSummary[] {
    return Array.from(this.#people, ([track, { tally, firstMs, lastMs }]) => ({ track, firstMs, lastMs, summary: tally.summary() }));
  }
}
