import { dominant, EXPRESSIONS, toProbabilities, type Expression, type Probabilities } from './labels';

/** Lead (probability) at which another expression replaces the shown one at once … */
const SWITCH_MARGIN = 0.1;
/** … or the number of time constants after which a smaller lead does. */
const SWITCH_AFTER = 1;
/** Time constants without data after which a track restarts (the remaining weight would be under 2 %). */
const FRESH_AFTER = 4;

export interface Smoothed {
  readonly smoothed: Probabilities;
  /** The expression to show: that of `smoothed`, except while another leads by too little for too short a time. */
  readonly label: Expression;
}

interface TrackState {
  smoothed: Probabilities;
  label: Expression;
  timestampMs: number;
  /** Time since which another expression has led; null while the shown one leads. */
  challengedSinceMs: number | null;
}

/**
 * Exponential smoothing of each track's probabilities, with hysteresis on the label.
 *
 * Averages probabilities, not their logarithms: one frame with false certainty (a blink, a blurred frame) moves a mean of
 * probabilities by at most its weight, while in logarithms its near-zeros would veto an expression for many time constants; and
 * the mean of calibrated probabilities still sums to 1. A frame's weight is 1 − exp(−Δt / τ), so the result does not depend on
 * the frame rate.
 */
export class TemporalSmoother {
  #timeConstantMs = 0;
  readonly #states = new Map<number, TrackState>();

  /** @param options.timeConstantMs τ in ms; 0 (or anything that is not a positive number) switches smoothing and hysteresis off. */
  constructor(options: { readonly timeConstantMs: number }) {
    this.timeConstantMs = options.timeConstantMs;
  }

  /** τ in ms, ≥ 0. May change at any time; tracks keep their state. */
  get timeConstantMs(): number {
    return this.#timeConstantMs;
  }

  set timeConstantMs(value: number) {
    this.#timeConstantMs = Number.isFinite(value) ? Math.max(0, value) : 0;
  }

  /**
   * Updates a track with one frame's probabilities.
   *
   * Ignores a timestamp that repeats or goes back a little, and numbers that are not finite; a timestamp that goes back far starts a new
   * clip.
   */
  update(track: number, raw: Probabilities, timestampMs: number): Smoothed {
    const state = this.#states.get(track);
    const elapsedMs = state ? timestampMs - state.timestampMs : Infinity;
    // Also without smoothing: the time constant is 0 then, and every gap too long.
    if (!state || !(Math.abs(elapsedMs) <= FRESH_AFTER * this.#timeConstantMs) || this.#timeConstantMs === 0) {
      return this.#restart(track, raw, timestampMs);
    }
    if (elapsedMs <= 0 || !isFinite(raw)) return pick(state);
    const weight = -Math.expm1(-elapsedMs / this.#timeConstantMs);
    const before = state.smoothed;
    state.smoothed = toProbabilities(EXPRESSIONS.map((e) => before[e] + weight * (raw[e] - before[e])));
    state.timestampMs = timestampMs;
    this.#settleLabel(state);
    return pick(state);
  }

  /** Forgets all other tracks. */
  retain(tracks: Iterable<number>): void {
    const kept = new Set(tracks);
    for (const track of this.#states.keys()) if (!kept.has(track)) this.#states.delete(track);
  }

  reset(): void {
    this.#states.clear();
  }

  #restart(track: number, raw: Probabilities, timestampMs: number): Smoothed {
    const { label } = dominant(raw);
    if (isFinite(raw)) this.#states.set(track, { smoothed: raw, label, timestampMs, challengedSinceMs: null });
    return { smoothed: raw, label };
  }

  #settleLabel(state: TrackState): void {
    const { label, confidence } = dominant(state.smoothed);
    // An equal score is no lead: the shown label stays.
    const lead = confidence - state.smoothed[state.label];
    if (lead <= 0) {
      state.challengedSinceMs = null;
      return;
    }
    state.challengedSinceMs ??= state.timestampMs;
    const ledForMs = state.timestampMs - state.challengedSinceMs;
    if (lead >= SWITCH_MARGIN || ledForMs >= SWITCH_AFTER * this.#timeConstantMs) {
      state.label = label;
      state.challengedSinceMs = null;
    }
  }
}

function isFinite(probabilities: Probabilities): boolean {
  return EXPRESSIONS.every((e) => Number.isFinite(probabilities[e]));
}

function pick({ smoothed, label }: TrackState): Smoothed {
  return { smoothed, label };
}
