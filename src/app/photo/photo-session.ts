import { MienError } from '../../engine/errors';
import { log } from '../../engine/log';
import { Store } from '../../engine/store';
import type { EngineSource, ReadyEngine } from '../../reading/engine-source';
import { readStill } from '../../reading/still-reading';
import { openImage, pictureContainer } from '../../sources/image-file-source';
import type { Picture } from '../../sources/picture';
import { engineHolder } from '../engine-holder';
import { kindByContent, type FileKind } from '../files/sort-files';
import { makeThumbnail } from '../files/thumbnail';
import { takeElsewhere } from '../read/elsewhere';
import { settingsStore } from '../settings';
import { EMPTY_QUEUE, reduceQueue, type Photo, type PhotoQueue, type QueueAction } from './photo-queue';
import { keptItems } from '../item-queue';

/** One photo is decoded while another is analysed; more would only hold memory. */
const MOST_AT_ONCE = 2;

/** Called with a file that turns out to be no photo: a film, or a file to skip. */
type TakeElsewhere = (file: File, kind: Exclude<FileKind, 'photo'> | null) => void;

/**
 * The page's photos and their analysis. Outlives the tab's view, so that a batch continues while another tab is
 * shown. Holds files and thumbnails, no decoded pictures.
 */
export class PhotoSession {
  readonly #queue = new Store<PhotoQueue>(EMPTY_QUEUE);
  readonly #engine: EngineSource;
  readonly #takeElsewhere: TakeElsewhere;
  readonly #running = new Map<number, AbortController>();

  constructor(engine: EngineSource, elsewhere: TakeElsewhere) {
    this.#engine = engine;
    this.#takeElsewhere = elsewhere;
  }

  get getSnapshot() {
    return this.#queue.getSnapshot;
  }

  get subscribe() {
    return this.#queue.subscribe;
  }

  readonly dispatch = (action: QueueAction): void => {
    const before = this.getSnapshot();
    const after = this.#stopUnwanted(reduceQueue(before, action));
    if (after === before) return;
    releaseThumbnails(before, after);
    this.#queue.set(after);
    this.#readMore();
    if (action.type === 'add' || action.type === 'replace' || action.type === 'found') void this.#sortOut();
  };

  /** Hands over files that are no photos, in order. Runs after listing, since inspecting a large batch takes time. */
  async #sortOut(): Promise<void> {
    for (const photo of this.getSnapshot().items) {
      if (photo.state.status === 'waiting') await this.#isHandedOver(photo);
    }
  }

  async #isHandedOver({ id, file }: Photo): Promise<boolean> {
    const kind = await kindByContent(file, 'photo');
    if (kind === 'photo') return false;
    if (this.getSnapshot().items.some((photo) => photo.id === id)) {
      this.dispatch({ type: 'hand-over', ids: [id] });
      this.#takeElsewhere(file, kind);
    }
    return true;
  }

  #readMore(): void {
    for (const photo of this.getSnapshot().items) {
      if (this.#running.size >= MOST_AT_ONCE) return;
      if (photo.state.status === 'waiting' && !this.#running.has(photo.id)) void this.#read(photo);
    }
  }

  async #read(photo: Photo): Promise<void> {
    const { id } = photo;
    const abort = new AbortController();
    const { signal } = abort;
    const startedAtMs = Date.now();
    const container = pictureContainer(photo.file);
    this.#running.set(id, abort);
    try {
      // A restored photo may not have been inspected before.
      if (await this.#isHandedOver(photo)) return;
      // The photo waits until there is an engine.
      await this.#engine(signal);
      this.dispatch({ type: 'set-state', id, state: { status: 'reading', seen: null } });
      const read = { ...(await this.#analyze(photo, signal)), startedAtMs, container: await container };
      if (!signal.aborted) this.dispatch({ type: 'set-state', id, state: { status: 'done', ...read } });
    } catch (thrown) {
      const failed = { error: MienError.from(thrown), startedAtMs, container: await container };
      if (signal.aborted) return;
      log.warn(`photo failed: ${String(thrown)}`);
      this.dispatch({ type: 'set-state', id, state: { status: 'failed', ...failed } });
    } finally {
      this.#running.delete(id);
      this.#readMore();
    }
  }

  async #analyze(photo: Photo, signal: AbortSignal) {
    const { id } = photo;
    // The engine requested last is the one that completed the analysis.
    const asked: ReadyEngine[] = [];
    const engine: EngineSource = async (until) => {
      const ready = await this.#engine(until);
      asked.push(ready);
      return ready;
    };
    // Only the displayed photo needs a first pass.
    const isShown = id === this.getSnapshot().selectedId;
    const { sensitivity } = settingsStore().getSnapshot();
    const result = await readStill(engine, () => this.#open(photo, signal), {
      ...{ signal, sensitivity },
      onGlance: isShown ? (seen) => this.dispatch({ type: 'set-state', id, state: { status: 'reading', seen } }) : undefined,
    });
    const { model, backend, brought } = (asked.at(-1) ?? (await this.#engine(signal))).health;
    // The backend may have been switched since the engine started.
    return { result, readBy: { model, backend: result.backends[0] ?? backend, sensitivity: brought ? null : sensitivity } };
  }

  async #open({ id, file }: Photo, signal: AbortSignal): Promise<Picture> {
    const picture = await openImage(file);
    try {
      const thumbnail = this.#hasThumbnail(id) ? null : await makeThumbnail(picture.bitmap);
      signal.throwIfAborted();
      if (thumbnail) this.dispatch({ type: 'set-thumbnail', id, thumbnail: { url: URL.createObjectURL(thumbnail), picture: thumbnail } });
      return picture;
    } catch (error) {
      picture.bitmap.close();
      throw error;
    }
  }

  #hasThumbnail(id: number): boolean {
    return this.getSnapshot().items.some((photo) => photo.id === id && photo.thumbnail !== null);
  }

  /** Aborts the analysis of photos that were removed or cancelled; after an undo they wait again. */
  #stopUnwanted(queue: PhotoQueue): PhotoQueue {
    let after = queue;
    for (const [id, abort] of this.#running) {
      const state = queue.items.find((p) => p.id === id)?.state;
      if (state && state.status !== 'cancelled') continue;
      abort.abort();
      if (!state && queue.beforeRemoval) after = reduceQueue(after, { type: 'set-state', id, state: { status: 'waiting' } });
    }
    return after;
  }
}

function releaseThumbnails(before: PhotoQueue, after: PhotoQueue): void {
  const kept = new Set(keptItems(after).map((p) => p.thumbnail));
  for (const { thumbnail } of keptItems(before)) if (thumbnail && !kept.has(thumbnail)) URL.revokeObjectURL(thumbnail.url);
}

/** The page's only session. */
export const photoSession = new PhotoSession(engineHolder.eventuallyReady, takeElsewhere);
