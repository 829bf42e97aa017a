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

/** Between a change by hand and its writing, ms. */
const WRITE_MS = 400;

/** The Lab's one data set: chosen, asked about, cropped, kept on this device. */
export class DataSession {
  readonly #store = new Store<DataState>({ status: 'empty' });
  /** The data set before the last removal, for undo. */
  readonly #removed = new Store<DataSet | null>(null);
  /** Whether the data set is kept on this device. */
  readonly #keeping = new Store<Keeping>({ status: 'none' });
  #work = new AbortController();
  #restoring: Promise<void> | null = null;
  #writeLater: ReturnType<typeof setTimeout> | undefined;
  /** Unwritten edits; null if none. */
  #unwritten: DataSet | null = null;
  readonly #leftEdits = new LeftEdits();
  /** The data set that the choice under way is to replace; null if none. In memory: another tab may put its own in the database. */
  #earlier: DataSet | null = null;
  /** Id of the data set as other tabs know it; null if they know none of this one. */
  #postedId: string | null = null;
  readonly #channel = new DataChannel((message) => this.#onMessage(message));
  /** Raised by what supersedes all writing before it: a change, another data set, a removal. */
  #generation = 0;
  /** Large ones are written in many turns: none may overtake another, or its deletion. */
  readonly #writes = new SerialQueue();

  readonly getSnapshot = () => this.#store.getSnapshot();
  readonly subscribe = (listener: () => void) => this.#store.subscribe(listener);
  readonly getRemoved = () => this.#removed.getSnapshot();
  readonly subscribeRemoved = (listener: () => void) => this.#removed.subscribe(listener);

  readonly getKeeping = () => this.#keeping.getSnapshot();
  readonly subscribeKeeping = (listener: () => void) => this.#keeping.subscribe(listener);

  /** Brings back what an earlier life of the page kept, once. */
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
      // Nothing can be kept here either, which is said as soon as there is something to keep.
      () => undefined,
    );
    return this.#restoring;
  }

  #restoreAgain(): Promise<void> {
    this.#restoring = null;
    this.#writeNow();
    return this.written().then(() => this.restore());
  }

  /** Reads what was chosen, up to the question what its labels stand for. */
  async choose(chosen: readonly File[]): Promise<void> {
    const [first] = chosen;
    if (!first) return;
    const name = pathOf(first).includes('/') ? (pathOf(first).split('/')[0] ?? '') : first.name;
    const signal = this.#begin({ status: 'reading', name, items: 0 });
    // A worker of its own, which ends with a cancellation.
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

  /** The drawn faces of `public/lab`, to try the Lab with. */
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

  /** Adds faces of the camera to the data set, or makes one of them. */
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

  /** Finds and cuts out the faces. */
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

  /** Says of faces what class they have, or who they are. */
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

  /** Writes what was changed by hand last, if it has not been written yet. */
  #writeNow(): void {
    clearTimeout(this.#writeLater);
    const data = this.#unwritten;
    this.#unwritten = null;
    if (data) void this.#keep(data, writeFaces, this.#generation);
  }

  /** The data set after an edit, which is held from now on; null if none. */
  #edited(edit: FaceEdit): DataSet | null {
    const held = this.#held();
    if (!held) return null;
    const data = { ...held, faces: withEdit(held.faces, edit) };
    if (this.#earlier) this.#earlier = data;
    else this.#store.set({ status: 'ready', data });
    return data;
  }

  /** The one that is shown, or would be if the choice under way were cancelled; null if none. */
  #held(): DataSet | null {
    const state = this.getSnapshot();
    return state.status === 'ready' ? state.data : this.#earlier;
  }

  /** Another tab did something to what is kept, which may be what this one shows. */
  #onMessage(message: DataMessage): void {
    const state = this.getSnapshot();
    if (state.status === 'empty' && message.kind === 'kept') {
      // The removal may be what that tab took back.
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
      // Its own writing, which is to come, has both.
      if (this.#unwritten) this.#unwritten = data;
    }
  }

  /** What was changed by hand last is written no more. @param id of a data set that is deleted; null if none is. */
  #dropUnwritten(id: string | null): void {
    clearTimeout(this.#writeLater);
    this.#unwritten = null;
    this.#leftEdits.clear(id);
    this.#generation++;
  }

  /** Cancels the current run: the data set before it comes back. */
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
    // At once: an undo writes it again from memory.
    this.#writes.add(() => deleteDataSet(data)).then(
      (id) => {
        this.#keeping.set({ status: 'none' });
        this.#channel.post(id, { kind: 'deleted' });
      },
      (error: unknown) => this.#keeping.set({ status: 'failed', error: MienError.from(error) }),
    );
  }

  /** Resolves when what was to be written or deleted so far has been, or could not be. */
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

  /** Also while other data are chosen: until they are ready, these are the ones that a reload brings back. */
  async #keep(data: DataSet, write: (data: DataSet) => Promise<boolean>, generation: number): Promise<void> {
    // What was changed or removed meanwhile is written, or deleted, after it.
    const isNewest = () => generation === this.#generation;
    try {
      const isKept = await this.#writes.add(() => isNewest() && write(data));
      if (!isNewest()) return;
      if (isKept) this.#leftEdits.clear(keptIdOf(data));
      this.#keeping.set({ status: isKept ? 'kept' : 'none' });
      const id = keptIdOf(data);
      // Once all of it is kept: edits made before have not been posted.
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
