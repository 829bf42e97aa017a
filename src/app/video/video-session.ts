import { MienError } from '../../engine/errors';
import { log } from '../../engine/log';
import { openVideo } from '../../sources/open-video';
import type { OpenOptions, VideoInfo } from '../../sources/video-file-source';
import { pageArchive } from '../archive';
import type { EngineSource } from '../../reading/engine-source';
import { SerialQueue } from '../../engine/serial-queue';
import { Store } from '../../engine/store';
import { engineHolder } from '../engine-holder';
import { pathOf } from '../files/file-path';
import { settingsStore } from '../settings';
import type { SessionArchive } from '../../session/session-archive';
import { SessionWriter } from '../../session/session-writer';
import { ClipAnalysis } from './clip-analysis';
import { EMPTY_QUEUE, OPENING, reduceQueue, type Clip, type ClipQueue, type QueueAction } from './clip-queue';
import { clipThumbnail } from './clip-thumbnails';
import { keptItems } from '../item-queue';

/** Interval of writing an analysis to disk, ms. */
const WRITE_MS = 2000;

/**
 * The page's clips and their analysis, in sequence. Outlives the tab's view, so that an analysis continues while
 * another tab is shown. Holds files and results, no decoded pictures.
 */
export class VideoSession {
  readonly #queue = new Store<ClipQueue>(EMPTY_QUEUE);
  /** Opens clips in sequence, since each reads from disk. */
  readonly #opening = new SerialQueue();
  #analysing: number | null = null;
  readonly #engine: EngineSource;
  readonly #archive: () => Promise<SessionArchive>;
  /** Writers of clips whose analysis is in progress or could not be saved. */
  readonly #writers = new Map<number, SessionWriter>();
  readonly #thumbnails = new Map<number, Blob>();

  constructor(engine: EngineSource, archive: () => Promise<SessionArchive>) {
    this.#engine = engine;
    this.#archive = archive;
  }

  get getSnapshot() {
    return this.#queue.getSnapshot;
  }

  get subscribe() {
    return this.#queue.subscribe;
  }

  readonly dispatch = (action: QueueAction): void => {
    const before = this.getSnapshot();
    const after = reduceQueue(before, action);
    if (after === before) return;
    this.#release(before, after);
    this.#queue.set(after);
    if (action.type === 'add') for (const clip of after.items) if (!before.items.includes(clip)) void this.#opening.add(() => this.#open(clip));
    this.#analyseNext();
  };

  /** Reads another of a clip's video tracks, which may differ in size, rate and length. */
  chooseTrack(id: number, track: number): void {
    const clip = this.getSnapshot().items.find((each) => each.id === id);
    if (clip?.state.status === 'ready' || clip?.state.status === 'ended') this.#reopen(clip, { track });
  }

  /** Retries opening a clip that failed to open. */
  openAgain(id: number): void {
    const clip = this.getSnapshot().items.find((each) => each.id === id);
    if (clip?.state.status === 'unreadable') this.#reopen(clip);
  }

  #reopen(clip: Clip, options?: OpenOptions): void {
    this.dispatch({ type: 'set-state', id: clip.id, state: OPENING });
    void this.#opening.add(() => this.#open(clip, options));
  }

  async #open({ id, file }: Clip, options: OpenOptions = {}): Promise<void> {
    if (!this.#isKept(id)) return;
    try {
      const source = await openVideo(file, options);
      try {
        this.dispatch({ type: 'opened', id, info: source.info, wish: usualWish(source.info) });
        const picture = await clipThumbnail(source);
        if (!picture || !this.#isKept(id)) return;
        this.#thumbnails.set(id, picture);
        this.dispatch({ type: 'set-thumbnail', id, url: URL.createObjectURL(picture) });
      } finally {
        source.close();
      }
    } catch (thrown) {
      this.dispatch({ type: 'set-state', id, state: { status: 'unreadable', error: MienError.from(thrown) } });
    }
  }

  #analyseNext(): void {
    if (this.#analysing !== null) return;
    const next = this.getSnapshot().items.find(({ state }) => state.status === 'waiting');
    if (!next?.info || !next.wish) return;
    const { file, info, wish } = next;
    const { smoothingMs, sensitivity } = settingsStore().getSnapshot();
    void this.#analyse(next, new ClipAnalysis({ file, name: pathOf(file), info, wish, smoothingMs, sensitivity, engine: this.#engine }));
  }

  async #analyse({ id }: Clip, analysis: ClipAnalysis): Promise<void> {
    this.#analysing = id;
    this.dispatch({ type: 'set-state', id, state: { status: 'analysing', analysis } });
    const { id: sessionId, store } = analysis;
    const info = () => analysis.session();
    void this.#writers.get(id)?.release();
    this.#writers.set(id, new SessionWriter({ id: sessionId, store, info, archive: this.#archive, everyMs: WRITE_MS }));
    const ending = await analysis.run();
    this.dispatch({ type: 'set-state', id, state: { status: 'ended', analysis, ending } });
    // Before the next analysis starts, which releases clips that are gone.
    const saving = this.save(id);
    this.#analysing = null;
    this.#analyseNext();
    await saving;
  }

  /** Saves a finished analysis as a session; retries after a failure. */
  async save(id: number): Promise<void> {
    const writer = this.#writers.get(id);
    if (!writer) return;
    this.dispatch({ type: 'set-saved', id, saved: { how: 'saving' } });
    const saved = await writer.finish();
    if (saved.how === 'saved') await this.#keepThumbnail(id);
    if (saved.how !== 'failed' || !this.#isKept(id)) this.#forget(id, writer);
    this.dispatch({ type: 'set-saved', id, saved });
  }

  /** Without its thumbnail a session is still complete. */
  async #keepThumbnail(id: number): Promise<void> {
    const picture = this.#thumbnails.get(id);
    const state = this.getSnapshot().items.find((clip) => clip.id === id)?.state;
    if (!picture || state?.status !== 'ended' || !settingsStore().getSnapshot().keepThumbnails) return;
    const archive = await this.#archive();
    await archive.setThumbnail(state.analysis.id, picture).catch((error: unknown) => log.warn(`no thumbnail: ${String(error)}`));
  }

  #isKept(id: number): boolean {
    return keptItems(this.getSnapshot()).some((clip) => clip.id === id);
  }

  #forget(id: number, writer: SessionWriter): void {
    void writer.release();
    if (this.#writers.get(id) === writer) this.#writers.delete(id);
  }

  /** Ends the analysis of clips removed for good, and frees their pictures. */
  #release(before: ClipQueue, after: ClipQueue): void {
    const kept = keptItems(after);
    const shown = new Set(kept.map(({ thumbnail }) => thumbnail));
    for (const { thumbnail } of keptItems(before)) if (thumbnail && !shown.has(thumbnail)) URL.revokeObjectURL(thumbnail);
    for (const id of this.#thumbnails.keys()) if (!kept.some((clip) => clip.id === id)) this.#thumbnails.delete(id);
    for (const [id, writer] of this.#writers) {
      // A running analysis ends first and is then saved.
      if (id === this.#analysing || kept.some((clip) => clip.id === id)) continue;
      this.#forget(id, writer);
    }
    const running = before.items.find(({ id }) => id === this.#analysing);
    const removed = running && !after.items.some(({ id }) => id === running.id);
    if (removed && running.state.status === 'analysing') running.state.analysis.cancel();
  }
}

/** The whole clip at the rate chosen last. */
function usualWish({ startMs, endMs }: VideoInfo) {
  return { framesPerSecond: settingsStore().getSnapshot().videoFrameRate, search: 'thorough' as const, fromMs: startMs, toMs: endMs };
}

let pageSession: VideoSession | null = null;

/** The page's only session. */
export function videoSession(): VideoSession {
  pageSession ??= new VideoSession(engineHolder.ready, pageArchive);
  return pageSession;
}
