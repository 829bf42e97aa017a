import type { Size } from '../engine/geometry';
import { fittedInto } from '../engine/result-size';
import type { FrameResult, LeftOutReason, ModelIdentity } from '../engine/types';
import type { Baseline } from './baseline';
import { ObservationStore } from './observation-store';
import { NO_EDITS, type PeopleEdits } from './people-edits';
import { ReadingTally, type LiveSetup, type ReadingAccount } from './reading-account';
import { LONGEST_LIVE_MS } from './series-clock';
import type { Marker, SessionInfo } from './session-info';

/** Four hours of two faces at 30 frames a second, 110 MB: of more, the newest stays in memory, and all on disk. */
const CAPACITY = 864_000;

/** One session while it grows. Times that go in are on the page's clock (`performance.now()`). */
export class Recording {
  readonly id = crypto.randomUUID();
  readonly startedMs = performance.now();
  readonly store = new ObservationStore(CAPACITY, LONGEST_LIVE_MS);
  readonly #startedAtMs = Date.now();
  readonly #name: string;
  readonly #model: ModelIdentity;
  readonly #setup: Omit<LiveSetup, 'camera'>;
  readonly #cameras = new Set<string>();
  readonly #tally = new ReadingTally();
  #markers: readonly Marker[] = [];
  #people: PeopleEdits = NO_EDITS;
  #endedMs: number | null = null;
  #frame: Size | null = null;

  constructor(name: string, model: ModelIdentity, { camera, ...setup }: LiveSetup) {
    this.#name = name;
    this.#model = model;
    this.#setup = setup;
    this.addCamera(camera);
  }

  /** In order of time. */
  get markers(): readonly Marker[] {
    return this.#markers;
  }

  get ended(): boolean {
    return this.#endedMs !== null;
  }

  info(): SessionInfo {
    const { framesRead: frames, framesLeftOut: skippedFrames, framesWithFaces } = this.store.getSnapshot();
    const durationMs = (this.#endedMs ?? performance.now()) - this.startedMs;
    return {
      id: this.id,
      kind: 'webcam',
      name: this.#name,
      startedAtMs: this.#startedAtMs,
      durationMs,
      frame: this.#frame,
      model: this.#model,
      reading: this.#account(durationMs),
      frames,
      framesWithFaces,
      skippedFrames,
      markers: this.#markers,
      people: this.#people,
      state: this.ended ? 'complete' : 'open',
    };
  }

  /** A frame that was analysed; one from before the start is left out. */
  add(result: FrameResult): void {
    if (result.timestampMs < this.startedMs) return;
    // A phone that is turned changes the size of its frames: boxes stay in the pixels of the first.
    this.#frame ??= result.frame;
    this.#tally.addRead();
    // The row of a gap is told of at the very moment; a frame that ends the gap may have been shown some ms before.
    const timestampMs = Math.max(result.timestampMs - this.startedMs, this.store.getSnapshot().newestMs ?? 0);
    this.store.append({ ...fittedInto(this.#frame, result), timestampMs });
  }

  /** Frames, in order, that could not be analysed or were not there; those from before the start do not count. */
  leaveOut(framesMs: readonly number[], reason: LeftOutReason): void {
    // A frame that was sent before the newest result may fail after it.
    const newestMs = this.store.getSnapshot().newestMs ?? 0;
    const timesMs = framesMs.filter((ms) => ms >= this.startedMs).map((ms) => Math.max(ms - this.startedMs, newestMs));
    this.#tally.addLeftOut(reason, timesMs.length);
    this.store.appendGap(timesMs, reason);
  }

  /** Every frame that was tried is asked for: a camera has no other rate than what the device can read. */
  #account(durationMs: number): ReadingAccount {
    const file = { bytes: null, container: null, codec: null, brokenOffAtMs: null };
    const source = { ...{ name: [...this.#cameras].join(', '), ...file, durationMs, startMs: 0 }, width: this.#frame?.width ?? null, height: this.#frame?.height ?? null };
    return this.#tally.account({ ...this.#setup, source, partMs: [0, durationMs], rateAsked: 'every', startedAtMs: this.#startedAtMs }, 'complete');
  }

  /**
   * Another camera takes the place of the one that was read.
   *
   * @param label '' if unknown.
   * @returns whether it is new.
   */
  addCamera(label: string): boolean {
    const isNew = label !== '' && !this.#cameras.has(label);
    if (isNew) this.#cameras.add(label);
    return isNew;
  }

  /** Marks this moment. */
  mark(): Marker {
    const marker = { atMs: performance.now() - this.startedMs, note: '' };
    this.#markers = [...this.#markers, marker];
    return marker;
  }

  /** Writes a note to the marker at that time. */
  note(atMs: number, note: string): void {
    this.#markers = this.#markers.map((marker) => (marker.atMs === atMs ? { atMs, note } : marker));
  }

  /**
   * Says how the face of a track reads at rest, which was measured live: maybe before the start.
   *
   * @returns whether that is new.
   */
  setNeutral(person: number, { probabilities, readings }: Baseline): boolean {
    const isKnown = this.#people.some((edit) => edit.kind === 'neutral' && edit.person === person && edit.probabilities === probabilities);
    if (!isKnown) this.#people = [...this.#people, { kind: 'neutral', person, fromMs: null, toMs: null, probabilities, readings }];
    return !isKnown;
  }

  end(): void {
    this.#endedMs = performance.now();
    this.store.end(null);
  }
}
