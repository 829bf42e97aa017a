import { MienError } from '../engine/errors';
import { SerialQueue } from '../workers/serial-queue';
import type { ObservationStore } from './observation-store';
import type { SessionArchive } from './session-archive';
import type { SessionInfo } from './session-info';

/** Writes a session to disk while it grows, each time what is new, one write at a time. */
export class SessionJournal {
  readonly #archive: () => Promise<SessionArchive>;
  readonly #store: ObservationStore;
  #created = false;
  #framesWritten = 0;
  readonly #writes = new SerialQueue();

  /** @param archive asked for again at every write until there is one. */
  constructor(archive: () => Promise<SessionArchive>, store: ObservationStore) {
    this.#archive = archive;
    this.#store = store;
  }

  /**
   * Writes what came since the last write that went well, after those under way.
   *
   * @param info as it is when the write begins.
   * @throws MienError of kind `storage`; the next call then writes all that is missing.
   */
  write(info: () => SessionInfo): Promise<void> {
    return this.#writes.add(() => this.#writeNew(info()));
  }

  async #writeNew(info: SessionInfo): Promise<void> {
    const archive = await this.#archive();
    if (!this.#created) {
      await archive.create({ ...info, state: 'open' });
      this.#created = true;
    }
    const { frames } = this.#store.getSnapshot();
    try {
      await archive.append(info.id, this.#store.columnsFrom(this.#framesWritten), info, this.#store.looks);
    } catch (error) {
      // Deleted while it was recorded: it is written anew, as a whole.
      if (MienError.from(error).is('storage', 'missing')) {
        this.#created = false;
        this.#framesWritten = 0;
      }
      throw error;
    }
    this.#framesWritten = frames;
  }
}
