import { MienError } from '../engine/errors';
import { Store } from '../engine/store';
import { SerialQueue } from '../engine/serial-queue';
import type { ObservationStore } from './observation-store';
import type { SessionArchive } from './session-archive';
import type { SessionInfo } from './session-info';
import { holdSession } from './session-locks';

/** Wait after a write that failed, ms. */
const RETRY_MS = 3000;

export interface SessionWriterOptions {
  readonly id: string;
  readonly store: ObservationStore;
  /** The session as it is now; null while there is nothing to keep. */
  readonly info: () => SessionInfo | null;
  /** Asked again at every write until there is one. */
  readonly archive: () => Promise<SessionArchive>;
  /** Time between two writes, ms: a crash loses no more than this and the time of a write. */
  readonly everyMs: number;
}

/** `empty`: there was nothing to keep. `failed`: only memory has all of it. */
export type SaveOutcome = { readonly how: 'saved' | 'empty' } | { readonly how: 'failed'; readonly error: MienError };

/**
 * Writes a session to disk while it grows, only the new part, one write at a time. The session is held, so that no
 * other tab takes it for an interrupted one, until it is saved or released.
 */
export class SessionWriter {
  readonly #options: SessionWriterOptions;
  readonly #held: Promise<() => void>;
  readonly #writes = new SerialQueue();
  readonly #trouble = new Store<MienError | null>(null);
  readonly #leaveStore: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #triedMs = -Infinity;
  /** Something came after the last write began. */
  #isBehind = false;
  #isEnding = false;
  #isCreated = false;
  #framesWritten = 0;

  constructor(options: SessionWriterOptions) {
    this.#options = options;
    this.#held = holdSession(options.id);
    this.#leaveStore = options.store.subscribe(() => this.writeSoon());
  }

  get subscribe() {
    return this.#trouble.subscribe;
  }

  /** Why the last write failed; null if it did not. Nothing is lost: the next write has all that is missing. */
  get getSnapshot() {
    return this.#trouble.getSnapshot;
  }

  /** Writes as soon as the time between two writes allows. New frames call this; the timer is for when they stop coming. */
  writeSoon(): void {
    if (this.#isEnding) return;
    this.#isBehind = true;
    // Another write follows the one under way.
    if (!this.#writes.isIdle) return;
    const waitMs = (this.getSnapshot() ? RETRY_MS : this.#options.everyMs) - (performance.now() - this.#triedMs);
    // The timers of a hidden page are late, so frames do not wait for them.
    if (waitMs <= 0) void this.#write();
    else this.#timer ??= setTimeout(() => void this.#write(), waitMs);
  }

  /** Writes at once, as when the page may go away. */
  flush(): void {
    if (!this.#isEnding) void this.#write();
  }

  /** Writes the rest and marks the session complete. Call it again after a failure. */
  async finish(): Promise<SaveOutcome> {
    this.#end();
    const error = await this.#write();
    if (error) return { how: 'failed', error };
    await this.release();
    return { how: this.#isCreated ? 'saved' : 'empty' };
  }

  /** Stops writing, after the write under way. Other tabs may then change or delete the session. */
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
      // Deleted while it was recorded: the next write begins it anew, as a whole.
      if (MienError.from(error).is('storage', 'missing')) {
        this.#isCreated = false;
        this.#framesWritten = 0;
      }
      throw error;
    }
    this.#framesWritten = frames;
  }
}
