import { MienError } from '../../engine/errors';
import type { FrameResult } from '../../engine/types';
import { inPixelsOf } from '../../sources/full-size-result';
import { openImage } from '../../sources/image-file-source';
import type { Engine } from '../../workers/protocol';
import { EMPTY_QUEUE, keptPhotos, reduceQueue, type Photo, type PhotoQueue, type QueueAction } from './photo-queue';
import { makeThumbnail } from '../files/thumbnail';

/** One is decoded while another is being read; more would only hold memory. */
const MOST_AT_ONCE = 2;

/**
 * The page's photos and the reading of them. It outlives the tab's view, so that a batch goes on while
 * another tab is looked at. Holds files and thumbnails, no decoded pictures.
 */
export class PhotoSession {
  private queue: PhotoQueue = EMPTY_QUEUE;
  private engine: Engine | null = null;
  private readonly running = new Map<number, AbortController>();
  private readonly listeners = new Set<() => void>();

  readonly getSnapshot = (): PhotoQueue => this.queue;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly dispatch = (action: QueueAction): void => {
    const before = this.queue;
    this.queue = reduceQueue(before, action);
    if (this.queue === before) return;
    this.release(before);
    this.stopUnwanted();
    for (const listener of this.listeners) listener();
    this.readMore();
  };

  /** The engine to read with; null while there is none, and photos wait. */
  setEngine(engine: Engine | null): void {
    this.engine = engine;
    this.readMore();
  }

  private readMore(): void {
    for (const photo of this.queue.photos) {
      if (!this.engine || this.running.size >= MOST_AT_ONCE) return;
      if (photo.state.status === 'waiting' && !this.running.has(photo.id)) void this.read(photo, this.engine);
    }
  }

  private async read(photo: Photo, engine: Engine): Promise<void> {
    const abort = new AbortController();
    this.running.set(photo.id, abort);
    const startedAtMs = Date.now();
    this.dispatch({ type: 'set-state', id: photo.id, state: { status: 'reading', seen: null } });
    try {
      const result = await this.analyze(photo, engine, abort.signal);
      if (!abort.signal.aborted) this.dispatch({ type: 'set-state', id: photo.id, state: { status: 'done', result, startedAtMs } });
    } catch (thrown) {
      if (!abort.signal.aborted) this.fail(photo, MienError.from(thrown), engine, startedAtMs);
    } finally {
      this.running.delete(photo.id);
      this.readMore();
    }
  }

  private async analyze(photo: Photo, engine: Engine, signal: AbortSignal) {
    const { bitmap: frame, size } = await openImage(photo.file);
    try {
      const thumbnail = photo.thumbnail ? null : await makeThumbnail(frame);
      signal.throwIfAborted();
      if (thumbnail) this.dispatch({ type: 'set-thumbnail', id: photo.id, url: URL.createObjectURL(thumbnail) });
    } catch (error) {
      frame.close();
      throw error;
    }
    // Only who is looked at is worth a look of its own.
    const onSeen = (seen: FrameResult) => this.dispatch({ type: 'set-state', id: photo.id, state: { status: 'reading', seen: inPixelsOf(size, seen) } });
    return inPixelsOf(size, await engine.analyzeStill(frame, signal, photo.id === this.queue.selectedId ? onSeen : undefined));
  }

  private fail(photo: Photo, error: MienError, engine: Engine, startedAtMs: number): void {
    // Another backend was chosen meanwhile: the photo waits for the next engine.
    const state = error.is('engine', 'disposed') && engine !== this.engine
      ? ({ status: 'waiting' } as const)
      : ({ status: 'failed', error, startedAtMs } as const);
    this.dispatch({ type: 'set-state', id: photo.id, state });
  }

  /** Ends the reading of photos that were removed or cancelled; an undo lets them wait anew. */
  private stopUnwanted(): void {
    for (const [id, abort] of this.running) {
      const state = this.queue.photos.find((p) => p.id === id)?.state;
      if (state && state.status !== 'cancelled') continue;
      abort.abort();
      if (!state && this.queue.beforeRemoval) {
        this.queue = reduceQueue(this.queue, { type: 'set-state', id, state: { status: 'waiting' } });
      }
    }
  }

  private release(before: PhotoQueue): void {
    const kept = new Set(keptPhotos(this.queue).map((p) => p.thumbnail));
    for (const { thumbnail } of keptPhotos(before)) if (thumbnail && !kept.has(thumbnail)) URL.revokeObjectURL(thumbnail);
  }
}

/** The page's one session. */
export const photoSession = new PhotoSession();
