import type { Appearance } from '../../engine/appearance';
import { EXPRESSIONS } from '../../engine/labels';
import { Store } from '../../engine/store';
import type { FaceObservation, FrameResult } from '../../engine/types';
import { BaselineTally, relativeFace, type Baseline, type ShownFace } from '../../session/baseline';
import { looksAlike } from '../../session/look-alikes';

/** Duration of the measurement, ms. */
export const NEUTRAL_MS = 5000;

export type NeutralState =
  /** `hasFailed`: the face was not seen enough. */
  | { readonly phase: 'off'; readonly hasFailed: boolean }
  /** `share` of the time elapsed, 0–1. */
  | { readonly phase: 'measuring'; readonly track: number; readonly share: number }
  | { readonly phase: 'on'; readonly track: number; readonly baseline: Baseline };

/** Baseline of a person in the live view; see `relativeTo`. It is lost when the page closes. */
export class MyNeutral {
  readonly #state = new Store<NeutralState>({ phase: 'off', hasFailed: false });
  #tally = new BaselineTally();
  #startedMs = 0;
  /** The person's appearance, to recognise them under another track id. */
  #look: Appearance | null = null;

  get subscribe() {
    return this.#state.subscribe;
  }

  get getSnapshot() {
    return this.#state.getSnapshot;
  }

  /** Starts measuring a track. */
  start(track: number, nowMs: number): void {
    this.#tally = new BaselineTally();
    this.#startedMs = nowMs;
    this.#look = null;
    this.#state.set({ phase: 'measuring', track, share: 0 });
  }

  /** Shows a person relative to a baseline measured elsewhere. `look` recognises them under another track id. */
  adopt(track: number, baseline: Baseline, look: Appearance | null): void {
    this.#look = look;
    this.#state.set({ phase: 'on', track, baseline });
  }

  /** Cancels measuring, or shows everyone as read. */
  stop(): void {
    this.#state.set({ phase: 'off', hasFailed: false });
  }

  /** Called when the camera goes off: cancels a running measurement, but keeps a baseline. */
  rest(): void {
    if (this.getSnapshot().phase === 'measuring') this.stop();
  }

  /** Takes a frame's result, in order of time. */
  take({ faces, timestampMs }: FrameResult): void {
    const state = this.getSnapshot();
    if (state.phase === 'off') return;
    const face = faces.find(({ track }) => track === state.track) ?? this.#returned(faces);
    const track = face?.track ?? state.track;
    if (track !== state.track) this.#state.set({ ...state, track });
    this.#look = face?.appearance ?? this.#look;
    if (state.phase === 'measuring') this.#measure(face ?? null, timestampMs);
  }

  /** The face as displayed. */
  shown(face: FaceObservation): ShownFace {
    const baseline = this.baselineOf(face.track);
    return baseline ? relativeFace(face, baseline) : face;
  }

  /** Null if the track's face is shown as read. */
  baselineOf(track: number | null): Baseline | null {
    const state = this.getSnapshot();
    return state.phase === 'on' && state.track === track ? state.baseline : null;
  }

  /** The person's face under a new track id after an absence; undefined if two faces match. */
  #returned(faces: readonly FaceObservation[]): FaceObservation | undefined {
    const alike = faces.filter(({ appearance }) => looksAlike(this.#look, appearance));
    return alike.length === 1 ? alike[0] : undefined;
  }

  #measure(face: FaceObservation | null, timestampMs: number): void {
    if (timestampMs < this.#startedMs) return;
    if (face?.status === 'classified') this.#tally.add(EXPRESSIONS.map((e) => face.raw[e]));
    const state = this.getSnapshot();
    if (state.phase !== 'measuring') return;
    const share = Math.min(1, (timestampMs - this.#startedMs) / NEUTRAL_MS);
    if (share < 1) {
      this.#state.set({ ...state, share });
      return;
    }
    const baseline = this.#tally.baseline();
    this.#state.set(baseline ? { phase: 'on', track: state.track, baseline } : { phase: 'off', hasFailed: true });
  }
}
