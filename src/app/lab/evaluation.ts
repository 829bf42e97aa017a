import { MienError } from '../../engine/errors';
import { joined } from '../../engine/joined';
import { yieldToEventLoop } from '../../engine/yield-to-event-loop';
import { reportAccuracy, type AccuracyReport } from '../../lab/metrics/accuracy';
import { amongClasses } from '../../lab/metrics/among-classes';
import type { Answers } from '../../lab/metrics/answers';
import { coverageCurve, reportCalibration, type CalibrationReport, type CoveragePoint } from '../../lab/metrics/calibration';
import type { Comparison } from '../../lab/metrics/comparison';
import type { ModelFacts, ModelSpec } from '../../lab/models/lab-model';
import { CancellableRun, type OnProgress } from './cancellable-run';
import { categoriesOf, pixelsOf, type DataSet } from './data-set';
import { chunksOf, LabPool } from './lab-pool';
import { keyOf, specOf } from './model-figures';
import { compareOn } from './paired-comparison';
import type { LibraryModel } from './zoo-models';
import { t } from '../../words/i18n';

/** A model with all figures about its answers. */
export interface Judgement {
  readonly name: string;
  readonly identity: ModelFacts['identity'];
  readonly answers: Answers;
  readonly accuracy: AccuracyReport;
  readonly calibration: CalibrationReport;
  readonly coverage: readonly CoveragePoint[];
  /** The model itself, for further queries, and its classes in its own order. */
  readonly contestant: Contestant;
  readonly ownClasses: readonly string[];
}

export interface EvaluationResult {
  readonly data: DataSet;
  /** Indices of the evaluated faces in the data set, in the order of the answers. */
  readonly faces: readonly number[];
  /** Labelled faces whose class a model does not have, by class. */
  readonly unknown: ReadonlyMap<string, number>;
  readonly first: Judgement;
  readonly second: Judgement | null;
  /** Null if there is only one model. */
  readonly comparison: Comparison | null;
  readonly workers: number;
  readonly durationMs: number;
}

/** Number of people among the evaluated faces; null if some are unknown. */
export function peopleIn({ data, faces }: Pick<EvaluationResult, 'data' | 'faces'>): number | null {
  const people = new Set(faces.map((face) => data.faces[face]?.person ?? null));
  return people.has(null) ? null : people.size;
}

/** Faces per request to a worker; progress is reported after each. */
const CHUNK = 128;

/** A model as run by the Lab's workers. */
export interface Contestant {
  readonly key: string;
  readonly name: string;
  readonly spec: ModelSpec;
}

/**
 * Evaluates one or two models on a data set.
 *
 * @param models null stands for Mien's own.
 */
export async function evaluate(data: DataSet, models: readonly (LibraryModel | null)[], signal: AbortSignal, onProgress: OnProgress): Promise<EvaluationResult> {
  const contestants = models.map((model) => ({ key: keyOf(model), name: model?.name ?? t('Mien’s own'), spec: specOf(model) }));
  const labelled = data.faces.flatMap(({ category }, face) => (category === null ? [] : [face]));
  const pool = new LabPool(Math.ceil(labelled.length / CHUNK), signal);
  const startedMs = performance.now();
  try {
    const facts = await Promise.all(contestants.map(({ key, spec }) => pool.lead.open(key, spec)));
    const classes = commonClasses(facts, data);
    const faces = labelled.filter((face) => classes.includes(data.faces[face]?.category ?? ''));
    if (faces.length === 0) throw new MienError('data-set', 'no-labels', classes.join(', '));
    const shares = await answerAll(pool, contestants, data, faces, onProgress);
    const labels = faces.map((face) => classes.indexOf(data.faces[face]?.category ?? ''));
    const judgements: Judgement[] = [];
    for (const [m, contestant] of contestants.entries()) {
      const own = facts[m];
      if (own) judgements.push(await judge(contestant, own, classes, labels, shares[m] ?? new Float32Array()));
      signal.throwIfAborted();
    }
    const [first, second = null] = judgements;
    if (!first) throw new MienError('engine', 'unknown', 'no model was opened');
    return {
      data,
      faces,
      unknown: countUnknown(data, labelled, classes),
      first,
      second,
      comparison: second && (await compareOn(data, faces, first.answers, second.answers, signal)),
      workers: pool.size,
      durationMs: performance.now() - startedMs,
    };
  } finally {
    pool.dispose();
  }
}

/** Probabilities of each model's own classes, [faces × classes], computed by all workers in parallel. */
async function answerAll(pool: LabPool, models: readonly Contestant[], data: DataSet, faces: readonly number[], onProgress: OnProgress): Promise<Float32Array[]> {
  const jobs = models.flatMap((model, m) => chunksOf(faces, CHUNK).map((chunk, c) => ({ model, m, chunk, c })));
  const parts: Float32Array[][] = models.map(() => []);
  const total = faces.length * models.length;
  let done = 0;
  onProgress(done, total);
  await pool.each(jobs, async (client, { model, m, chunk, c }) => {
    const answer = await client.answer(model.key, model.spec, pixelsOf(data.pixels, chunk));
    const own = parts[m];
    if (own) own[c] = answer;
    onProgress((done += chunk.length), total);
  });
  return parts.map((part) => joined(Float32Array, part));
}

/** Classes that every model has, in the first model's order, those without faces last. */
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

/** Renormalizes the answers over the common classes and computes the figures. Yields to the page between them. */
async function judge(contestant: Contestant, { classes: own, identity }: ModelFacts, classes: readonly string[], labels: readonly number[], shares: Float32Array): Promise<Judgement> {
  const probabilities = amongClasses(shares, own, classes, labels.length);
  const answers = { classes, labels, probabilities };
  await yieldToEventLoop();
  const accuracy = reportAccuracy(answers);
  await yieldToEventLoop();
  const calibration = reportCalibration(answers);
  await yieldToEventLoop();
  const coverage = coverageCurve(answers);
  await yieldToEventLoop();
  return { name: contestant.name, identity, answers, accuracy, calibration, coverage, contestant, ownClasses: own };
}

/** The page's single evaluation. */
export const evaluation = new CancellableRun<EvaluationResult>();
