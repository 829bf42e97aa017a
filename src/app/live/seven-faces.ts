import type { Appearance } from '../../engine/appearance';
import type { Size } from '../../engine/geometry';
import { dominant, EXPRESSIONS, type Expression } from '../../engine/labels';
import { Store } from '../../engine/store';
import type { ClassifiedFace, FaceObservation, FrameResult } from '../../engine/types';
import { BaselineTally, type Baseline } from '../../session/baseline';
import { focusedTrack } from './face-focus';

/** Neutral first, since a face that has not played yet rests best; then from the easy ones to the hard ones. */
export const ASKED: readonly Expression[] = ['neutral', 'happy', 'surprise', 'sad', 'angry', 'disgust', 'fear'];

/** How long a face is watched for each expression, ms. */
export const ROUND_MS = 4000;
/** The beginning of the neutral round, in which a face comes to rest: not part of the baseline. */
const SETTLING_MS = 1000;
/** A longer pause between two frames counts as this: the camera was away, or the tab. */
const LONGEST_STEP_MS = 500;

/** The best moment of a round. */
export interface Moment<Picture> {
  /** Of the expression that was asked, as read of this frame alone, 0–1. */
  readonly share: number;
  /** Something about the picture made it hard to read. */
  readonly unclear: boolean;
  /** What was read with more than `share`, if anything. */
  readonly stronger: { readonly expression: Expression; readonly share: number } | null;
  readonly picture: Picture | null;
}

export interface Round<Picture> {
  readonly asked: Expression;
  /** Null: skipped, or no face was read. */
  readonly best: Moment<Picture> | null;
}

type PictureOf<Picture> = (face: FaceObservation, frame: Size) => Picture | null;

/** How the player's face reads at rest. */
export interface PlayersNeutral {
  readonly track: number;
  readonly baseline: Baseline;
  readonly look: Appearance | null;
}

export interface Playing<Picture> {
  readonly phase: 'playing';
  readonly asked: Expression;
  /** Rounds that are over. */
  readonly done: readonly Round<Picture>[];
  /** What is left of this round, ms; it stands still while there is no face to watch. */
  readonly leftMs: number;
  readonly best: Moment<Picture> | null;
  /** In the newest frame; null if there is none. */
  readonly face: FaceObservation | null;
  /** Faces in the newest frame that could play: the largest one does. */
  readonly faces: number;
}

export type GameState<Picture> =
  | { readonly phase: 'off' }
  | Playing<Picture>
  /** `neutral`: null if the face was seen too little while it rested. */
  | { readonly phase: 'over'; readonly rounds: readonly Round<Picture>[]; readonly neutral: PlayersNeutral | null };

/**
 * A game: seven expressions are asked for, one after the other, and the best moment of each is kept. Frames drive its clock, so that
 * it waits while the player cannot be seen.
 */
export class SevenFaces<Picture> {
  readonly #state = new Store<GameState<Picture>>({ phase: 'off' });
  readonly #pictureOf: PictureOf<Picture>;
  #tally = new BaselineTally();
  #track: number | null = null;
  #resting: Omit<PlayersNeutral, 'baseline'> | null = null;
  #frameMs: number | null = null;

  /** @param pictureOf takes a face's picture from the frame that is being read. */
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

  /** Ends the game early. What was read until now is kept, if anything. */
  stop(): void {
    const state = this.getSnapshot();
    if (state.phase !== 'playing') return;
    const { done, asked, best } = state;
    const rest = ASKED.slice(done.length + 1).map((expression) => ({ asked: expression, best: null }));
    const rounds = [...done, { asked, best }, ...rest];
    if (rounds.some((round) => round.best)) this.#end(rounds);
    else this.discard();
  }

  /** Forgets the game. */
  discard(): void {
    this.#state.set({ phase: 'off' });
  }

  /** Goes on to the next expression; what was read of this one until now counts. */
  skip(): void {
    const state = this.getSnapshot();
    if (state.phase === 'playing') this.#next(state);
  }

  /** No frame comes for a while: no face is in view. */
  rest(): void {
    const state = this.getSnapshot();
    if (state.phase === 'playing') this.#state.set({ ...state, face: null, faces: 0 });
  }

  /** A frame as it was read, in order of time. */
  take({ frame, faces, timestampMs }: FrameResult): void {
    const state = this.getSnapshot();
    if (state.phase !== 'playing') return;
    const stepMs = this.#frameMs === null ? 0 : Math.min(LONGEST_STEP_MS, Math.max(0, timestampMs - this.#frameMs));
    this.#frameMs = timestampMs;
    // Somebody who is cut off by the edge does not stand in the player's way.
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
    // The frame that was under way as the game began is not held: the next one that is, and reads as clearly, takes its place.
    if (!isBetter && (best.picture !== null || (unclear && !best.unclear))) return best;
    const picture = this.#pictureOf(face, frame);
    if (!isBetter && picture === null) return best;
    const { label, confidence } = dominant(face.raw);
    return { share, unclear, stronger: label === asked ? null : { expression: label, share: confidence }, picture };
  }

  #rest(face: ClassifiedFace, leftMs: number): void {
    if (face.track === null || face.concerns.length > 0 || leftMs > ROUND_MS - SETTLING_MS) return;
    // Somebody else came to the front.
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
