import { MienError } from '../engine/errors';
import { Store } from '../engine/store';
import { SerialQueue } from '../engine/serial-queue';
import type { ObservationStore } from './observation-store';
import type { SessionArchive } from './session-archive';
import type { SessionInfo } from './session-info';
import { holdSession } from './session-locks';

/** Delay after a failed write, ms. */
const RETRY_MS = 3000;

export interface SessionWriterOptions {
  readonly id: string;
  readonly store: ObservationStore;
  /** The current session; null while there is nothing to store. */
  readonly info: () => SessionInfo | null;
  /** Called again at every write until it resolves. */
  readonly archive: () => Promise<SessionArchive>;
  /** Interval between two writes, ms: a crash loses at most this plus the duration of a write. */
  readonly everyMs: number;
}

/** `empty`: there was nothing to store. `failed`: only memory has everything. */
export type SaveOutcome = { readonly how: 'saved' | 'empty' } | { readonly how: 'failed'; readonly error: MienError };

/**
 * Writes a growing session to disk, only the new part, one write at a time. Holds the session's lock until it is saved or released, so that no other
 * tab considers it interrupted.
 */
export class SessionWriter {
  readonly #options: SessionWriterOptions;
  readonly #held: Promise<() => void>;
  readonly #writes = new SerialQueue();
  readonly #trouble = new Store<MienError | null>(null);
  readonly #leaveStore: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #triedMs = -Infinity;
  /** True if data arrived after the last write started. */
  #isBehind = false;
  #isEnding = false;
  #isCreated = false;
  #framesWritten = 0;

  constructor(options: SessionWriterOptions) {
    this.#options = options;
    this.#held = holdSession(options.id);
    options.store.keepFrom(0);
    this.#leaveStore = options.store.subscribe(() => this.writeSoon());
  }

  get subscribe() {
    return this.#trouble.subscribe;
  }

  /** Error of the last write; null if it succeeded. Nothing is lost: the next write includes everything missing. */
  get getSnapshot() {
    return this.#trouble.getSnapshot;
  }

  /** Writes as soon as the interval between two writes allows. New frames call this; the timer covers the time after the last frame. */
  writeSoon(): void {
    if (this.#isEnding) return;
    this.#isBehind = true;
    // Another write follows the current one.
    if (!this.#writes.isIdle) return;
    const waitMs = (this.getSnapshot() ? RETRY_MS : this.#options.everyMs) - (performance.now() - this.#triedMs);
    // Timers of a hidden page are late, so do not wait for them.
    if (waitMs <= 0) void this.#write();
    else this.#timer ??= setTimeout(() => void this.#write(), waitMs);
  }

  /** Writes at once, in case the page is about to close. */
  flush(): void {
    if (!this.#isEnding) void this.#write();
  }

  /** Writes the rest and marks the session complete. Call again after a failure. */
  async finish(): Promise<SaveOutcome> {
    this.#end();
    const error = await this.#write();
    if (error) return { how: 'failed', error };
    await this.release();
    return { how: this.#isCreated ? 'saved' : 'empty' };
  }

  /** Stops writing after the current write. Other tabs may then change or delete the session. */
  async release(): Promise<void> {
    this.#end();
    await this.#writes.settled();
    (await this.#held)();
  }

  #end(): void {
    this.#isEnding = true;
    this.#leaveStore();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #write(): Promise<MienError | null> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#triedMs = performance.now();
    const trouble = await this.#writes.add(() => this.#writeNew()).then(
      () => null,
      (error: unknown) => MienError.from(error),
    );
    if (trouble !== this.getSnapshot()) this.#trouble.set(trouble);
    if (this.#isBehind || trouble) this.writeSoon();
    return trouble;
  }

  async #writeNew(): Promise<void> {
    const { store } = this.#options;
    this.#isBehind = false;
    await this.#held;
    const archive = await this.#options.archive();
    const first = this.#options.info();
    if (!first) return;
    if (!this.#isCreated) {
      await archive.create({ ...first, state: 'open' });
      this.#isCreated = true;
    }
    const info = { ...(this.#options.info() ?? first), state: this.#isEnding ? ('complete' as const) : ('open' as const) };
    const { frames } = store.getSnapshot();
    try {
      await archive.append(info.id, store.columnsFrom(this.#framesWritten), info, store.looks);
    } catch (error) {
      // Deleted while it was being recorded: the next write creates it again in full.
      if (MienError.from(error).is('storage', 'missing')) {
        this.#isCreated = false;
        this.#wrote(0);
      }
      throw error;
    }
    this.#wrote(frames);
  }

  /** From now on, memory may drop these. */
  #wrote(frames: number): void {
    this.#framesWritten = frames;
    this.#options.store.keepFrom(frames);
  }
}
