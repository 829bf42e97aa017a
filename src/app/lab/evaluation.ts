import { MienError } from '../../engine/errors';
import { Store } from '../../engine/store';
import { reportAccuracy, type AccuracyReport } from '../../lab/metrics/accuracy';
import { amongClasses } from '../../lab/metrics/among-classes';
import type { Answers } from '../../lab/metrics/answers';
import { coverageCurve, reportCalibration, type CalibrationReport, type CoveragePoint } from '../../lab/metrics/calibration';
import { compare, type Comparison } from '../../lab/metrics/comparison';
import { LabClient } from '../../lab/lab-client';
import type { ModelFacts, ModelSpec } from '../../lab/models/lab-model';
import { categoriesOf, pixelsOf, type DataSet } from './data-set';
import { ASSET_BASE } from './lab-worker';
import { keyOf, specOf } from './model-figures';
import type { LibraryModel } from './zoo-models';
import { t } from '../../words/i18n';

/** A model, and all that is said of its answers. */
export interface Judgement {
  readonly name: string;
  readonly identity: ModelFacts['identity'];
  readonly answers: Answers;
  readonly accuracy: AccuracyReport;
  readonly calibration: CalibrationReport;
  readonly coverage: readonly CoveragePoint[];
  /** The model itself, to be asked again, and its classes in its own order. */
  readonly contestant: Contestant;
  readonly ownClasses: readonly string[];
}

export interface EvaluationResult {
  readonly data: DataSet;
  /** Faces that were judged: their numbers in the data set, in the order of the answers. */
  readonly faces: readonly number[];
  /** Labelled faces whose class a model does not know, by class. */
  readonly unknown: ReadonlyMap<string, number>;
  readonly first: Judgement;
  readonly second: Judgement | null;
  /** Null with one model alone. */
  readonly comparison: Comparison | null;
  readonly workers: number;
  readonly durationMs: number;
}

export type EvaluationState =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly done: number; readonly total: number }
  | { readonly status: 'failed'; readonly error: MienError }
  | { readonly status: 'done'; readonly result: EvaluationResult };

/** Faces that a worker answers at a time: the progress is told after each such run. */
const CHUNK = 128;

/** A model as the Lab's workers run it. */
export interface Contestant {
  readonly key: string;
  readonly name: string;
  readonly spec: ModelSpec;
}

/** Judges one or two models on a data set. */
export class Evaluation {
  readonly #store = new Store<EvaluationState>({ status: 'idle' });
  #work = new AbortController();

  readonly getSnapshot = () => this.#store.getSnapshot();
  readonly subscribe = (listener: () => void) => this.#store.subscribe(listener);

  /** @param models one or two; null is Mien's own. */
  async run(data: DataSet, models: readonly (LibraryModel | null)[]): Promise<void> {
    this.cancel();
    const { signal } = (this.#work = new AbortController());
    const contestants = models.map((model) => ({ key: keyOf(model), name: model?.name ?? t('Mien’s own'), spec: specOf(model) }));
    const labelled = data.faces.flatMap(({ category }, face) => (category === null ? [] : [face]));
    const lead = new LabClient(ASSET_BASE());
    const helpers = Math.min(navigator.hardwareConcurrency, Math.ceil(labelled.length / CHUNK)) - 1;
    const pool = [lead, ...Array.from({ length: Math.max(0, helpers) }, () => new LabClient(ASSET_BASE()))];
    signal.addEventListener('abort', () => pool.forEach((client) => client.dispose()));
    const startedMs = performance.now();
    this.#store.set({ status: 'running', done: 0, total: labelled.length * contestants.length });
    try {
      const facts = await Promise.all(contestants.map(({ key, spec }) => lead.open(key, spec)));
      const classes = commonClasses(facts, data);
      const faces = labelled.filter((face) => classes.includes(data.faces[face]?.category ?? ''));
      if (faces.length === 0) throw new MienError('data-set', 'no-labels', classes.join(', '));
      const shares = await this.#answer(pool, contestants, data, faces, signal);
      const labels = faces.map((face) => classes.indexOf(data.faces[face]?.category ?? ''));
      const [first, second = null] = contestants.flatMap((contestant, m) => {
        const own = facts[m];
        return own ? [judge(contestant, own, classes, labels, shares[m] ?? new Float32Array())] : [];
      });
      if (!first) throw new MienError('engine', 'unknown', 'no model was opened');
      const persons = faces.map((face) => data.faces[face]?.person ?? `face ${face}`);
      this.#store.set({
        status: 'done',
        result: {
          data,
          faces,
          unknown: countUnknown(data, labelled, classes),
          first,
          second,
          comparison: second && compare(first.answers, second.answers, persons),
          workers: pool.length,
          durationMs: performance.now() - startedMs,
        },
      });
    } catch (error) {
      if (!signal.aborted) this.#store.set({ status: 'failed', error: MienError.from(error) });
    } finally {
      pool.forEach((client) => client.dispose());
    }
  }

  /** Cancels the current run and discards its result. */
  cancel(): void {
    this.#work.abort();
    this.#store.set({ status: 'idle' });
  }

  /** Shares of each model's own classes, [faces × classes], by as many workers as there are. */
  async #answer(pool: readonly LabClient[], models: readonly Contestant[], data: DataSet, faces: readonly number[], signal: AbortSignal): Promise<Float32Array[]> {
    const chunks = Array.from({ length: Math.ceil(faces.length / CHUNK) }, (_, i) => faces.slice(i * CHUNK, (i + 1) * CHUNK));
    const jobs = models.flatMap((model, m) => chunks.map((chunk, c) => ({ model, m, chunk, c })));
    const parts: Float32Array[][] = models.map(() => []);
    const total = faces.length * models.length;
    let [next, done] = [0, 0];
    await Promise.all(
      pool.map(async (client) => {
        for (let job = jobs[next++]; job; job = jobs[next++]) {
          const { model, m, chunk, c } = job;
          const own = parts[m];
          const answer = await client.answer(model.key, model.spec, pixelsOf(data.pixels, chunk));
          signal.throwIfAborted();
          if (own) own[c] = answer;
          done += chunk.length;
          this.#store.set({ status: 'running', done, total });
        }
      }),
    );
    return parts.map(joined);
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Classes that every model knows, in the order of the first one's, those of no face last. */
function commonClasses(models: readonly ModelFacts[], data: DataSet): string[] {
  const [first, ...others] = models.map(({ classes }) => classes);
  const common = (first ?? []).filter((name) => others.every((classes) => classes.includes(name)));
  const present = categoriesOf(data.faces);
  return [...common.filter((name) => present.includes(name)), ...common.filter((name) => !present.includes(name))];
}

function countUnknown(data: DataSet, labelled: readonly number[], classes: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const face of labelled) {
    const category = data.faces[face]?.category ?? '';
    if (!classes.includes(category)) counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  return counts;
}

/** Answers among the common classes: what a model gives to others of its own is left aside. */
function judge(contestant: Contestant, { classes: own, identity }: ModelFacts, classes: readonly string[], labels: readonly number[], shares: Float32Array): Judgement {
  const probabilities = amongClasses(shares, own, classes, labels.length);
  const answers = { classes, labels, probabilities };
  const { name } = contestant;
  return { name, identity, answers, accuracy: reportAccuracy(answers), calibration: reportCalibration(answers), coverage: coverageCurve(answers), contestant, ownClasses: own };
}

export const evaluation = new Evaluation();
