import { MienError } from '../../engine/errors';
import { Store } from '../../engine/store';
import type { ReadData } from '../../lab/data/read-data';
import { LabClient } from '../../lab/lab-client';
import { fetchProbes } from '../../lab/probes';
import { SerialQueue } from '../../engine/serial-queue';
import { engineHolder } from '../engine-holder';
import { pathOf } from '../files/file-path';
import { cropFaces, noFaces } from './crop-faces';
import { readDrawn } from './drawn-faces';
import type { DataQuestion } from './data-question';
import { withoutEarlier, type DataState, type Keeping } from './data-state';
import { DataChannel, withEdit, type DataMessage, type FaceEdit } from './data-channel';
import { deleteDataSet, forgetKeptId, keptIdOf, readDataSet, writeDataSet, writeFaces } from './data-database';
import type { DataSet, LeftOut } from './data-set';
import type { TakenFace } from './camera-faces';
import { LeftEdits } from './left-edits';
import { withHolds, withTaken } from './taken-data';
import { FaceSource } from './face-source';
import { proposeAnswers } from './label-groups';
import { ASSET_BASE, labWorker } from './lab-worker';
import type { DataName } from './data-words';

/** Delay between a manual change and its write, ms. */
const WRITE_MS = 400;

/** The Lab's single data set: chosen, mapped, cropped and stored on this device. */
export class DataSession {
  readonly #store = new Store<DataState>({ status: 'empty' });
  /** The data set before the last removal, for undo. */
  readonly #removed = new Store<DataSet | null>(null);
  /** Whether the data set is stored on this device. */
  readonly #keeping = new Store<Keeping>({ status: 'none' });
  #work = new AbortController();
  #restoring: Promise<void> | null = null;
  #writeLater: ReturnType<typeof setTimeout> | undefined;
  /** Unwritten edits; null if none. */
  #unwritten: DataSet | null = null;
  readonly #leftEdits = new LeftEdits();
  /** The data set that the current choice is going to replace; null if none. In memory, since another tab may replace the stored one. */
  #earlier: DataSet | null = null;
  /** Id of the data set as announced to other tabs; null if not announced. */
  #postedId: string | null = null;
  readonly #channel = new DataChannel((message) => this.#onMessage(message));
  /** Incremented by everything that supersedes earlier writes: a change, another data set, a removal. */
  #generation = 0;
  /** Serializes writes, since a large one takes several tasks and must not be overtaken by another or by its deletion. */
  readonly #writes = new SerialQueue();

  readonly getSnapshot = () => this.#store.getSnapshot();
  readonly subscribe = (listener: () => void) => this.#store.subscribe(listener);
  readonly getRemoved = () => this.#removed.getSnapshot();
  readonly subscribeRemoved = (listener: () => void) => this.#removed.subscribe(listener);

  readonly getKeeping = () => this.#keeping.getSnapshot();
  readonly subscribeKeeping = (listener: () => void) => this.#keeping.subscribe(listener);

  /** Restores what an earlier page stored, once. */
  restore(): Promise<void> {
    this.#restoring ??= readDataSet().then(
      (data) => {
        if (!data) this.#leftEdits.take(null);
        if (!data || this.getSnapshot().status !== 'empty') return;
        this.#postedId = keptIdOf(data);
        this.#store.set({ status: 'ready', data });
        this.#keeping.set({ status: 'kept' });
        const left = this.#leftEdits.take(keptIdOf(data));
        if (left.length > 0) this.edit(left);
      },
      // Nothing can be stored here either; that is reported once there is something to store.
      () => undefined,
    );
    return this.#restoring;
  }

  #restoreAgain(): Promise<void> {
    this.#restoring = null;
    this.#writeNow();
    return this.written().then(() => this.restore());
  }

  /** Reads the chosen files, up to the question about the meaning of the labels. */
  async choose(chosen: readonly File[]): Promise<void> {
    const [first] = chosen;
    if (!first) return;
    const name = pathOf(first).includes('/') ? (pathOf(first).split('/')[0] ?? '') : first.name;
    const signal = this.#begin({ status: 'reading', name, items: 0 });
    // A separate worker, so that cancellation can end it.
    const reader = new LabClient(ASSET_BASE());
    signal.addEventListener('abort', () => reader.dispose());
    try {
      const files = chosen.map((file) => ({ path: pathOf(file), content: file }));
      const read = await reader.readData(files, (items) => {
        if (!signal.aborted) this.#store.set({ status: 'reading', name, items });
      });
      if (read.items.length === 0) return this.#fail(name, new MienError('data-set', 'no-pictures', name), signal, read.leftOut);
      if (!signal.aborted) this.#ask(name, read, new Map(files.map(({ path, content }) => [path, content])));
    } catch (error) {
      this.#fail(name, error, signal);
    } finally {
      reader.dispose();
    }
  }

  /** Reads the drawn faces of `public/lab`, for trying the Lab. */
  async chooseDrawn(): Promise<void> {
    const name: DataName = { own: 'drawn' };
    const signal = this.#begin({ status: 'reading', name, items: 0 });
    try {
      const read = readDrawn(await fetchProbes(ASSET_BASE()));
      if (!signal.aborted) this.#ask(name, read, new Map());
    } catch (error) {
      this.#fail(name, error, signal);
    }
  }

  /** Adds faces from the camera to the data set, or creates one from them. */
  async addTaken(taken: readonly TakenFace[]): Promise<void> {
    if (taken.length === 0) return;
    const state = this.getSnapshot();
    const before = state.status === 'ready' ? state.data : null;
    const name = before?.name ?? ({ own: 'camera' } as const);
    const signal = this.#begin({ status: 'cropping', name, done: taken.length, total: taken.length });
    try {
      const data = withTaken(before, taken, name);
      const bursts = withHolds(await labWorker().bursts(data.pixels.luminance), taken, before?.faces.length ?? 0);
      signal.throwIfAborted();
      this.#ready({ ...data, bursts });
    } catch (error) {
      this.#fail(name, error, signal);
    }
  }

  /** Changes an answer to the question. */
  answer(change: Partial<Pick<DataQuestion, 'categories' | 'crop' | 'pattern'>>): void {
    const state = this.getSnapshot();
    if (state.status === 'asking') this.#store.set({ ...state, ...change });
  }

  /** Finds and crops the faces. */
  async confirm(): Promise<void> {
    const question = this.getSnapshot();
    if (question.status !== 'asking') return;
    const { name, read } = question;
    const total = read.items.length;
    const signal = this.#begin({ status: 'cropping', name, done: 0, total });
    const source = new FaceSource(engineHolder.eventuallyReady);
    try {
      const data = await cropFaces(question, source, signal, (done) => this.#store.set({ status: 'cropping', name, done, total }));
      if (data.faces.length === 0) return this.#fail(name, noFaces(data.leftOut), signal, data.leftOut);
      const bursts = await labWorker().bursts(data.pixels.luminance);
      signal.throwIfAborted();
      this.#ready({ ...data, bursts });
    } catch (error) {
      this.#fail(name, error, signal);
    } finally {
      source.dispose();
    }
  }

  /** Sets the class or the person of faces. */
  edit(edit: FaceEdit): void {
    const data = this.getSnapshot().status === 'ready' ? this.#edited(edit) : null;
    if (!data) return;
    this.#channel.post(keptIdOf(data), { kind: 'edited', edit });
    this.#leftEdits.add(data, edit);
    clearTimeout(this.#writeLater);
    this.#unwritten = data;
    this.#generation++;
    this.#writeLater = setTimeout(() => this.#writeNow(), WRITE_MS);
  }

  /** Writes pending manual changes immediately. */
  #writeNow(): void {
    clearTimeout(this.#writeLater);
    const data = this.#unwritten;
    this.#unwritten = null;
    if (data) void this.#keep(data, writeFaces, this.#generation);
  }

  /** Applies an edit and returns the resulting data set; null if there is none. */
  #edited(edit: FaceEdit): DataSet | null {
    const held = this.#held();
    if (!held) return null;
    const data = { ...held, faces: withEdit(held.faces, edit) };
    if (this.#earlier) this.#earlier = data;
    else this.#store.set({ status: 'ready', data });
    return data;
  }

  /** The data set shown, or restored if the current choice is cancelled; null if none. */
  #held(): DataSet | null {
    const state = this.getSnapshot();
    return state.status === 'ready' ? state.data : this.#earlier;
  }

  /** Handles a change that another tab made to the stored data set, which may be the one shown here. */
  #onMessage(message: DataMessage): void {
    const state = this.getSnapshot();
    if (state.status === 'empty' && message.kind === 'kept') {
      // The other tab may have undone the removal.
      this.forgetRemoval();
      void this.#restoreAgain();
    }
    const held = this.#held();
    if (!held) return;
    const isHeld = keptIdOf(held) === message.id;
    if (message.kind === 'kept' && !isHeld) this.#keeping.set({ status: 'none' });
    if (message.kind === 'deleted' && isHeld) {
      forgetKeptId(held);
      this.#removed.set(held);
      this.#dropUnwritten(message.id);
      this.#keeping.set({ status: 'none' });
      this.#earlier = null;
      if (state.status === 'ready') this.#begin({ status: 'empty' });
      else this.#store.set(withoutEarlier(state));
    }
    if (message.kind === 'edited' && isHeld) {
      const data = this.#edited(message.edit);
      // This tab's pending write then includes both.
      if (this.#unwritten) this.#unwritten = data;
    }
  }

  /** Discards pending manual changes. @param id of a deleted data set; null if none was deleted. */
  #dropUnwritten(id: string | null): void {
    clearTimeout(this.#writeLater);
    this.#unwritten = null;
    this.#leftEdits.clear(id);
    this.#generation++;
  }

  /** Cancels the current run and restores the previous data set. */
  cancel(): void {
    if (this.#earlier) {
      this.#begin({ status: 'ready', data: this.#earlier });
      return;
    }
    this.#begin({ status: 'empty' });
    void this.#restoreAgain();
  }

  remove(): void {
    const state = this.getSnapshot();
    const data = state.status === 'ready' ? state.data : null;
    this.#removed.set(data);
    this.#dropUnwritten(data && keptIdOf(data));
    this.#begin({ status: 'empty' });
    // Deletes at once: undo writes it again from memory.
    this.#writes.add(() => deleteDataSet(data)).then(
      (id) => {
        this.#keeping.set({ status: 'none' });
        this.#channel.post(id, { kind: 'deleted' });
      },
      (error: unknown) => this.#keeping.set({ status: 'failed', error: MienError.from(error) }),
    );
  }

  /** Resolves when all writes and deletions requested so far have finished or failed. */
  written(): Promise<void> {
    return this.#writes.settled();
  }

  undoRemoval(): void {
    const data = this.getRemoved();
    this.#removed.set(null);
    if (data) this.#ready(data);
  }

  forgetRemoval(): void {
    this.#removed.set(null);
  }

  #ready(data: DataSet): void {
    this.#begin({ status: 'ready', data });
    this.#keeping.set({ status: 'keeping' });
    this.#dropUnwritten(null);
    void this.#keep(data, writeDataSet, this.#generation);
  }

  /** Also writes while other data are being chosen: until those are ready, a reload restores this data set. */
  async #keep(data: DataSet, write: (data: DataSet) => Promise<boolean>, generation: number): Promise<void> {
    // A newer change or removal is queued behind this write.
    const isNewest = () => generation === this.#generation;
    try {
      const isKept = await this.#writes.add(() => isNewest() && write(data));
      if (!isNewest()) return;
      if (isKept) this.#leftEdits.clear(keptIdOf(data));
      this.#keeping.set({ status: isKept ? 'kept' : 'none' });
      const id = keptIdOf(data);
      // Announces only after a full write, because edits before that have not been posted.
      if (isKept && id !== this.#postedId) this.#channel.post(id, { kind: 'kept' });
      this.#postedId = id;
    } catch (error) {
      if (isNewest()) this.#keeping.set({ status: 'failed', error: MienError.from(error) });
    }
  }

  #begin(state: DataState): AbortSignal {
    this.#work.abort();
    this.#work = new AbortController();
    const before = this.getSnapshot();
    if (state.status === 'ready' || state.status === 'empty') this.#earlier = null;
    else if (before.status === 'ready') this.#earlier = before.data;
    this.#store.set(state);
    return this.#work.signal;
  }

  #fail(name: DataName, error: unknown, signal: AbortSignal, leftOut: readonly LeftOut[] = []): void {
    if (!signal.aborted) this.#store.set({ status: 'failed', name, error: MienError.from(error), leftOut, canGoBack: this.#earlier !== null });
  }

  #ask(name: DataName, read: ReadData, files: ReadonlyMap<string, File>): void {
    this.#store.set({ status: 'asking', name, read, files, replaces: this.#earlier?.name ?? null, ...proposeAnswers(read) });
  }
}

export const dataSession = new DataSession();
