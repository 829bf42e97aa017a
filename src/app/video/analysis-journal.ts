import { MienError } from '../../engine/errors';
import type { SessionArchive } from '../../session/session-archive';
import { SessionJournal } from '../../session/session-journal';
import { holdSession } from '../../session/session-locks';
import type { ClipAnalysis } from './clip-analysis';

/** A crash loses no more than this of an analysis, ms. */
const JOURNAL_MS = 2000;

export type SavedState = { readonly how: 'saving' | 'saved' | 'empty' } | { readonly how: 'failed'; readonly error: MienError };

/** Saves an analysis as a session while it goes on. */
export class AnalysisJournal {
  readonly #analysis: ClipAnalysis;
  readonly #held: Promise<() => void>;
  readonly #journal: SessionJournal;
  readonly #timer: ReturnType<typeof setInterval>;
  #writing = false;

  constructor(analysis: ClipAnalysis, archive: () => Promise<SessionArchive>) {
    this.#analysis = analysis;
    this.#held = holdSession(analysis.id);
    this.#journal = new SessionJournal(() => this.#held.then(archive), analysis.store);
    this.#timer = setInterval(() => void this.#writeOn(), JOURNAL_MS);
  }

  /** Writes what is missing, and that it is complete. May be called again after a failure. */
  async finish(): Promise<SavedState> {
    clearInterval(this.#timer);
    try {
      if (!this.#analysis.session('complete')) return { how: 'empty' };
      await this.#write('complete');
      return { how: 'saved' };
    } catch (thrown) {
      return { how: 'failed', error: MienError.from(thrown) };
    } finally {
      (await this.#held)();
    }
  }

  /** A failure in between is made good by a later write, or told of by the last one. */
  async #writeOn(): Promise<void> {
    if (this.#writing || !this.#analysis.session('open')) return;
    this.#writing = true;
    await this.#write('open').catch(() => undefined);
    this.#writing = false;
  }

  #write(state: 'open' | 'complete'): Promise<void> {
    return this.#journal.write(() => {
      const info = this.#analysis.session(state);
      if (!info) throw new MienError('engine', 'unknown', 'an analysis without a frame has no record');
      return info;
    });
  }
}
