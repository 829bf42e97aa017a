import { Store } from '../../engine/store';
import { LUMINANCE_BYTES } from '../../lab/faces';
import type { ModelSpec } from '../../lab/models/lab-model';
import { settingsStore } from '../settings';
import { sourceOf } from './model-database';
import { labWorker } from './lab-worker';
import type { LibraryModel } from './zoo-models';

/** Key of Mien's own model. */
export const MIEN = 'mien';

/** Spec to run a library model in the Lab; null: Mien's own, with the sensitivity in the settings. */
export function specOf(model: LibraryModel | null): ModelSpec {
  if (model === null) return { kind: 'mien', sensitivity: settingsStore().getSnapshot().sensitivity };
  if (model.origin === 'zoo') return { kind: 'zoo', id: model.id };
  return { kind: 'brought', source: sourceOf(model), outputs: model.origin === 'taught' ? 'own' : 'expressions' };
}

/** Key under which the worker keeps the model open. */
export function keyOf(model: LibraryModel | null): string {
  return model === null ? `${MIEN} ${settingsStore().getSnapshot().sensitivity}` : model.id;
}

/** Runs per model; the first ones include compilation. */
const RUNS = { warmUp: 2, measured: 7 };

/** Measured milliseconds per face in the Lab's worker, by key; null during measurement. */
export const faceTimes = new Store<ReadonlyMap<string, number | null>>(new Map());

/** @throws MienError of kind `model`, `model-file` or `engine`. */
export async function measureModel(model: LibraryModel | null): Promise<void> {
  const key = keyOf(model);
  const put = (ms: number | null) => faceTimes.set(new Map(faceTimes.getSnapshot()).set(key, ms));
  put(null);
  const face = { luminance: new Uint8Array(LUMINANCE_BYTES).map((_, i) => (i * 37) % 256), colors: null };
  const times: number[] = [];
  try {
    for (let run = 0; run < RUNS.warmUp + RUNS.measured; run++) {
      const fromMs = performance.now();
      await labWorker().answer(key, specOf(model), face);
      if (run >= RUNS.warmUp) times.push(performance.now() - fromMs);
    }
    put(times.sort((a, b) => a - b)[times.length >> 1] ?? null);
  } catch (error) {
    const others = new Map(faceTimes.getSnapshot());
    others.delete(key);
    faceTimes.set(others);
    throw error;
  }
}

/** Lists labels in a line: `angry, disgust, …`; those that are not among the seven in parentheses. */
export function labelLine({ labels, origin }: Pick<LibraryModel, 'labels' | 'origin'>, isExpression: (label: string) => boolean): string {
  return labels.map((label) => (origin === 'brought' && !isExpression(label) ? `(${label})` : label)).join(', ');
}

