import { activateBackend, ContextLostError } from '../../engine/backend';
import { MienError } from '../../engine/errors';
import { loadModelFiles } from '../../engine/model-files';
import type { BackendName } from '../../engine/types';
import type { Head } from './softmax-regression';
import type { TaughtFiles } from './taught-model';
import { openTrainable } from './trainable';
import { Training, type Checkpoint, type TrainingSetup, type TrainingStep } from './training';
import type { TrainingState } from './training-state';
import { registerWasmGradients } from './wasm-gradients';
import { filesOf } from './weights';

export interface TrainingOrder {
  readonly setup: TrainingSetup;
  /** Initial last layer; null: random. Only for Mien's own network. */
  readonly head: Head | null;
  /** Checkpoint to resume; null: start from scratch. */
  readonly checkpoint: Checkpoint | null;
  /** Faces for the final evaluation, [n, 48, 48]: not used for training or for choosing an epoch. */
  readonly heldOut: Uint8Array;
}

export type TrainingNews =
  /** Backend, and the duration of one step of a full batch; `slow`: the faster backends lack a gradient that this network needs. */
  | { readonly kind: 'backend'; readonly backend: BackendName; readonly stepMs: number; readonly slow: boolean }
  | ({ readonly kind: 'step' } & TrainingStep)
  | { readonly kind: 'epoch'; readonly checkpoint: Checkpoint };

export interface TrainedModel {
  readonly files: TaughtFiles;
  readonly state: TrainingState;
  readonly backend: BackendName;
  /** Class probabilities for each held-out face, [n × classes]. */
  readonly heldOut: Float32Array;
}

/** Faces per step when comparing backends. */
const TRIAL_FACES = 4;

/**
 * Trains a network to the end, or until `shouldStop`, on the fastest backend with all the required gradients.
 *
 * @throws MienError `engine/no-backend` if there is none; `engine/worker-died` if it loses its WebGL context.
 */
export async function runTraining(order: TrainingOrder, assetBase: string, onNews: (news: TrainingNews) => void, shouldStop: () => boolean): Promise<TrainedModel> {
  const { setup, checkpoint, heldOut } = order;
  const { training, model, ...news } = await openOnFastest(order, assetBase);
  try {
    onNews({ kind: 'backend', ...news });
    if (checkpoint) await training.resume(checkpoint);
    while (!training.state.isOver) {
      const reached = await training.epoch((step) => onNews({ kind: 'step', ...step }), shouldStop);
      if (!reached) break;
      onNews({ kind: 'epoch', checkpoint: reached });
    }
    if (training.state.rows.length === 0) throw new MienError('engine', 'disposed', 'training ended before its first epoch');
    training.restoreBest();
    return { files: await filesOf(model, setup.classes), state: training.state, backend: news.backend, heldOut: await training.answer(heldOut) };
  } catch (error) {
    throw error instanceof ContextLostError ? new MienError('engine', 'worker-died', error.message, error) : error;
  } finally {
    training.dispose();
  }
}

async function openOnFastest({ setup, head }: TrainingOrder, assetBase: string) {
  const shipped = setup.network === 'fine-tune' ? await loadModelFiles(assetBase) : null;
  const tried: { readonly backend: BackendName; readonly stepMs: number }[] = [];
  let lastError: unknown = null;
  const open = async (backend: BackendName) => {
    if (!(await activateBackend(backend, assetBase))) return null;
    if (backend === 'wasm') registerWasmGradients();
    const model = await openTrainable(setup.network, setup.classes.length, shipped, head);
    return { model, training: new Training(model, setup) };
  };
  // Plain JavaScript has every gradient, but is about fifty times slower.
  for (const backend of ['webgl', 'wasm', 'cpu'] as const) {
    if (backend === 'webgl' && !hasGraphicsCard()) continue;
    if (backend === 'cpu' && tried.length > 0) break;
    const opened = await open(backend);
    if (!opened) continue;
    const faces = Math.min(TRIAL_FACES, setup.plan.batch, setup.train.labels.length);
    try {
      // The first step includes compilation.
      if (backend !== 'cpu') await opened.training.trial(faces);
      const startMs = performance.now();
      await opened.training.trial(faces);
      tried.push({ backend, stepMs: ((performance.now() - startMs) * setup.plan.batch) / faces });
    } catch (error) {
      lastError = error;
    } finally {
      opened.training.dispose();
    }
  }
  const [fastest] = tried.toSorted((a, b) => a.stepMs - b.stepMs);
  const opened = fastest && (await open(fastest.backend));
  if (!opened) throw new MienError('engine', 'no-backend', `training: ${String(lastError)}`, lastError);
  return { ...opened, ...fastest, slow: fastest.backend === 'cpu' };
}

/** Renderers without a graphics card, where a step takes minutes. */
const SOFTWARE = /swiftshader|llvmpipe|software|basic render/i;

function hasGraphicsCard(): boolean {
  if (typeof OffscreenCanvas === 'undefined') return false;
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return false;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = info ? gl.getParameter(info.UNMASKED_RENDERER_WEBGL) : gl.getParameter(gl.RENDERER);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return !SOFTWARE.test(String(renderer));
}

