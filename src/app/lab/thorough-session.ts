import { loadModelFiles } from '../../engine/model-files';
import { MienError } from '../../engine/errors';
import { Store } from '../../engine/store';
import type { BackendName } from '../../engine/types';
import { splitLeakProof } from '../../lab/data/split';
import { LabClient } from '../../lab/lab-client';
import { inputOf } from '../../lab/teach/trainable';
import type { Checkpoint, TrainingStep } from '../../lab/teach/training';
import type { TrainingNews, TrainingOrder } from '../../lab/teach/training-job';
import type { EpochRow } from '../../lab/teach/training-log';
import { inEnglish } from '../../words/i18n';
import { heldWith, lockManager } from '../../session/held-lock';
import { categoriesOf, luminanceOf, type DataSet } from './data-set';
import { wordDataName } from './data-words';
import { ASSET_BASE, labWorker } from './lab-worker';
import { checkClasses, judged, kinship, type TaughtResult } from './taught-result';
import { featuresOf } from './teach-session';
import { splitForTeaching, wordSplit, type TeachingSplit } from './teach-words';
import { wordTrainingSplit } from './training-words';
import type { KeptTraining, TrainingChoice } from './training-choice';
import { deleteTraining, digestOf, isOlderDigestOf, readTraining, writeTraining } from './training-database';

export interface TrainingProgress {
  readonly choice: TrainingChoice;
  readonly split: string;
  /** Null until the backend is known. */
  readonly backend: { readonly name: BackendName; readonly slow: boolean } | null;
  /** Recent milliseconds per step; null until measured. */
  readonly stepMs: number | null;
  readonly step: TrainingStep | null;
  readonly stepsOfEpoch: number;
  readonly rows: readonly EpochRow[];
  readonly bestEpoch: number | null;
  /** Error if the latest epoch could not be stored on this device; null if it was. */
  readonly unkept: MienError | null;
  /** True if training is going to end after the current step. */
  readonly isEnding: boolean;
}

export type ThoroughState =
  | { readonly status: 'idle' }
  /** Another tab is training; both would write the same checkpoint. */
  | { readonly status: 'elsewhere' }
  | { readonly status: 'preparing' }
  | ({ readonly status: 'running' } & TrainingProgress)
  | { readonly status: 'failed'; readonly error: MienError }
  | { readonly status: 'done'; readonly result: TaughtResult; readonly rows: readonly EpochRow[]; readonly bestEpoch: number | null; readonly backend: BackendName };

/** Share of the training faces used for validation, to choose the best epoch. */
const VALIDATION = 0.15;
const LOCK = 'mien-training';
/** Weight of the newest step in the moving average. */
const NEWEST = 0.2;

/** Trains a whole network in a separate worker, and stores each epoch, so that training can resume after the tab was killed. */
export class ThoroughSession {
  readonly #store = new Store<ThoroughState>({ status: 'idle' });
  /** Training interrupted by the end of a tab; null if none. */
  readonly #kept = new Store<KeptTraining | null>(null);
  #work = new AbortController();
  #worker: LabClient | null = null;

  readonly getSnapshot = () => this.#store.getSnapshot();
  readonly subscribe = (listener: () => void) => this.#store.subscribe(listener);
  readonly getKept = () => this.#kept.getSnapshot();
  readonly subscribeKept = (listener: () => void) => this.#kept.subscribe(listener);

  /** Looks for interrupted training; while another tab trains, waits until it ends. */
  async load(): Promise<void> {
    const { status } = this.getSnapshot();
    if (status === 'running' || status === 'preparing' || status === 'elsewhere') return;
    if ((await heldWith(LOCK))?.has('')) return this.#waitForOther();
    this.#kept.set(await this.#readKept());
  }

  /** The stored training; while storage fails, the one known so far, since training started anew would overwrite it. */
  #readKept(): Promise<KeptTraining | null> {
    return readTraining().then((stored) => stored ?? null, () => this.getKept());
  }

  async #waitForOther(): Promise<void> {
    this.#kept.set(null);
    this.#store.set({ status: 'elsewhere' });
    await lockManager()?.request(LOCK, () => undefined);
    if (this.getSnapshot().status === 'elsewhere') this.#store.set({ status: 'idle' });
    await this.load();
  }

  start(data: DataSet, choice: TrainingChoice): Promise<void> {
    return this.#alone((signal) => this.#train(data, choice, null, signal));
  }

  /** Resumes from the last epoch. @param data the same as at the start, otherwise fails with `data-set/changed`. */
  resume(data: DataSet, kept: KeptTraining): Promise<void> {
    return this.#alone((signal) => this.#train(data, kept.choice, kept, signal));
  }

  /** Ends after the current step, with the best epoch so far. */
  endEarly(): void {
    const state = this.getSnapshot();
    if (state.status !== 'running') return;
    this.#store.set({ ...state, isEnding: true });
    void this.#worker?.endTraining().catch(() => undefined);
  }

  /** Ends without a result; deletes the checkpoint and discards an unsaved result. */
  cancel(): void {
    this.#work.abort();
    this.#store.set({ status: 'idle' });
    this.forget();
  }

  /** Deletes an interrupted training's checkpoint. */
  forget(): void {
    this.#kept.set(null);
    deleteTraining().catch(() => undefined);
  }

  async #alone(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#work.abort();
    const { signal } = (this.#work = new AbortController());
    this.#store.set({ status: 'preparing' });
    const guarded = async () => {
      try {
        await work(signal);
      } catch (error) {
        // Its last epoch, if any; started anew, training would overwrite it.
        const kept = await this.#readKept();
        if (signal.aborted) return;
        this.#kept.set(kept);
        this.#store.set({ status: 'failed', error: MienError.from(error) });
      }
    };
    const locks = lockManager();
    if (!locks) return guarded();
    await locks.request(LOCK, { ifAvailable: true }, async (lock) => {
      if (lock) await guarded();
      else void this.#waitForOther();
    });
  }

  async #train(data: DataSet, choice: TrainingChoice, kept: KeptTraining | null, signal: AbortSignal): Promise<void> {
    const startedMs = performance.now() - (kept?.spentMs ?? 0);
    const classes = categoriesOf(data.faces);
    checkClasses(data, classes);
    const digest = await digestOf(data);
    signal.throwIfAborted();
    if (kept && kept.digest !== digest && !(await isOlderDigestOf(kept.digest, data))) throw new MienError('data-set', 'changed', `${wordDataName(kept.dataName)}, now ${wordDataName(data.name)}`);
    const faces = data.faces.flatMap(({ category }, face) => (category === null ? [] : [face]));
    const kin = kinship(data, faces, classes);
    const split = await splitForTeaching(kin.labels, kin.persons, kin.bursts, signal);
    const inner = await validationOf(split, kin, signal);
    const { network, name } = choice;
    const labelled = async (own: readonly number[]) => ({
      luminance: await luminanceOf(data.pixels, own.map((i) => faces[i] ?? 0), signal),
      labels: own.map((i) => kin.labels[i] ?? 0),
    });
    const wording = () => wordTrainingSplit(wordSplit(split, kin.persons), inner.heldOut.length, inner.isWhole);
    const sentence = wording();
    const order: TrainingOrder = {
      setup: { ...{ network, classes, plan: choice.plan, augmentation: choice.augmentation }, train: await labelled(inner.train), validation: await labelled(inner.heldOut) },
      head: network === 'fine-tune' && !kept ? await firstHead(data, inner.train.map((i) => faces[i] ?? 0), classes, signal) : null,
      checkpoint: kept?.checkpoint ?? null,
      heldOut: (await labelled(split.heldOut)).luminance,
    };
    // From here on, ending the worker ends the training.
    signal.throwIfAborted();
    const worker = (this.#worker = new LabClient(ASSET_BASE()));
    const endWorker = () => worker.dispose();
    signal.addEventListener('abort', endWorker);
    const stepsOfEpoch = Math.ceil(inner.train.length / choice.plan.batch);
    this.#store.set({
      status: 'running',
      ...{ choice, split: sentence, backend: null, stepMs: null, step: null, stepsOfEpoch, unkept: null, isEnding: false },
      ...{ rows: kept?.checkpoint.state.rows ?? [], bestEpoch: kept?.checkpoint.state.best?.epoch ?? null },
    });
    const news = new NewsReader((change) => {
      const state = this.getSnapshot();
      if (!signal.aborted && state.status === 'running') this.#store.set({ ...state, ...change });
    });
    const keep = async (checkpoint: Checkpoint) => {
      const training = { choice, dataName: data.name, digest, checkpoint, spentMs: performance.now() - startedMs, savedAtMs: Date.now() };
      try {
        await writeTraining(training);
        if (!signal.aborted && this.getSnapshot().status === 'running') this.#kept.set(training);
        news.tell({ unkept: null });
      } catch (error) {
        news.tell({ unkept: MienError.from(error) });
      }
    };
    try {
      const trained = await worker.train(order, (item) => {
        news.read(item);
        if (item.kind === 'epoch' && !signal.aborted) void keep(item.checkpoint);
      });
      const trunk = network === 'fine-tune' ? { trunk: (await loadModelFiles(ASSET_BASE())).identity } : {};
      const { rows, best } = trained.state;
      const result = await judged({
        ...{ name, classes, data, split: sentence, splitInFile: inEnglish(wording), learned: inner.train.length, side: inputOf(network).side, files: trained.files },
        heldOut: split.heldOut.map((i) => faces[i] ?? 0),
        shares: trained.heldOut,
        taught_in: network === 'fine-tune' ? 'Mien Lab, Mien’s own network trained further' : `Mien Lab, ${network} trained from nothing`,
        details: { ...trunk, network, training: { ...choice.plan, augmentation: choice.augmentation, epochs_done: rows.length, best_epoch: best?.epoch ?? null, backend: trained.backend } },
        durationMs: performance.now() - startedMs,
      }, signal);
      signal.throwIfAborted();
      this.#store.set({ status: 'done', result, rows, bestEpoch: best?.epoch ?? null, backend: trained.backend });
      this.forget();
    } finally {
      signal.removeEventListener('abort', endWorker);
      worker.dispose();
    }
  }
}

/** Converts messages from the worker into displayed progress. */
class NewsReader {
  readonly tell: (change: Partial<TrainingProgress>) => void;
  #stepMs: number | null = null;
  #lastMs: number | null = null;

  constructor(tell: (change: Partial<TrainingProgress>) => void) {
    this.tell = tell;
  }

  read(item: TrainingNews): void {
    if (item.kind === 'backend') {
      this.#stepMs = item.stepMs;
      this.tell({ backend: { name: item.backend, slow: item.slow }, stepMs: item.stepMs });
    } else if (item.kind === 'step') {
      const nowMs = performance.now();
      if (this.#lastMs !== null && this.#stepMs !== null) this.#stepMs += NEWEST * (nowMs - this.#lastMs - this.#stepMs);
      this.#lastMs = nowMs;
      this.tell({ step: { epoch: item.epoch, done: item.done, total: item.total }, stepMs: this.#stepMs });
    } else {
      // The validation between two epochs is not a step.
      this.#lastMs = null;
      this.tell({ rows: item.checkpoint.state.rows, bestEpoch: item.checkpoint.state.best?.epoch ?? null });
    }
  }
}

/** Splits the training faces again by the same rule; by near-duplicates only if there are too few people. */
async function validationOf({ train, by }: TeachingSplit, { labels, persons, bursts }: ReturnType<typeof kinship>, signal: AbortSignal) {
  const at = new Map(train.map((face, i) => [face, i]));
  const own = {
    labels: train.map((face) => labels[face] ?? 0),
    persons: train.map((face) => (by === 'people' ? (persons[face] ?? null) : null)),
    bursts: train.map((face, i) => at.get(bursts[face] ?? face) ?? i),
  };
  const inner = await splitLeakProof(own.labels, own, VALIDATION, signal);
  const parted = inner.heldOut.length > 0 && inner.train.length > 0 ? inner : await splitLeakProof(own.labels, { ...own, persons: own.labels.map(() => null) }, VALIDATION, signal);
  if (parted.heldOut.length === 0 || parted.train.length === 0) throw new MienError('data-set', 'too-few', 'for validation');
  const inWhole = (some: readonly number[]) => some.map((i) => train[i] ?? 0);
  return { train: inWhole(parted.train), heldOut: inWhole(parted.heldOut), isWhole: parted === inner };
}

/** Initial last layer for fine-tuning: with a random one, the first steps would spoil the features (Kumar et al., ICLR 2022). */
async function firstHead(data: DataSet, faces: readonly number[], classes: readonly string[], signal: AbortSignal) {
  const { features, width } = await featuresOf(data, faces, signal, () => undefined);
  return labWorker().fitHead({ features, width, labels: faces.map((face) => classes.indexOf(data.faces[face]?.category ?? '')), classes: classes.length });
}

export const thoroughSession = new ThoroughSession();
