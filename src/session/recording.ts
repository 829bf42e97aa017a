import type { Size } from '../engine/geometry';
import { fittedInto } from '../engine/result-size';
import type { FrameResult, LeftOutReason, ModelIdentity } from '../engine/types';
import type { Baseline } from './baseline';
import { ObservationStore } from './observation-store';
import { NO_EDITS, type PeopleEdits } from './people-edits';
import { ReadingTally, UsedSetups, type FrameSetup, type LiveSetup, type ReadingAccount } from './reading-account';
import { LONGEST_LIVE_MS } from './series-clock';
import type { Marker, SessionInfo } from './session-info';

/** Four hours of two faces at 30 frames a second, 110 MB; beyond that, memory keeps the newest, and the disk keeps all. */
const CAPACITY = 864_000;

/** A session being recorded. Input times are on the page's clock (`performance.now()`). */
export class Recording {
  readonly id = crypto.randomUUID();
  readonly startedMs = performance.now();
  readonly store = new ObservationStore(CAPACITY, LONGEST_LIVE_MS);
  readonly #startedAtMs = Date.now();
  readonly #name: string;
  readonly #model: ModelIdentity;
  readonly #setup: Omit<LiveSetup, 'camera'>;
  readonly #cameras = new Set<string>();
  readonly #used = new UsedSetups();
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

  /** Adds an analysed frame and the settings when it was sent; ignores frames from before the start. */
  add(result: FrameResult, setup: FrameSetup): void {
    if (result.timestampMs < this.startedMs) return;
    // A rotated phone changes the frame size; boxes stay in the pixels of the first frame.
    this.#frame ??= result.frame;
    this.#tally.addRead();
    this.#used.add(setup, result.backends);
    // A gap's row has the time of its report; the frame that ends the gap may be some ms older.
    const timestampMs = Math.max(result.timestampMs - this.startedMs, this.store.getSnapshot().newestMs ?? 0);
    this.store.append({ ...fittedInto(this.#frame, result), timestampMs });
  }

  /** Adds left-out frames, in order; ignores those from before the start. */
  leaveOut(framesMs: readonly number[], reason: LeftOutReason): void {
    // A frame sent before the newest result may fail after it.
    const newestMs = this.store.getSnapshot().newestMs ?? 0;
    const timesMs = framesMs.filter((ms) => ms >= this.startedMs).map((ms) => Math.max(ms - this.startedMs, newestMs));
    this.#tally.addLeftOut(reason, timesMs.length);
    this.store.appendGap(timesMs, reason);
  }

  /**
   * Counts every attempted frame as requested: a camera has no rate other than what the device can analyse. Until its end it is
   * `stopped`, as it stays on disk if the tab is killed.
   */
  #account(durationMs: number): ReadingAccount {
    const file = { bytes: null, container: null, codec: null, brokenOffAtMs: null };
    const source = { ...{ name: [...this.#cameras].join(', '), ...file, durationMs, startMs: 0 }, width: this.#frame?.width ?? null, height: this.#frame?.height ?? null };
    return this.#tally.account({ ...this.#used.in(this.#setup), source, partMs: [0, durationMs], rateAsked: 'every', startedAtMs: this.#startedAtMs }, this.ended ? 'complete' : 'stopped');
  }

  /**
   * Records a switch to another camera.
   *
   * @param label '' if unknown.
   * @returns true if it is new.
   */
  addCamera(label: string): boolean {
    const isNew = label !== '' && !this.#cameras.has(label);
    if (isNew) this.#cameras.add(label);
    return isNew;
  }

  /** Adds a marker at the current time. */
  mark(): Marker {
    const marker = { atMs: performance.now() - this.startedMs, note: '' };
    this.#markers = [...this.#markers, marker];
    return marker;
  }

  /** Sets the note of the marker at that time. */
  note(atMs: number, note: string): void {
    this.#markers = this.#markers.map((marker) => (marker.atMs === atMs ? { atMs, note } : marker));
  }

  /**
   * Sets a track's baseline, measured live, possibly before the start.
   *
   * @returns true if it is new.
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
