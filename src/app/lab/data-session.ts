import { MienError } from '../../engine/errors';
import { EXPRESSIONS } from '../../engine/labels';
import { Store } from '../../engine/store';
import { proposeMapping } from '../../lab/data/label-mapping';
import { proposePersonPatterns } from '../../lab/data/persons';
import type { ReadData } from '../../lab/data/read-data';
import { FACE_SIDE, LUMINANCE_BYTES, resize } from '../../lab/faces';
import { LabClient } from '../../lab/lab-client';
import { fetchProbes } from '../../lab/probes';
import { SerialQueue } from '../../workers/serial-queue';
import { engineHolder } from '../engine-holder';
import { pathOf } from '../files/file-path';
import { cropFaces, noFaces } from './crop-faces';
import { drawnFace, PEOPLE } from './drawn-faces';
import type { DataQuestion } from './data-question';
import { DataChannel, type ChangedFaces, type DataNews } from './data-channel';
import { deleteDataSet, keptIdOf, readDataSet, writeDataSet, writeFaces } from './data-database';
import type { DataSet, LabFace, LeftOut } from './data-set';
import type { TakenFace } from './camera-faces';
import { withHolds, withTaken } from './taken-data';
import { FaceSource } from './face-source';
import { labelGroups } from './label-groups';
import { ASSET_BASE, labWorker } from './lab-worker';
import type { DataName } from './data-words';

export type DataState =
  | { readonly status: 'empty' }
  | { readonly status: 'reading'; readonly name: DataName; readonly items: number }
  | ({ readonly status: 'asking' } & DataQuestion)
  | { readonly status: 'cropping'; readonly name: DataName; readonly done: number; readonly total: number }
  | { readonly status: 'ready'; readonly data: DataSet }
  /** `leftOut`: the pictures that gave no face, if that is why. */
  | { readonly status: 'failed'; readonly name: DataName; readonly error: MienError; readonly leftOut: readonly LeftOut[] };

/** `failed`: it is in this tab only. */
export type Keeping = { readonly status: 'none' | 'keeping' | 'kept' } | { readonly status: 'failed'; readonly error: MienError };

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
  /** What that is to write. */
  #unwritten: DataSet | null = null;
  readonly #channel = new DataChannel((news) => this.#heed(news));
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
        if (!data || this.getSnapshot().status !== 'empty') return;
        this.#store.set({ status: 'ready', data });
        this.#keeping.set({ status: 'kept' });
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
      const probes = await fetchProbes(ASSET_BASE());
      if (signal.aborted) return;
      const drawn = EXPRESSIONS.flatMap((label, e) => Array.from({ length: PEOPLE }, (_, person) => ({ label, person, ...drawnFace(probes, e, person) })));
      const luminance = new Uint8Array(drawn.length * LUMINANCE_BYTES);
      drawn.forEach(({ luminance: own, side }, i) => {
        luminance.set(resize(own, 1, side, FACE_SIDE, 1).map((share) => Math.round(255 * share)), i * LUMINANCE_BYTES);
      });
      const items = drawn.map(({ label, person }) => ({ name: `${label} of person ${person + 1}`, label, person: `person ${person + 1}`, columns: {}, path: null }));
      this.#ask(name, { items, luminance, leftOut: [] }, new Map());
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

  /** Relabels a face. */
  relabel(face: number, category: string | null): void {
    this.edit([face], { category });
  }

  /** Says of faces what class they have, or who they are. */
  edit(changed: readonly number[], change: Partial<Pick<LabFace, 'category' | 'person'>>): void {
    const state = this.getSnapshot();
    if (state.status !== 'ready') return;
    const { faces } = state.data;
    this.putBack(new Map(changed.flatMap((face) => (faces[face] ? [[face, { ...faces[face], ...change }] as const] : []))));
  }

  /** Puts faces as they are to be, for undo as they were. */
  putBack(changed: ChangedFaces): void {
    const data = this.#changed(changed);
    if (!data) return;
    this.#channel.tell(keptIdOf(data), { kind: 'changed', faces: changed });
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

  /** The data set with some faces changed, which is shown from now on; null where there is none. */
  #changed(changed: ChangedFaces): DataSet | null {
    const state = this.getSnapshot();
    if (state.status !== 'ready') return null;
    const faces = state.data.faces.slice();
    for (const [face, own] of changed) if (face in faces) faces[face] = own;
    const data = { ...state.data, faces };
    this.#store.set({ status: 'ready', data });
    return data;
  }

  /** Another tab did something to what is kept, which may be what this one shows. */
  #heed(news: DataNews): void {
    const state = this.getSnapshot();
    if (state.status === 'empty' && news.kind === 'kept') void this.#restoreAgain();
    if (state.status !== 'ready') return;
    const isShown = keptIdOf(state.data) === news.id;
    if (news.kind === 'kept' && !isShown) this.#keeping.set({ status: 'none' });
    if (news.kind === 'deleted' && isShown) {
      this.#dropUnwritten();
      this.#begin({ status: 'empty' });
      this.#keeping.set({ status: 'none' });
    }
    if (news.kind === 'changed' && isShown) {
      const data = this.#changed(news.faces);
      // Its own writing, which is to come, has both.
      if (this.#unwritten) this.#unwritten = data;
    }
  }

  /** What was changed by hand last is written no more. */
  #dropUnwritten(): void {
    clearTimeout(this.#writeLater);
    this.#unwritten = null;
    this.#generation++;
  }

  /** Cancels the current run: what is kept comes back. */
  cancel(): void {
    this.#begin({ status: 'empty' });
    void this.#restoreAgain();
  }

  remove(): void {
    const state = this.getSnapshot();
    const data = state.status === 'ready' ? state.data : null;
    this.#removed.set(data);
    this.#dropUnwritten();
    this.#begin({ status: 'empty' });
    // At once: an undo writes it again from memory.
    this.#writes.add(() => deleteDataSet(data)).then(
      () => {
        this.#keeping.set({ status: 'none' });
        if (data) this.#channel.tell(keptIdOf(data), { kind: 'deleted' });
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
    this.#dropUnwritten();
    void this.#keep(data, writeDataSet, this.#generation);
  }

  /** Also while other data are chosen: until they are ready, these are the ones that a reload brings back. */
  async #keep(data: DataSet, write: (data: DataSet) => Promise<unknown>, generation: number): Promise<void> {
    // What was changed or removed meanwhile is written, or deleted, after it.
    const isNewest = () => generation === this.#generation;
    try {
      const before = keptIdOf(data);
      await this.#writes.add(() => (isNewest() ? write(data) : undefined));
      if (keptIdOf(data) !== before) this.#channel.tell(keptIdOf(data), { kind: 'kept' });
      if (isNewest()) this.#keeping.set({ status: 'kept' });
    } catch (error) {
      if (isNewest()) this.#keeping.set({ status: 'failed', error: MienError.from(error) });
    }
  }

  #begin(state: DataState): AbortSignal {
    this.#work.abort();
    this.#work = new AbortController();
    this.#store.set(state);
    return this.#work.signal;
  }

  #fail(name: DataName, error: unknown, signal: AbortSignal, leftOut: readonly LeftOut[] = []): void {
    if (!signal.aborted) this.#store.set({ status: 'failed', name, error: MienError.from(error), leftOut });
  }

  #ask(name: DataName, read: ReadData, files: ReadonlyMap<string, File>): void {
    const mapping = proposeMapping(labelGroups({ read }).map(({ label }) => label));
    const patterns = read.items.some(({ person }) => person !== null) ? [] : proposePersonPatterns(read.items.map(({ name: own }) => own));
    this.#store.set({ status: 'asking', name, read, files, categories: mapping.expressions, crop: 'find', patterns, pattern: null });
  }
}

export const dataSession = new DataSession();
