import type { MienError } from '../engine/errors';
import { Store } from '../engine/store';
import type { FrameResult, LeftOutReason, ModelIdentity } from '../engine/types';
import type { Baseline } from './baseline';
import type { ObservationStore } from './observation-store';
import type { LiveSetup } from './reading-account';
import { Recording } from './recording';
import type { SessionArchive } from './session-archive';
import type { Marker, SessionInfo } from './session-info';
import { SessionWriter } from './session-writer';

/** Between two writes, ms. */
const WRITE_MS = 500;

export interface FinishedRecording {
  readonly info: SessionInfo;
  /** Whether it is on disk; where it is not, only `store` has it. */
  readonly saved: boolean;
  readonly store: ObservationStore;
}

export interface RecorderStatus {
  readonly phase: 'idle' | 'recording' | 'stopping';
  /** Id of the session being recorded; null if none. */
  readonly id: string | null;
  /** When it began, on the page's clock, ms. */
  readonly startedMs: number | null;
  readonly markers: readonly Marker[];
  /** Why it cannot be written to disk at present. Memory has all of it, and writing is retried. */
  readonly trouble: MienError | null;
  /** The last one, until it is dismissed or the next one begins. */
  readonly finished: FinishedRecording | null;
}

const IDLE: RecorderStatus = { phase: 'idle', id: null, startedMs: null, markers: [], trouble: null, finished: null };

/** Records a live view in memory and, half a second later, on disk. One session at a time. */
export class SessionRecorder {
  readonly #archive: () => Promise<SessionArchive>;
  readonly #status = new Store<RecorderStatus>(IDLE);
  /** Under way, or ended and not on disk. */
  #current: { readonly recording: Recording; readonly writer: SessionWriter } | null = null;

  /** @param archive asked for again at every write until there is one. */
  constructor(archive: () => Promise<SessionArchive>) {
    this.#archive = archive;
  }

  get subscribe() {
    return this.#status.subscribe;
  }

  get getSnapshot() {
    return this.#status.getSnapshot;
  }

  /** Begins a session, unless one is under way or waits to be saved. */
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

  /** A frame that was analysed, on the page's clock. */
  add(result: FrameResult): void {
    this.#live()?.recording.add(result);
  }

  /** Frames, in order and on the page's clock, that could not be analysed or were not there. */
  leaveOut(framesMs: readonly number[], reason: LeftOutReason): void {
    this.#live()?.recording.leaveOut(framesMs, reason);
  }

  /** Marks this moment; null where nothing is being recorded. */
  mark(): Marker | null {
    const marker = this.#live()?.recording.mark() ?? null;
    this.#markersChanged();
    return marker;
  }

  /** Writes a note to a marker of the session that is being recorded. */
  note(atMs: number, note: string): void {
    this.#live()?.recording.note(atMs, note);
    this.#markersChanged();
  }

  /** Says how the face of a track reads at rest; nothing where nothing is being recorded. */
  setNeutral(track: number, baseline: Baseline): void {
    const live = this.#live();
    if (live?.recording.setNeutral(track, baseline)) live.writer.writeSoon();
  }

  /** Says which camera is read now; nothing where nothing is being recorded. @param label '' if unknown. */
  setCamera(label: string): void {
    const live = this.#live();
    if (live?.recording.addCamera(label)) live.writer.writeSoon();
  }

  /** Flushes to disk, as when the page may be closed. */
  flush(): void {
    this.#live()?.writer.flush();
  }

  /** Ends the session. Resolves once it is on disk or cannot be; null where none was being recorded. */
  async stop(): Promise<FinishedRecording | null> {
    const live = this.#live();
    if (!live) return null;
    const { recording } = live;
    // Who is told still adds what it has not told yet.
    this.#status.update({ phase: 'stopping' });
    recording.end();
    return this.#finish({ info: recording.info(), store: recording.store, saved: false });
  }

  /** Tries once more to write a session that has ended and is in memory only. */
  async save(): Promise<void> {
    const { finished } = this.getSnapshot();
    if (finished && !finished.saved) await this.#finish(finished);
  }

  /** Drops the last session. A session in memory only is lost, with the part of it that is on disk. */
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
    // Dismissed meanwhile.
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
