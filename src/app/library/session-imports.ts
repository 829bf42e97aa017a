import { MienError } from '../../engine/errors';
import { Store } from '../../engine/store';
import { SerialQueue } from '../../engine/serial-queue';
import { sessionsIn } from '../../export/session-list';
import type { SessionArchive } from '../../session/session-archive';
import { pageArchive } from '../archive';

export interface Imported {
  readonly id: string;
  readonly name: string;
  /** False if the file was written by another version or edited, so that an export would differ. */
  readonly isSame: boolean;
}

export interface ImportState {
  /** The file being imported and the share done (0–1); null if none. */
  readonly running: { readonly file: string; readonly share: number } | null;
  /** Number of waiting files. */
  readonly waiting: number;
  readonly imported: readonly Imported[];
  readonly failed: readonly FailedImport[];
  /** Number of further damaged sessions, which are not listed. */
  readonly moreFailed: number;
}

interface FailedImport {
  readonly file: string;
  /** The damaged session of a list, from 1, and its name, '' if it cannot be read; null: the whole file. */
  readonly session: { readonly number: number; readonly name: string } | null;
  readonly error: MienError;
}

/** Damaged sessions of one list to report: a file may consist of thousands. */
const MOST_REPORTED = 10;

const IDLE: ImportState = { running: null, waiting: 0, imported: [], failed: [], moreFailed: 0 };

/** Imports session JSON files in sequence. Continues while another place is open. */
export class SessionImports {
  readonly #state = new Store(IDLE);
  readonly #queue = new SerialQueue();
  readonly #archive: () => Promise<SessionArchive>;
  #stop = new AbortController();

  constructor(archive: () => Promise<SessionArchive>) {
    this.#archive = archive;
  }

  get subscribe() {
    return this.#state.subscribe;
  }

  get getSnapshot() {
    return this.#state.getSnapshot;
  }

  /** Also clears the outcome of earlier files. */
  async add(files: readonly File[]): Promise<ImportState> {
    const { running, waiting } = this.getSnapshot();
    if (!running && waiting === 0) {
      this.#state.set(IDLE);
      this.#stop = new AbortController();
    }
    this.#state.update({ waiting: this.getSnapshot().waiting + files.length });
    await Promise.all(files.map((file) => this.#queue.add(() => this.#import(file, this.#stop.signal))));
    return this.getSnapshot();
  }

  /** Stops; imported sessions stay. */
  cancel(): void {
    this.#stop.abort();
  }

  dismiss(): void {
    this.#state.update({ imported: [], failed: [], moreFailed: 0 });
  }

  async #import(file: File, signal: AbortSignal): Promise<void> {
    const show = (share: number) => this.#state.update({ running: { file: file.name, share } });
    this.#state.update({ waiting: this.getSnapshot().waiting - 1 });
    try {
      signal.throwIfAborted();
      show(0);
      const { importSession } = await import('../../export/session-import/import-session');
      let doneBytes = 0;
      let damaged = 0;
      let number = 0;
      for await (const part of sessionsIn(file)) {
        number++;
        const onProgress = (share: number) => show((doneBytes + share * part.size) / file.size);
        try {
          const { info, store, isSame } = await importSession(part, { signal, onProgress });
          await (await this.#archive()).add(info, store);
          this.#state.update({ imported: [...this.getSnapshot().imported, { id: info.id, name: info.name, isSame }] });
        } catch (thrown) {
          // A damaged session of a list leaves the others whole.
          if (!(thrown instanceof MienError && thrown.is('session-file'))) throw thrown;
          if (++damaged > MOST_REPORTED) this.#state.update({ moreFailed: this.getSnapshot().moreFailed + 1 });
          else this.#tellFailed(file, thrown, part === file ? null : { number, name: await nameIn(part) });
        }
        doneBytes += part.size;
      }
    } catch (thrown) {
      if (!signal.aborted) this.#tellFailed(file, thrown);
    } finally {
      this.#state.update({ running: null });
    }
  }

  #tellFailed({ name }: File, thrown: unknown, session: FailedImport['session'] = null): void {
    this.#state.update({ failed: [...this.getSnapshot().failed, { file: name, session, error: MienError.from(thrown) }] });
  }
}

/** Bytes at the start of a session's record that hold its name. */
const NAME_BYTES = 4096;

/** Name of a damaged session; '' if it cannot be read. */
async function nameIn(part: Blob): Promise<string> {
  const [, name = '""'] = /^\{"session":\{"name":("(?:[^"\\]|\\.)*")/.exec(await part.slice(0, NAME_BYTES).text()) ?? [];
  try {
    return String(JSON.parse(name));
  } catch {
    return '';
  }
}

export const sessionImports = new SessionImports(pageArchive);
