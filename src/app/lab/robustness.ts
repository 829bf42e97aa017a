import { MienError } from '../../engine/errors';
import { Store } from '../../engine/store';
import { LabClient } from '../../lab/lab-client';
import { wilson, type Interval } from '../../lab/metrics/accuracy';
import { amongClasses } from '../../lab/metrics/among-classes';
import { DISTURBANCES, disturbed, type Disturbance } from '../../lab/robustness/disturb';
import { pixelsOf } from './data-set';
import type { EvaluationResult, Judgement } from './evaluation';
import { ASSET_BASE } from './lab-worker';

/** How right a model is on faces that were put through something. */
export interface RobustnessRow {
  /** Null: as they are. */
  readonly how: Disturbance | null;
  readonly accuracy: number;
  readonly interval: Interval;
}

export type RobustnessState =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly done: number; readonly total: number }
  | { readonly status: 'failed'; readonly error: MienError }
  /** `of`: the answers that it belongs to. */
  | { readonly status: 'done'; readonly of: Judgement; readonly count: number; readonly rows: readonly RobustnessRow[] };

/** Faces that are disturbed, evenly out of all: enough for an interval of ± 5 points. */
const MOST_FACES = 400;
const CHUNK = 64;

/** Judges a model on disturbed copies of one's own faces. */
export class Robustness {
  readonly #store = new Store<RobustnessState>({ status: 'idle' });
  #work = new AbortController();

  readonly getSnapshot = () => this.#store.getSnapshot();
  readonly subscribe = (listener: () => void) => this.#store.subscribe(listener);

  async run({ data, faces }: EvaluationResult, judgement: Judgement): Promise<void> {
    this.cancel();
    const { signal } = (this.#work = new AbortController());
    const { answers, contestant, ownClasses } = judgement;
    const step = Math.max(1, Math.ceil(faces.length / MOST_FACES));
    const places = Array.from({ length: Math.ceil(faces.length / step) }, (_, i) => i * step);
    const ways: readonly (Disturbance | null)[] = [null, ...DISTURBANCES];
    const total = ways.length * places.length;
    let done = 0;
    this.#store.set({ status: 'running', done, total });
    // A worker of its own, which ends with a cancellation.
    const client = new LabClient(ASSET_BASE());
    signal.addEventListener('abort', () => client.dispose());
    try {
      const rows: RobustnessRow[] = [];
      for (const how of ways) {
        let right = 0;
        for (let from = 0; from < places.length; from += CHUNK) {
          const some = places.slice(from, from + CHUNK);
          const own = pixelsOf(data.pixels, some.map((place) => faces[place] ?? 0));
          const shares = await client.answer(contestant.key, contestant.spec, how ? disturbed(own, how) : own);
          signal.throwIfAborted();
          const among = amongClasses(shares, ownClasses, answers.classes, some.length);
          right += some.filter((place, i) => strongest(among, i, answers.classes.length) === answers.labels[place]).length;
          done += some.length;
          this.#store.set({ status: 'running', done, total });
        }
        rows.push({ how, accuracy: right / places.length, interval: wilson(right, places.length) });
      }
      this.#store.set({ status: 'done', of: judgement, count: places.length, rows });
    } catch (error) {
      if (!signal.aborted) this.#store.set({ status: 'failed', error: MienError.from(error) });
    } finally {
      client.dispose();
    }
  }

  cancel(): void {
    this.#work.abort();
    this.#store.set({ status: 'idle' });
  }
}

function strongest(shares: Float32Array, face: number, classes: number): number {
  const own = shares.subarray(face * classes, (face + 1) * classes);
  return own.indexOf(Math.max(...own));
}

export const robustness = new Robustness();
