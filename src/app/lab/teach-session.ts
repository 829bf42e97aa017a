import { loadModelFiles } from '../../engine/model-files';
import { MienError } from '../../engine/errors';
import { EXPRESSIONS } from '../../engine/labels';
import { Store } from '../../engine/store';
import { reportAccuracy, type AccuracyReport, type Interval } from '../../lab/metrics/accuracy';
import type { Answers } from '../../lab/metrics/answers';
import { compare, type Comparison } from '../../lab/metrics/comparison';
import { applyHead } from '../../lab/teach/softmax-regression';
import { taughtModel } from '../../lab/teach/taught-model';
import { amongClasses } from '../../lab/metrics/among-classes';
import { countFaces } from '../../lab/faces';
import { categoriesOf, pixelsOf, type DataSet } from './data-set';
import { ASSET_BASE, labWorker } from './lab-worker';
import type { StoredModel } from './model-database';
import { keyOf, specOf } from './model-figures';
import { FEWEST_TO_TEACH, MOST_CLASSES, splitForTeaching, wordSplit } from './teach-words';

/** What a taught model is measured against: Mien's own, or always naming the most frequent class where Mien does not know them all. */
export type TeachBase =
  | { readonly kind: 'mien'; readonly accuracy: number; readonly interval: Interval; readonly comparison: Comparison }
  | { readonly kind: 'most-frequent'; readonly name: string; readonly accuracy: number };

export interface TaughtResult {
  readonly model: StoredModel;
  readonly split: string;
  /** On the held-out faces; null where none could be held out. */
  readonly heldOut: AccuracyReport | null;
  readonly base: TeachBase | null;
  /** By an interval that leaves no doubt, 95 %. */
  readonly isBetter: boolean;
  readonly durationMs: number;
}

export type TeachState =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly done: number; readonly total: number }
  | { readonly status: 'failed'; readonly error: MienError }
  | { readonly status: 'done'; readonly result: TaughtResult };

/** Faces whose features are computed at a time. */
const CHUNK = 64;
const SURE = 0.05;

/** Teaches Mien's network one's own faces: its features stay, its last layer is learned anew. */
export class TeachSession {
  readonly #store = new Store<TeachState>({ status: 'idle' });
  #work = new AbortController();

  readonly getSnapshot = () => this.#store.getSnapshot();
  readonly subscribe = (listener: () => void) => this.#store.subscribe(listener);

  async run(data: DataSet, name: string): Promise<void> {
    this.cancel();
    const { signal } = (this.#work = new AbortController());
    const startedMs = performance.now();
    try {
      const classes = categoriesOf(data.faces);
      checkClasses(data, classes);
      const faces = data.faces.flatMap(({ category }, face) => (category === null ? [] : [face]));
      const labels = faces.map((face) => classes.indexOf(data.faces[face]?.category ?? ''));
      const persons = faces.map((face) => data.faces[face]?.person ?? null);
      const at = new Map(faces.map((face, i) => [face, i]));
      const split = splitForTeaching(labels, persons, faces.map((face, i) => at.get(data.bursts[face] ?? face) ?? i));

      const { features, width } = await this.#features(data, faces, signal);
      const pick = (own: readonly number[]) => Float32Array.from(own.flatMap((i) => Array.from(features.subarray(i * width, (i + 1) * width))));
      const head = await labWorker().fitHead({ features: pick(split.train), width, labels: split.train.map((i) => labels[i] ?? 0), classes: classes.length });
      signal.throwIfAborted();

      const heldLabels = split.heldOut.map((i) => labels[i] ?? 0);
      const answers: Answers = { classes, labels: heldLabels, probabilities: applyHead(head, pick(split.heldOut), width) };
      const heldOut = split.heldOut.length > 0 ? reportAccuracy(answers) : null;
      const heldPersons = split.heldOut.map((i) => persons[i] ?? `face ${i}`);
      const base = heldOut && (await baseOf(data, split.heldOut.map((i) => faces[i] ?? 0), answers, heldPersons));
      signal.throwIfAborted();

      const isBetter = heldOut !== null && base !== null && (base.kind === 'mien' ? isSurelyBetter(base.comparison) : heldOut.interval.low > base.accuracy);
      const sentence = wordSplit(split, persons);
      const files = await loadModelFiles(ASSET_BASE());
      const { modelJson, weights, parameters } = taughtModel(files, head, classes);
      const card = cardOf({ name, classes, data, split: sentence, learned: split.train.length, heldOut, base, isBetter, trunk: files.identity });
      const contents = [['model.json', modelJson], ['weights.bin', weights], ['card.json', JSON.stringify(card, null, 2)]] as const;
      const model: StoredModel = {
        id: crypto.randomUUID(),
        name,
        files: contents.map(([path, content]) => ({ path: `${name}/${path}`, content: new Blob([content]) })),
        scaling: 'per-face',
        labels: classes,
        origin: 'taught',
        report: { format: 'TensorFlow.js layers', input: { side: 48, channels: 1 }, parameters, output: 'softmax' },
        bytes: contents.reduce((sum, [, content]) => sum + new Blob([content]).size, 0),
        addedAtMs: Date.now(),
        removedAtMs: null,
      };
      this.#store.set({ status: 'done', result: { model, split: sentence, heldOut, base, isBetter, durationMs: performance.now() - startedMs } });
    } catch (error) {
      if (!signal.aborted) this.#store.set({ status: 'failed', error: MienError.from(error) });
    }
  }

  /** Ends what is under way; a result that was not kept goes too. */
  cancel(): void {
    this.#work.abort();
    this.#store.set({ status: 'idle' });
  }

  async #features(data: DataSet, faces: readonly number[], signal: AbortSignal): Promise<{ features: Float32Array; width: number }> {
    const parts: Float32Array[] = [];
    let width = 0;
    for (let from = 0; from < faces.length; from += CHUNK) {
      this.#store.set({ status: 'running', done: from, total: faces.length });
      const pixels = pixelsOf(data.pixels, faces.slice(from, from + CHUNK));
      const part = await labWorker().features({ luminance: pixels.luminance, colors: null });
      signal.throwIfAborted();
      parts.push(part.features);
      width = part.width;
    }
    this.#store.set({ status: 'running', done: faces.length, total: faces.length });
    const features = new Float32Array(faces.length * width);
    parts.forEach((part, i) => features.set(part, i * CHUNK * width));
    return { features, width };
  }
}

/** @throws MienError `data-set/one-class`, `data-set/too-few`, `data-set/too-large`. */
function checkClasses(data: DataSet, classes: readonly string[]): void {
  if (classes.length < 2) throw new MienError('data-set', 'one-class', classes.join());
  if (classes.length > MOST_CLASSES) throw new MienError('data-set', 'too-large', `${classes.length} classes, at most ${MOST_CLASSES}`);
  const short = classes.filter((name) => data.faces.filter(({ category }) => category === name).length < FEWEST_TO_TEACH);
  if (short.length > 0) throw new MienError('data-set', 'too-few', short.join(', '));
}

/** By the bootstrap over people, and by McNemar's test too: of two or three people, the bootstrap alone says little. */
function isSurelyBetter({ interval, mcnemar }: Comparison): boolean {
  return interval.low > 0 && mcnemar < SURE;
}

/** What the held-out faces give without teaching. */
async function baseOf(data: DataSet, faces: readonly number[], taught: Answers, persons: readonly string[]): Promise<TeachBase> {
  const { classes, labels } = taught;
  if (classes.some((name) => !EXPRESSIONS.some((expression) => expression === name))) {
    const counts = classes.map((_, k) => labels.filter((label) => label === k).length);
    const most = Math.max(...counts);
    return { kind: 'most-frequent', name: classes[counts.indexOf(most)] ?? '', accuracy: most / labels.length };
  }
  const pixels = pixelsOf(data.pixels, faces);
  const shares = await labWorker().answer(keyOf(null), specOf(null), pixels);
  const answers = { classes, labels, probabilities: amongClasses(shares, EXPRESSIONS, classes, countFaces(pixels)) };
  const { accuracy, interval } = reportAccuracy(answers);
  return { kind: 'mien', accuracy, interval, comparison: compare(answers, taught, persons) };
}

interface CardParts extends Pick<TaughtResult, 'heldOut' | 'base' | 'isBetter' | 'split'> {
  readonly name: string;
  readonly classes: readonly string[];
  readonly data: DataSet;
  readonly learned: number;
  readonly trunk: { readonly id: string; readonly version: string; readonly sha256: string };
}

function cardOf({ name, classes, data, learned, heldOut, base, isBetter, split, trunk }: CardParts): object {
  return {
    name,
    taught_in: 'Mien Lab, last layer on the features of Mien’s own network',
    trunk,
    classes,
    input: { width: 48, height: 48, channels: 1, scaling: 'per-face' },
    data: {
      name: data.name,
      faces: Object.fromEntries(classes.map((category) => [category, data.faces.filter((face) => face.category === category).length])),
      people: new Set(data.faces.flatMap(({ person }) => person ?? [])).size,
      learned_from: learned,
      split,
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

export const teachSession = new TeachSession();
