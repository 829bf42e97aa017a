import type { ComputedAnswer } from './expression-model';
import type { HiddenShares } from './covering-network';
import { LiveSearch } from './face-detector/live-search';
import { ThoroughSearch } from './face-detector/thorough-search';
import { FaceTracker, type FrameContext, type TrackedFace } from './face-tracker';
import { FrameSurface } from './frame-surface';
import type { Size } from './geometry';
import type { Sensitivity } from './mixing';
import { QualityHysteresis } from './quality-hysteresis';
import { RecentAnswers } from './recent-answers';
import { boxFittedInto } from './result-size';
import { SceneChange, type Transition } from './scene-change';
import { TemporalSmoother } from './temporal-smoother';
import type { FaceDetection, Search, StreamOptions } from './types';

/** Minimum interval between checks of a face for hidden parts, ms: less than the averaging time of concerns. */
const HIDDEN_MS = 90;

/** Relation of a frame to the one before within a scene. */
export type TransitionWithin = Exclude<Transition, 'cut'>;

/** State between frames of one camera or clip. Each stream has its own, so that it never inherits another's faces. */
export class LiveStream {
  readonly #tracker = new FaceTracker();
  /** Size of its first frame. Tracks are in its pixels, so that they survive a change of size. */
  #size: Size | null = null;
  readonly #sceneChange = new SceneChange();
  readonly liveSearch: LiveSearch;
  readonly thoroughSearch = new ThoroughSearch();
  /** Last answers for each face, and its hidden parts, which change rarely; used if the search is fast. */
  readonly answers = new RecentAnswers<ComputedAnswer>({ mostKnown: 2, leastAgeMs: 0 });
  readonly hidden = new RecentAnswers<HiddenShares>({ mostKnown: 1, leastAgeMs: HIDDEN_MS });
  /** Its own, since other streams' frames are read in the pauses of a thorough search. */
  readonly surface = new FrameSurface();
  /** Track of each held face of a fast search in the last frame. */
  readonly #trackOf = new WeakMap<object, number>();
  readonly quality = new QualityHysteresis();
  readonly smoother: TemporalSmoother;
  readonly search: Search;
  readonly isLive: boolean;
  /** Undefined: that of `EngineSettings`. */
  readonly sensitivity: Sensitivity | undefined;
  /** Whether its smoothing is its own instead of that of `EngineSettings`. */
  readonly hasOwnSmoothing: boolean;

  /** @param smoothingMs default time constant of the smoothing, ms; 0: none. */
  constructor(options: StreamOptions, smoothingMs: number) {
    this.search = options.search;
    this.isLive = options.isLive ?? false;
    this.liveSearch = new LiveSearch(this.isLive);
    this.sensitivity = options.sensitivity;
    this.hasOwnSmoothing = options.smoothingMs !== undefined;
    this.smoother = new TemporalSmoother({ timeConstantMs: options.smoothingMs ?? smoothingMs });
  }

  /**
   * Processes the next frame before its faces are searched. A cut ends all tracks and their smoothing; ids keep counting. If the scene
   * from before a cut returns soon, as after a flash, its tracks resume.
   *
   * @param thumbnail RGBA of the frame at the size of `THUMBNAIL`.
   * @param timestampMs the stream's clock.
   * @returns relation to the previous frame, for the tracker; `continuous` after a cut.
   */
  see(thumbnail: Uint8ClampedArray, timestampMs: number): TransitionWithin {
    const { transition, cutsUndone } = this.#sceneChange.update(thumbnail, timestampMs);
    if (this.search === 'fast') this.liveSearch.see(thumbnail);
    if (transition === 'cut' || transition === 'unlike' || cutsUndone > 0) for (const search of [this.liveSearch, this.thoroughSearch]) search.startOver();
    if (cutsUndone > 0) this.#tracker.undoCuts(cutsUndone, timestampMs);
    if (transition !== 'cut') return transition;
    this.#tracker.endTracks(timestampMs);
    return 'continuous';
  }

  /**
   * Assigns track ids to the faces of the next frame.
   *
   * @param frame its size, pixels.
   * @param timestampMs the stream's clock.
   * @returns one per detection, in their order.
   */
  follow(detections: readonly FaceDetection[], frame: Size, timestampMs: number, context?: FrameContext): TrackedFace[] {
    const size = (this.#size ??= frame);
    const places = detections.map(({ box }) => ({ box: boxFittedInto(size, frame, box) }));
    return this.#tracker.update(places, timestampMs, context);
  }

  /** Track of a held face of the fast search in the frame before; null if it is new. */
  trackOf(held: object): number | null {
    return this.#trackOf.get(held) ?? null;
  }

  /**
   * Remembers the tracks of the fast search's held faces, in the same order.
   *
   * @returns tracks that follow the same face as in the frame before.
   */
  hold(held: readonly object[], tracks: readonly number[]): Set<number> {
    const same = new Set<number>();
    held.forEach((face, i) => {
      const track = tracks[i];
      if (track === undefined) return;
      if (this.#trackOf.get(face) === track) same.add(track);
      this.#trackOf.set(face, track);
    });
    return same;
  }

  /** Drops the state of ended tracks. */
  retainTracks(): void {
    const tracks = this.#tracker.liveTracks;
    for (const memory of [this.smoother, this.quality, this.answers, this.hidden]) memory.retain(tracks);
  }
}

/** Active streams by name. */
export class LiveStreams {
  readonly #streams = new Map<string, LiveStream>();
  #smoothingMs: number;

  constructor(smoothingMs: number) {
    this.#smoothingMs = smoothingMs;
  }

  /** Returns the stream of this name; a new or dropped one starts empty and keeps these options. */
  get(options: StreamOptions): LiveStream {
    let stream = this.#streams.get(options.name);
    if (!stream) {
      stream = new LiveStream(options, this.#smoothingMs);
      this.#streams.set(options.name, stream);
    }
    return stream;
  }

  /** Frees a stream's state; its track numbers start at 1 again. */
  drop(name: string): void {
    this.#streams.delete(name);
  }

  /** Sets the smoothing of all streams without their own, including active ones. */
  set smoothingMs(value: number) {
    this.#smoothingMs = value;
    for (const { smoother, hasOwnSmoothing } of this.#streams.values()) if (!hasOwnSmoothing) smoother.timeConstantMs = value;
  }

  get size(): number {
    return this.#streams.size;
  }
}
