import type { MienError } from '../engine/errors';
import { Store } from '../engine/store';
import type { FrameResult, LeftOutReason, ModelIdentity } from '../engine/types';
import type { Baseline } from './baseline';
import type { ObservationStore } from './observation-store';
import type { FrameSetup, LiveSetup } from './reading-account';
import { Recording } from './recording';
import type { SessionArchive } from './session-archive';
import type { Marker, SessionInfo } from './session-info';
import { SessionWriter } from './session-writer';

/** Interval between two writes, ms. */
const WRITE_MS = 500;

/** `other-model`: another model came into use, and a session has one. */
export type StopReason = 'asked' | 'other-model';

export interface FinishedRecording {
  readonly info: SessionInfo;
  /** True if on disk; otherwise, only `store` has it. */
  readonly saved: boolean;
  readonly store: ObservationStore;
  readonly why: StopReason;
}

export interface RecorderStatus {
  readonly phase: 'idle' | 'recording' | 'stopping';
  /** Id of the session being recorded; null if none. */
  readonly id: string | null;
  /** Start time on the page's clock, ms. */
  readonly startedMs: number | null;
  readonly markers: readonly Marker[];
  /** Current reason why it cannot be written to disk. Memory has everything, and writing is retried. */
  readonly trouble: MienError | null;
  /** The last recording, until it is dismissed or the next one starts. */
  readonly finished: FinishedRecording | null;
}

const IDLE: RecorderStatus = { phase: 'idle', id: null, startedMs: null, markers: [], trouble: null, finished: null };

/** Records a live view in memory and, half a second later, on disk. One session at a time. */
export class SessionRecorder {
  readonly #archive: () => Promise<SessionArchive>;
  readonly #status = new Store<RecorderStatus>(IDLE);
  /** Being recorded, or ended and not on disk. */
  #current: { readonly recording: Recording; readonly writer: SessionWriter } | null = null;

  /** @param archive called again at every write until it resolves. */
  constructor(archive: () => Promise<SessionArchive>) {
    this.#archive = archive;
  }

  get subscribe() {
    return this.#status.subscribe;
  }

  get getSnapshot() {
    return this.#status.getSnapshot;
  }

  /** Starts a session, unless one is being recorded or waiting to be saved. */
  start(name: string, model: ModelIdentity, setup: LiveSetup): void {
    if (this.#current) return;
    const recording = new Recording(name, model, setup);
    const { id, store, startedMs } = recording;
    const writer = new SessionWriter({ id, store, info: () => recording.info(), archive: this.#archive, everyMs: WRITE_MS });
    writer.subscribe(() => {
      if (this.#live()?.writer === writer) this.#status.update({ trouble: writer.getSnapshot() });
    });
    this.#current = { recording, writer };
    this.#status.set({ ...IDLE, phase: 'recording', id, startedMs });
    writer.writeSoon();
  }

  /** Adds an analysed frame, on the page's clock, and the settings when it was sent. */
  add(result: FrameResult, setup: FrameSetup): void {
    this.#live()?.recording.add(result, setup);
  }

  /** Adds left-out frames, in order and on the page's clock. */
  leaveOut(framesMs: readonly number[], reason: LeftOutReason): void {
    this.#live()?.recording.leaveOut(framesMs, reason);
  }

  /** Adds a marker at the current time; null if nothing is being recorded. */
  mark(): Marker | null {
    const marker = this.#live()?.recording.mark() ?? null;
    this.#markersChanged();
    return marker;
  }

  /** Sets a marker's note in the session being recorded. */
  note(atMs: number, note: string): void {
    this.#live()?.recording.note(atMs, note);
    this.#markersChanged();
  }

  /** Sets a track's baseline, if a session is being recorded. */
  setNeutral(track: number, baseline: Baseline): void {
    const live = this.#live();
    if (live?.recording.setNeutral(track, baseline)) live.writer.writeSoon();
  }

  /** Sets the current camera, if a session is being recorded. @param label '' if unknown. */
  setCamera(label: string): void {
    const live = this.#live();
    if (live?.recording.addCamera(label)) live.writer.writeSoon();
  }

  /** Flushes to disk, in case the page is about to close. */
  flush(): void {
    this.#live()?.writer.flush();
  }

  /** Ends the session. Resolves when it is on disk or writing has failed; null if none was being recorded. */
  async stop(why: StopReason = 'asked'): Promise<FinishedRecording | null> {
    const live = this.#live();
    if (!live) return null;
    const { recording } = live;
    // Listeners may still add outstanding data.
    this.#status.update({ phase: 'stopping' });
    recording.end();
    return this.#finish({ info: recording.info(), store: recording.store, saved: false, why });
  }

  /** Retries writing an ended session that is only in memory. */
  async save(): Promise<void> {
    const { finished } = this.getSnapshot();
    if (finished && !finished.saved) await this.#finish(finished);
  }

  /** Dismisses the last session. If it is only in memory, it is lost, and the part on disk is deleted. */
  dismiss(): void {
    const { finished } = this.getSnapshot();
    if (!finished) return;
    const unsaved = this.#current;
    this.#current = null;
    this.#status.set(IDLE);
    if (!unsaved) return;
    const remove = async () => {
      await unsaved.writer.release();
      await (await this.#archive()).delete([finished.info.id]);
    };
    // If deleting fails, it shows up as an interrupted session later.
    remove().catch(() => undefined);
  }

  async #finish(finished: FinishedRecording): Promise<FinishedRecording> {
    const current = this.#current;
    const outcome = await current?.writer.finish();
    // Dismissed in the meantime.
    if (this.#current !== current) return finished;
    const trouble = outcome?.how === 'failed' ? outcome.error : null;
    if (!trouble) this.#current = null;
    const result = { ...finished, saved: trouble === null };
    this.#status.set({ ...IDLE, trouble, finished: result });
    return result;
  }

  #live() {
    return this.#current && !this.#current.recording.ended ? this.#current : null;
  }

  #markersChanged(): void {
    const live = this.#live();
    if (!live) return;
    this.#status.update({ markers: live.recording.markers });
    live.writer.writeSoon();
  }
}
