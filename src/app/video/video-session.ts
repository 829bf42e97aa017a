import { MienError } from '../../engine/errors';
import { openVideo } from '../../sources/open-video';
import type { VideoInfo } from '../../sources/video-file-source';
import { pageArchive } from '../archive';
import { engineHolder, type EngineState } from '../engine-holder';
import { settingsStore } from '../settings';
import type { SessionArchive } from '../../session/session-archive';
import { AnalysisJournal } from './analysis-journal';
import { ClipAnalysis, type ReadyEngine } from './clip-analysis';
import { EMPTY_QUEUE, keptClips, reduceQueue, type Clip, type ClipQueue, type QueueAction } from './clip-queue';
import { clipThumbnail } from './clip-thumbnails';

/**
 * The page's clips and the analysis of them, one after the other. It outlives the tab's view, so that an analysis
 * goes on while another tab is looked at. Holds files and what was seen in them, no decoded pictures.
 */
export class VideoSession {
  #queue: ClipQueue = EMPTY_QUEUE;
  #engineState: EngineState = { status: 'loading' };
  /** Told when the engine changes. */
  readonly #waiting = new Set<() => void>();
  #opening: Promise<void> = Promise.resolve();
  #analysing: number | null = null;
  readonly #archive: () => Promise<SessionArchive>;
  readonly #journals = new Map<number, AnalysisJournal>();
  readonly #listeners = new Set<() => void>();

  /** @param watchEngine calls back at once and at every change. */
  constructor(watchEngine: (listener: (state: EngineState) => void) => unknown, archive: () => Promise<SessionArchive>) {
    this.#archive = archive;
    watchEngine((state) => {
      this.#engineState = state;
      for (const wake of [...this.#waiting]) wake();
    });
  }

  readonly getSnapshot = (): ClipQueue => this.#queue;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly dispatch = (action: QueueAction): void => {
    const before = this.#queue;
    this.#queue = reduceQueue(before, action);
    if (this.#queue === before) return;
    if (action.type === 'add') this.#openNew(before);
    this.#release(before);
    for (const listener of this.#listeners) listener();
    this.#analyseNext();
  };

  /** One after the other: each reads from the disk. */
  #openNew(before: ClipQueue): void {
    for (const clip of this.#queue.clips) {
      if (!before.clips.includes(clip)) this.#opening = this.#opening.then(() => this.#open(clip));
    }
  }

  async #open({ id, file }: Clip): Promise<void> {
    try {
      const source = await openVideo(file);
      try {
        this.dispatch({ type: 'opened', id, info: source.info, wish: usualWish(source.info) });
        const url = await clipThumbnail(source);
        if (url !== null) this.dispatch({ type: 'set-thumbnail', id, url });
      } finally {
        source.close();
      }
    } catch (thrown) {
      this.dispatch({ type: 'set-state', id, state: { status: 'unreadable', error: MienError.from(thrown) } });
    }
  }

  #analyseNext(): void {
    if (this.#analysing !== null) return;
    const next = this.#queue.clips.find(({ state }) => state.status === 'waiting');
    if (next?.info && next.wish) void this.#analyse(next, new ClipAnalysis(next.file, next.info, next.wish, `clip-${next.id}`));
  }

  async #analyse({ id, file: { name } }: Clip, analysis: ClipAnalysis): Promise<void> {
    this.#analysing = id;
    this.dispatch({ type: 'set-state', id, state: { status: 'analysing', analysis } });
    this.#journals.set(id, new AnalysisJournal(analysis, name, this.#archive));
    const ending = await analysis.run((signal) => this.#engine(signal));
    this.dispatch({ type: 'set-state', id, state: { status: 'ended', analysis, ending } });
    this.#analysing = null;
    this.#analyseNext();
    await this.save(id);
  }

  /** Saves what an analysis that has ended gave as a session; again where that failed. */
  async save(id: number): Promise<void> {
    this.dispatch({ type: 'set-saved', id, saved: { how: 'saving' } });
    const saved = await this.#journals.get(id)?.finish();
    if (saved) this.dispatch({ type: 'set-saved', id, saved });
  }

  /** The engine, when there is one. Rejects with its failure, or when it is no longer wanted. */
  async #engine(signal: AbortSignal): Promise<ReadyEngine> {
    for (;;) {
      signal.throwIfAborted();
      const state = this.#engineState;
      if (state.status === 'ready') return state;
      if (state.status === 'failed') throw state.error;
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        this.#waiting.add(wake);
        signal.addEventListener('abort', wake);
      });
    }
  }

  /** Ends what was removed for good, and frees its pictures. */
  #release(before: ClipQueue): void {
    const kept = keptClips(this.#queue);
    const shown = new Set(kept.map(({ thumbnail }) => thumbnail));
    for (const { thumbnail } of keptClips(before)) if (thumbnail && !shown.has(thumbnail)) URL.revokeObjectURL(thumbnail);
    for (const id of this.#journals.keys()) if (!kept.some((clip) => clip.id === id)) this.#journals.delete(id);
    const running = before.clips.find(({ id }) => id === this.#analysing);
    const removed = running && !this.#queue.clips.some(({ id }) => id === running.id);
    if (removed && running.state.status === 'analysing') running.state.analysis.cancel();
  }
}

/** The whole clip, as often as last time. */
function usualWish({ startMs, endMs }: VideoInfo) {
  return { framesPerSecond: settingsStore().getSnapshot().videoFrameRate, fromMs: startMs, toMs: endMs };
}

let pageSession: VideoSession | null = null;

/** The page's one session. */
export function videoSession(): VideoSession {
  pageSession ??= new VideoSession(engineHolder.watch, pageArchive);
  return pageSession;
}
