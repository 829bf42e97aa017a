import type { Answer } from './expression-model';
import type { HiddenShares } from './covering-network';
import { LiveSearch } from './face-detector/live-search';
import { ThoroughSearch } from './face-detector/thorough-search';
import { FaceTracker, type FrameContext, type TrackedFace } from './face-tracker';
import { FrameSurface } from './frame-surface';
import type { Size } from './geometry';
import { QualityHysteresis } from './quality-hysteresis';
import { RecentAnswers } from './recent-answers';
import { boxFittedInto } from './result-size';
import { SceneChange, type Transition } from './scene-change';
import { TemporalSmoother } from './temporal-smoother';
import type { FaceDetection, Search, StreamOptions } from './types';

/** A face is asked for its hidden parts so often at most, ms: less than what concerns are averaged over. */
const HIDDEN_MS = 90;

/** How a frame follows the one before within a scene. */
export type TransitionWithin = Exclude<Transition, 'cut'>;

/** State from frame to frame of one camera or clip. Each stream has its own, so that none inherits another's faces. */
export class LiveStream {
  readonly #tracker = new FaceTracker();
  /** Of its first frame. Tracks are in its pixels, so that a stream that changes its size shows the same people. */
  #size: Size | null = null;
  readonly #sceneChange = new SceneChange();
  readonly liveSearch: LiveSearch;
  readonly thoroughSearch = new ThoroughSearch();
  /** What is read of each face, and which of its parts are hidden, which changes seldom; where the stream is searched fast. */
  readonly answers = new RecentAnswers<Answer>({ mostKnown: 2, leastAgeMs: 0 });
  readonly hidden = new RecentAnswers<HiddenShares>({ mostKnown: 1, leastAgeMs: HIDDEN_MS });
  /** Its own, since other streams' frames come in the pauses of a thorough search. */
  readonly surface = new FrameSurface();
  readonly quality = new QualityHysteresis();
  readonly smoother: TemporalSmoother;
  readonly search: Search;
  readonly isLive: boolean;
  /** Whether its smoothing is its own, and not that of `EngineSettings`. */
  readonly hasOwnSmoothing: boolean;

  /** @param smoothingMs Time constant of the smoothing where the stream names none, ms; 0: none. */
  constructor(options: StreamOptions, smoothingMs: number) {
    this.search = options.search;
    this.isLive = options.isLive ?? false;
    this.liveSearch = new LiveSearch(this.isLive);
    this.hasOwnSmoothing = options.smoothingMs !== undefined;
    this.smoother = new TemporalSmoother({ timeConstantMs: options.smoothingMs ?? smoothingMs });
  }

  /**
   * Takes the next frame into account, before its faces are searched. A cut ends all tracks, and with them their
   * smoothing; ids go on counting. Where the scene from before a cut is soon there again, as after a flash, they go on too.
   *
   * @param thumbnail RGBA of the frame at the size of `THUMBNAIL`.
   * @param timestampMs The stream's clock.
   * @returns how the frame follows the one before, for the tracker; after a cut it follows none.
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
   * Tells who the faces of the next frame are.
   *
   * @param frame its size, pixels.
   * @param timestampMs The stream's clock.
   * @returns one for each detection, in their order.
   */
  follow(detections: readonly FaceDetection[], frame: Size, timestampMs: number, context?: FrameContext): TrackedFace[] {
    const size = (this.#size ??= frame);
    const places = detections.map(({ box }) => ({ box: boxFittedInto(size, frame, box) }));
    return this.#tracker.update(places, timestampMs, context);
  }

  /** Drops the state of ended tracks. */
  retainTracks(): void {
    const tracks = this.#tracker.liveTracks;
    for (const memory of [this.smoother, this.quality, this.answers, this.hidden]) memory.retain(tracks);
  }
}

/** The streams that are under way, by name. */
export class LiveStreams {
  readonly #streams = new Map<string, LiveStream>();
  #smoothingMs: number;

  constructor(smoothingMs: number) {
    this.#smoothingMs = smoothingMs;
  }

  /** The stream of this name; one that is new, or was dropped, starts with nothing remembered and keeps these options. */
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

  /** Of all streams that name no smoothing of their own, those under way included. */
  set smoothingMs(value: number) {
    this.#smoothingMs = value;
    for (const { smoother, hasOwnSmoothing } of this.#streams.values()) if (!hasOwnSmoothing) smoother.timeConstantMs = value;
  }

  get size(): number {
    return this.#streams.size;
  }
}
