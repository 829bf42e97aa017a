import { Changeover } from './face-detector/changeover';
import { FaceTracker } from './face-tracker';
import { QualityMemory } from './quality-memory';
import { TemporalSmoother } from './temporal-smoother';

/** What is remembered from frame to frame of one camera or clip. Each has its own, so that none inherits another's faces. */
export class LiveStream {
  readonly tracker = new FaceTracker();
  readonly changeover = new Changeover();
  readonly quality = new QualityMemory();
  readonly smoother: TemporalSmoother;

  /** @param smoothingMs Time constant of the smoothing, ms; 0: none. */
  constructor(smoothingMs: number) {
    this.smoother = new TemporalSmoother({ timeConstantMs: smoothingMs });
  }
}

/** The streams that are under way, by name. */
export class LiveStreams {
  readonly #streams = new Map<string, LiveStream>();
  #smoothingMs: number;

  constructor(smoothingMs: number) {
    this.#smoothingMs = smoothingMs;
  }

  /** The stream of this name; one that is new, or was dropped, starts with nothing remembered. */
  get(name: string): LiveStream {
    let stream = this.#streams.get(name);
    if (!stream) {
      stream = new LiveStream(this.#smoothingMs);
      this.#streams.set(name, stream);
    }
    return stream;
  }

  /** Frees what is remembered of a stream; its track numbers start at 1 again. */
  drop(name: string): void {
    this.#streams.delete(name);
  }

  /** Of all streams, those under way included. */
  set smoothingMs(value: number) {
    this.#smoothingMs = value;
    for (const { smoother } of this.#streams.values()) smoother.timeConstantMs = value;
  }

  get size(): number {
    return this.#streams.size;
  }
}
