import { MienError } from '../../engine/errors';
import { joined } from '../../engine/joined';
import { EXPRESSIONS } from '../../engine/labels';
import { amongClasses } from '../../lab/metrics/among-classes';
import { reportAccuracy, type AccuracyReport, type Interval } from '../../lab/metrics/accuracy';
import type { Answers } from '../../lab/metrics/answers';
import type { Comparison } from '../../lab/metrics/comparison';
import type { TaughtFiles } from '../../lab/teach/taught-model';
import { inEnglish } from '../../words/i18n';
import { countsOf, luminanceOnly, pixelsOf, type DataSet } from './data-set';
import { wordDataName } from './data-words';
import { chunksOf } from './lab-pool';
import { labWorker } from './lab-worker';
import type { StoredModel } from './model-database';
import { compareOn } from './paired-comparison';
import { keyOf, specOf } from './model-figures';
import { FEWEST_TO_TEACH, MOST_CLASSES } from './teach-words';

/** Baseline of a taught model: Mien's own, or a constant answer of the most frequent class if Mien does not have all classes. */
export type TeachBase =
  | { readonly kind: 'mien'; readonly accuracy: number; readonly interval: Interval; readonly comparison: Comparison }
  | { readonly kind: 'most-frequent'; readonly name: string; readonly accuracy: number };

export interface TaughtResult {
  readonly model: StoredModel;
  readonly split: string;
  /** On the held-out faces; null if none could be held out. */
  readonly heldOut: AccuracyReport | null;
  readonly base: TeachBase | null;
  /** True if the 95 % interval excludes zero gain. */
  readonly isBetter: boolean;
  readonly durationMs: number;
}

const SURE = 0.05;
/** Faces per request to the worker. */
const CHUNK = 128;

/** @throws MienError `data-set/one-class`, `data-set/too-few`, `data-set/too-large`. */
export function checkClasses(data: DataSet, classes: readonly string[]): void {
  if (classes.length < 2) throw new MienError('data-set', 'one-class', classes.join());
  if (classes.length > MOST_CLASSES) throw new MienError('data-set', 'too-large', `${classes.length} classes, at most ${MOST_CLASSES}`);
  const { byCategory } = countsOf(data);
  const short = classes.filter((name) => (byCategory.get(name) ?? 0) < FEWEST_TO_TEACH);
  if (short.length > 0) throw new MienError('data-set', 'too-few', short.join(', '));
}

/** Requires both the bootstrap over people or near-duplicates and McNemar's test: with two or three people, the bootstrap alone is unreliable. */
function isSurelyBetter({ interval, mcnemar }: Comparison): boolean {
  return interval.low > 0 && mcnemar < SURE;
}

/** Baseline on the held-out faces. */
async function baseOf(data: DataSet, faces: readonly number[], taught: Answers, signal: AbortSignal): Promise<TeachBase> {
  const { classes, labels } = taught;
  if (classes.some((name) => !EXPRESSIONS.some((expression) => expression === name))) {
    const counts = classes.map((_, k) => labels.filter((label) => label === k).length);
    const most = Math.max(...counts);
    return { kind: 'most-frequent', name: classes[counts.indexOf(most)] ?? '', accuracy: most / labels.length };
  }
  const parts: Float32Array[] = [];
  for (const chunk of chunksOf(faces, CHUNK)) {
    parts.push(await labWorker().answer(keyOf(null), specOf(null), pixelsOf(luminanceOnly(data.pixels), chunk)));
    signal.throwIfAborted();
  }
  const answers = { classes, labels, probabilities: amongClasses(joined(Float32Array, parts), EXPRESSIONS, classes, faces.length) };
  const { accuracy, interval } = reportAccuracy(answers);
  return { kind: 'mien', accuracy, interval, comparison: await compareOn(data, faces, answers, taught, signal) };
}

/** A taught model, and the faces used. */
export interface Lesson {
  readonly name: string;
  readonly classes: readonly string[];
  readonly data: DataSet;
  /** Indices of the held-out faces in the data set, and the taught model's probabilities for them, [n × classes]. */
  readonly heldOut: readonly number[];
  readonly shares: Float32Array;
  /** Description of the split, one sentence. */
  readonly split: string;
  /** The same in English, for the card. */
  readonly splitInFile: string;
  readonly learned: number;
  readonly files: TaughtFiles;
  /** Side of the model's input, in pixels. */
  readonly side: number;
  /** Training procedure for the card: in a few words, and in figures. */
  readonly taught_in: string;
  readonly details: object;
  readonly durationMs: number;
}

/** Evaluates a taught model on held-out faces against the baseline. @throws the signal's reason if it is aborted. */
export async function judged(lesson: Lesson, signal: AbortSignal): Promise<TaughtResult> {
  const { name, classes, data, shares, split, files, durationMs } = lesson;
  const labels = lesson.heldOut.map((face) => classes.indexOf(data.faces[face]?.category ?? ''));
  const answers: Answers = { classes, labels, probabilities: shares };
  const heldOut = labels.length > 0 ? reportAccuracy(answers) : null;
  const base = heldOut && (await baseOf(data, lesson.heldOut, answers, signal));
  const isBetter = heldOut !== null && base !== null && (base.kind === 'mien' ? isSurelyBetter(base.comparison) : heldOut.interval.low > base.accuracy);
  const card = cardOf(lesson, { heldOut, base, isBetter });
  const contents = [['model.json', files.modelJson], ['weights.bin', files.weights], ['card.json', JSON.stringify(card, null, 2)]] as const;
  const model: StoredModel = {
    id: crypto.randomUUID(),
    name,
    files: contents.map(([path, content]) => ({ path: `${name}/${path}`, content: new Blob([content]) })),
    scaling: 'per-face',
    labels: classes,
    origin: 'taught',
    report: { format: 'TensorFlow.js layers', input: { side: lesson.side, channels: 1 }, parameters: files.parameters, output: 'softmax' },
    bytes: contents.reduce((sum, [, content]) => sum + new Blob([content]).size, 0),
    addedAtMs: Date.now(),
    removedAtMs: null,
  };
  return { model, split, heldOut, base, isBetter, durationMs };
}

function cardOf(lesson: Lesson, { heldOut, base, isBetter }: Pick<TaughtResult, 'heldOut' | 'base' | 'isBetter'>): object {
  const { name, classes, data, learned, splitInFile, side, taught_in, details } = lesson;
  return {
    name,
    taught_in,
    ...details,
    classes,
    input: { width: side, height: side, channels: 1, scaling: 'per-face' },
    data: {
      name: inEnglish(() => wordDataName(data.name)),
      faces: Object.fromEntries(classes.map((category) => [category, data.faces.filter((face) => face.category === category).length])),
      people: new Set(data.faces.flatMap(({ person }) => person ?? [])).size,
      learned_from: learned,
      split: splitInFile,
    },
    held_out: heldOut && {
      count: heldOut.count,
      accuracy: heldOut.accuracy,
      interval95: [heldOut.interval.low, heldOut.interval.high],
      macro_f1: heldOut.macroF1,
      per_class: heldOut.perClass,
      confusion: heldOut.confusion,
    },
    base: base && { kind: base.kind, accuracy: base.accuracy },
    better_than_base: isBetter,
  };
}

/** Class indices, persons and near-duplicates of selected faces, reindexed to the selection. */
export function kinship(data: DataSet, faces: readonly number[], classes: readonly string[]) {
  const at = new Map(faces.map((face, i) => [face, i]));
  return {
    labels: faces.map((face) => classes.indexOf(data.faces[face]?.category ?? '')),
    persons: faces.map((face) => data.faces[face]?.person ?? null),
    bursts: faces.map((face, i) => at.get(data.bursts[face] ?? face) ?? i),
  };
}
