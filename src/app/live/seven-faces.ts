import type { Appearance } from '../../engine/appearance';
import type { Size } from '../../engine/geometry';
import { dominant, EXPRESSIONS, type Expression } from '../../engine/labels';
import { Store } from '../../engine/store';
import type { ClassifiedFace, FaceObservation, FrameResult } from '../../engine/types';
import { BaselineTally, type Baseline } from '../../session/baseline';
import { focusedTrack } from './face-focus';

/** Neutral first, as a face rests best before playing; then from easy to hard. */
export const ASKED: readonly Expression[] = ['neutral', 'happy', 'surprise', 'sad', 'angry', 'disgust', 'fear'];

/** Duration of each round, ms. */
export const ROUND_MS = 4000;
/** Start of the neutral round, in which the face relaxes; excluded from the baseline. */
const SETTLING_MS = 1000;
/** Limit of the time credited per frame: after a longer pause, the camera or the tab was away. */
const LONGEST_STEP_MS = 500;

/** The best moment of a round. */
export interface Moment<Picture> {
  /** Probability of the requested expression in this frame alone, 0–1. */
  readonly share: number;
  /** The face had concerns that make it hard to read. */
  readonly unclear: boolean;
  /** An expression with a larger probability than `share`; null if none. */
  readonly stronger: { readonly expression: Expression; readonly share: number } | null;
  readonly picture: Picture | null;
}

export interface Round<Picture> {
  readonly asked: Expression;
  /** Null if skipped, or no face was read. */
  readonly best: Moment<Picture> | null;
}

type PictureOf<Picture> = (face: FaceObservation, frame: Size) => Picture | null;

/** Baseline of the player's face. */
export interface PlayersNeutral {
  readonly track: number;
  readonly baseline: Baseline;
  readonly look: Appearance | null;
}

export interface Playing<Picture> {
  readonly phase: 'playing';
  readonly asked: Expression;
  /** Completed rounds. */
  readonly done: readonly Round<Picture>[];
  /** Remaining time of this round, ms; paused while no face is in view. */
  readonly leftMs: number;
  readonly best: Moment<Picture> | null;
  /** The player's face in the newest frame; null if there is none. */
  readonly face: FaceObservation | null;
  /** Number of faces in the newest frame that could play; the largest one does. */
  readonly faces: number;
}

export type GameState<Picture> =
  | { readonly phase: 'off' }
  | Playing<Picture>
  /** `neutral`: null if the resting face was not seen enough. */
  | { readonly phase: 'over'; readonly rounds: readonly Round<Picture>[]; readonly neutral: PlayersNeutral | null };

/**
 * A game that asks for the seven expressions in turn and keeps the best moment of each. Frames drive its clock, so it
 * waits while the player is out of view.
 */
export class SevenFaces<Picture> {
  readonly #state = new Store<GameState<Picture>>({ phase: 'off' });
  readonly #pictureOf: PictureOf<Picture>;
  #tally = new BaselineTally();
  #track: number | null = null;
  #resting: Omit<PlayersNeutral, 'baseline'> | null = null;
  #frameMs: number | null = null;

  /** @param pictureOf crops a face from the frame being read. */
  constructor(pictureOf: PictureOf<Picture>) {
    this.#pictureOf = pictureOf;
  }

  get subscribe() {
    return this.#state.subscribe;
  }

  get getSnapshot() {
    return this.#state.getSnapshot;
  }

  start(): void {
    this.#tally = new BaselineTally();
    this.#track = null;
    this.#resting = null;
    this.#frameMs = null;
    this.#begin([]);
  }

  /** Ends the game early, keeping what was read until now, if anything. */
  stop(): void {
    const state = this.getSnapshot();
    if (state.phase !== 'playing') return;
    const { done, asked, best } = state;
    const rest = ASKED.slice(done.length + 1).map((expression) => ({ asked: expression, best: null }));
    const rounds = [...done, { asked, best }, ...rest];
    if (rounds.some((round) => round.best)) this.#end(rounds);
    else this.discard();
  }

  /** Discards the game. */
  discard(): void {
    this.#state.set({ phase: 'off' });
  }

  /** Goes on to the next expression; the reading of this one so far counts. */
  skip(): void {
    const state = this.getSnapshot();
    if (state.phase === 'playing') this.#next(state);
  }

  /** Called when no frames come for a while: no face is in view. */
  rest(): void {
    const state = this.getSnapshot();
    if (state.phase === 'playing') this.#state.set({ ...state, face: null, faces: 0 });
  }

  /** Takes a frame's result, in order of time. */
  take({ frame, faces, timestampMs }: FrameResult): void {
    const state = this.getSnapshot();
    if (state.phase !== 'playing') return;
    const stepMs = this.#frameMs === null ? 0 : Math.min(LONGEST_STEP_MS, Math.max(0, timestampMs - this.#frameMs));
    this.#frameMs = timestampMs;
    // A person cut off by the edge does not block the player.
    const readable = faces.filter(({ status }) => status === 'classified');
    const players = readable.length > 0 ? readable : faces;
    this.#track = focusedTrack(players, null, this.#track);
    const face = players.find(({ track }) => track === this.#track) ?? null;
    if (face?.status !== 'classified') {
      this.#state.set({ ...state, face, faces: players.length });
      return;
    }
    if (state.asked === 'neutral') this.#rest(face, state.leftMs);
    const next = { ...state, face, faces: players.length, best: this.#better(face, frame, state), leftMs: state.leftMs - stepMs };
    if (next.leftMs <= 0) this.#next(next);
    else this.#state.set(next);
  }

  #better(face: ClassifiedFace, frame: Size, { asked, best }: Playing<Picture>): Moment<Picture> | null {
    const share = face.raw[asked];
    const unclear = face.concerns.length > 0;
    const isBetter = !best || (unclear === best.unclear ? share > best.share : !unclear);
    // The frame in flight when the game started was not captured; the next captured one of equal clarity replaces it.
    if (!isBetter && (best.picture !== null || (unclear && !best.unclear))) return best;
    const picture = this.#pictureOf(face, frame);
    if (!isBetter && picture === null) return best;
    const { label, confidence } = dominant(face.raw);
    return { share, unclear, stronger: label === asked ? null : { expression: label, share: confidence }, picture };
  }

  #rest(face: ClassifiedFace, leftMs: number): void {
    if (face.track === null || face.concerns.length > 0 || leftMs > ROUND_MS - SETTLING_MS) return;
    // Another person came to the front.
    if (this.#resting && this.#resting.track !== face.track) this.#tally = new BaselineTally();
    this.#resting = { track: face.track, look: face.appearance };
    this.#tally.add(EXPRESSIONS.map((e) => face.raw[e]));
  }

  #next({ asked, best, done }: Playing<Picture>): void {
    this.#begin([...done, { asked, best }]);
  }

  #begin(done: readonly Round<Picture>[]): void {
    const asked = ASKED[done.length];
    if (asked) {
      const before = this.getSnapshot();
      const { face, faces } = before.phase === 'playing' ? before : { face: null, faces: 0 };
      this.#state.set({ phase: 'playing', asked, done, leftMs: ROUND_MS, best: null, face, faces });
    } else this.#end(done);
  }

  #end(rounds: readonly Round<Picture>[]): void {
    const baseline = this.#tally.baseline();
    this.#state.set({ phase: 'over', rounds, neutral: this.#resting && baseline && { ...this.#resting, baseline } });
  }
}
