import { loadModelFiles } from '../../engine/model-files';
import { MienError } from '../../engine/errors';
import { joined } from '../../engine/joined';
import { Store } from '../../engine/store';
import { visitYielding } from '../../engine/yield-to-event-loop';
import { applyHead, type Head } from '../../lab/teach/softmax-regression';
import { taughtModel } from '../../lab/teach/taught-model';
import { inEnglish } from '../../words/i18n';
import { categoriesOf, luminanceOnly, pixelsOf, type DataSet } from './data-set';
import { chunksOf } from './lab-pool';
import { ASSET_BASE, labWorker } from './lab-worker';
import { splitForTeaching, wordSplit } from './teach-words';
import { checkClasses, judged, kinship, type TaughtResult } from './taught-result';

export type TeachState =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly done: number; readonly total: number }
  | { readonly status: 'failed'; readonly error: MienError }
  | { readonly status: 'done'; readonly result: TaughtResult };

/** Faces per request for features. */
const CHUNK = 64;

/** Teaches Mien's network with the user's faces: keeps its features and trains a new last layer. */
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
      const { labels, persons, bursts } = kinship(data, faces, classes);
      this.#store.set({ status: 'running', done: 0, total: faces.length });
      const split = await splitForTeaching(labels, persons, bursts, signal);
      signal.throwIfAborted();
      const { features, width } = await featuresOf(data, faces, signal, (done) => this.#store.set({ status: 'running', done, total: faces.length }));
      const pick = (own: readonly number[]) => joined(Float32Array, own.map((face) => features.subarray(face * width, (face + 1) * width)));
      const head: Head = await labWorker().fitHead({ features: pick(split.train), width, labels: split.train.map((i) => labels[i] ?? 0), classes: classes.length });
      signal.throwIfAborted();
      const shares: Float32Array[] = [];
      await visitYielding(chunksOf(split.heldOut, CHUNK), (chunk) => shares.push(applyHead(head, pick(chunk), width)), signal);
      const shipped = await loadModelFiles(ASSET_BASE());
      const result = await judged({
        ...{ name, classes, data, learned: split.train.length, side: 48, details: { trunk: shipped.identity } },
        taught_in: 'Mien Lab, last layer on the features of Mien’s own network',
        heldOut: split.heldOut.map((i) => faces[i] ?? 0),
        shares: joined(Float32Array, shares),
        split: wordSplit(split, persons),
        splitInFile: inEnglish(() => wordSplit(split, persons)),
        files: taughtModel(shipped, head, classes),
        durationMs: performance.now() - startedMs,
      }, signal);
      signal.throwIfAborted();
      this.#store.set({ status: 'done', result });
    } catch (error) {
      if (!signal.aborted) this.#store.set({ status: 'failed', error: MienError.from(error) });
    }
  }

  /** Cancels the current run and discards an unsaved result. */
  cancel(): void {
    this.#work.abort();
    this.#store.set({ status: 'idle' });
  }
}

/** Features from Mien's own network, [n × width]. */
export async function featuresOf(
  data: DataSet,
  faces: readonly number[],
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<{ readonly features: Float32Array; readonly width: number }> {
  const parts: Float32Array[] = [];
  let width = 0;
  for (let from = 0; from < faces.length; from += CHUNK) {
    onProgress(from);
    const part = await labWorker().features(pixelsOf(luminanceOnly(data.pixels), faces.slice(from, from + CHUNK)));
    signal.throwIfAborted();
    parts.push(part.features);
    width = part.width;
  }
  onProgress(faces.length);
  return { features: joined(Float32Array, parts), width };
}

export const teachSession = new TeachSession();
