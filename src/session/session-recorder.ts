import { MienError } from '../engine/errors';
import { Store } from '../engine/store';
import type { FrameResult, LeftOutReason, ModelIdentity } from '../engine/types';
import type { ObservationStore } from './observation-store';
import type { LiveSetup } from './reading-account';
import { Recording } from './recording';
import type { SessionArchive } from './session-archive';
import type { Marker, SessionInfo } from './session-info';

/** A crash loses no more than this and the time of a write, ms. */
const JOURNAL_MS = 500;
/** After a write that failed, ms. */
const RETRY_MS = 3000;

export interface FinishedRecording {
  readonly info: SessionInfo;
  /** Whether it is on disk; where it is not, only `store` has it. */
  readonly saved: boolean;
  readonly store: ObservationStore;
}

export interface RecorderStatus {
  readonly phase: 'idle' | 'recording' | 'stopping';
  /** Of the session that is being recorded; null in between. */
  readonly id: string | null;
  /** When it began, on the page's clock, ms. */
  readonly startedMs: number | null;
  readonly markers: readonly Marker[];
  /** Why it cannot be written to disk at the moment. In memory nothing is missing, and writing is tried again. */
  readonly trouble: MienError | null;
  /** The last one, until it is dismissed or the next one begins. */
  readonly finished: FinishedRecording | null;
}

const IDLE: RecorderStatus = { phase: 'idle', id: null, startedMs: null, markers: [], trouble: null, finished: null };

/** Records what a live view shows, in memory and, half a second later, on disk. One session at a time. */
export class SessionRecorder {
  readonly #archive: () => Promise<SessionArchive>;
  readonly #status = new Store<RecorderStatus>(IDLE);
  /** Being recorded, or ended and not on disk. */
  #recording: Recording | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #triedMs = -Infinity;

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
    if (this.#recording) return;
    const recording = new Recording(name, model, setup, this.#archive);
    this.#recording = recording;
    this.#status.set({ ...IDLE, phase: 'recording', id: recording.id, startedMs: recording.startedMs });
    this.#writeSoon();
  }

  /** A frame that was analysed, on the page's clock. */
  add(result: FrameResult): void {
    this.#live()?.add(result);
    this.#writeSoon();
  }

  /** A frame, on the page's clock, that could not be analysed or that the camera did not send. */
  leaveOut(frameMs: number, reason: LeftOutReason): void {
    this.#live()?.leaveOut(frameMs, reason);
    this.#writeSoon();
  }

  /** Marks this moment; null where nothing is being recorded. */
  mark(): Marker | null {
    const marker = this.#live()?.mark() ?? null;
    this.#markersChanged();
    return marker;
  }

  /** Writes a note to a marker of the session that is being recorded. */
  note(atMs: number, note: string): void {
    this.#live()?.note(atMs, note);
    this.#markersChanged();
  }

  /** Writes what is not on disk yet, as when the page may go away. */
  flush(): void {
    if (this.#live()) void this.#write();
  }

  /** Ends the session. Resolves once it is on disk or cannot be; null where none was being recorded. */
  async stop(): Promise<FinishedRecording | null> {
    const recording = this.#live();
    if (!recording) return null;
    recording.end();
    this.#status.set({ ...this.getSnapshot(), phase: 'stopping' });
    const trouble = await this.#write();
    const finished = { info: recording.info(), saved: trouble === null, store: recording.store };
    if (finished.saved) this.#release(recording);
    this.#status.set({ ...IDLE, trouble, finished });
    return finished;
  }

  /** Tries once more to write a session that has ended and is in memory only. */
  async save(): Promise<void> {
    const { finished } = this.getSnapshot();
    const recording = this.#recording;
    if (!recording || !finished) return;
    const trouble = await this.#write();
    if (!trouble) this.#release(recording);
    this.#status.set({ ...IDLE, trouble, finished: { ...finished, saved: !trouble } });
  }

  /** Forgets the last session. One that is in memory only is lost, and what is on disk of it with it. */
  dismiss(): void {
    const { finished } = this.getSnapshot();
    if (!finished) return;
    if (this.#recording) this.#release(this.#recording);
    this.#status.set(IDLE);
    if (!finished.saved) {
      // Where it cannot be deleted now, it is found as an interrupted session later.
      this.#archive().then((archive) => archive.delete([finished.info.id])).catch(() => undefined);
    }
  }

  #live(): Recording | null {
    return this.#recording && !this.#recording.ended ? this.#recording : null;
  }

  #markersChanged(): void {
    const recording = this.#live();
    if (!recording) return;
    this.#status.set({ ...this.getSnapshot(), markers: recording.markers });
    this.#writeSoon();
  }

  #release(recording: Recording): void {
    this.#recording = null;
    void recording.letGo();
  }

  /** By itself when frames come; the timer is for when they stop. Timers of a hidden page may be late. */
  #writeSoon(): void {
    if (!this.#live()) return;
    const waitMs = (this.getSnapshot().trouble ? RETRY_MS : JOURNAL_MS) - (performance.now() - this.#triedMs);
    if (waitMs <= 0) void this.#write();
    else this.#timer ??= setTimeout(() => void this.#write(), waitMs);
  }

  /** @returns why it could not be written; null where it could. */
  async #write(): Promise<MienError | null> {
    const recording = this.#recording;
    if (!recording) return null;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#triedMs = performance.now();
    const trouble = await recording.write().then(
      () => null,
      (error: unknown) => MienError.from(error),
    );
    if (this.#live() === recording) this.#afterWrite(trouble);
    return trouble;
  }

  #afterWrite(trouble: MienError | null): void {
    if (trouble !== this.getSnapshot().trouble) this.#status.set({ ...this.getSnapshot(), trouble });
    // Without new frames, too, it is tried until it works.
    if (trouble) this.#writeSoon();
  }
}
