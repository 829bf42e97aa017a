import type * as tf from '@tensorflow/tfjs-layers';
import { MienError } from '../../engine/errors';
import { buildLayers, disposeModel } from './build-layers';
import { readHdf5, type HdfGroup } from './hdf5';
import { isRecord, parseJson } from './json';
import { networkOfWeights } from './known-networks';
import { planNetwork } from './keras-config';
import { fillWeights, legacyWeights, storedWeights } from './keras-weights';
import type { StatedInput } from './stated-input';

/** A model read from a file, with metadata. */
export interface ReadLayers {
  readonly model: tf.LayersModel;
  /** E.g. `Keras 2.0.5, HDF5`. */
  readonly format: string;
  /** Scaling and labels stated in the file, as only Mien's own exports do. */
  readonly stated?: StatedInput;
}

/**
 * Reads an `.h5` file of Keras 2 or 3.
 *
 * @param architecture returns the network's `to_json()`, or null if there is none; called only for a file with weights alone.
 * @throws MienError `model-file/weights-only` if the file has no network and the weights fit no known one; `model-file/*`.
 */
export function readKerasHdf5(bytes: ArrayBuffer, architecture: () => unknown): Promise<ReadLayers> {
  return readHdf5(bytes, (root) => readRoot(root, architecture));
}

async function readRoot(root: HdfGroup, architecture: () => unknown): Promise<ReadLayers> {
  const weights = root.group('model_weights') ?? root;
  const written = root.text('model_config');
  const config = written === null ? architecture() : parseJson(written, 'model_config');
  const version = root.text('keras_version') ?? weights.text('keras_version') ?? versionOf(config) ?? '2';
  const backend = root.text('backend') ?? weights.text('backend');
  const isTheano = backend === 'theano';
  const source = weights.texts('layer_names') !== null ? legacyWeights(weights) : storedWeights(weights);
  if (source === null) throw new MienError('model-file', 'not-a-model', 'HDF5 without layers of Keras');
  if (config === null) {
    // The known networks use TensorFlow.
    const known = isTheano ? null : networkOfWeights(weights);
    if (!known) throw new MienError('model-file', 'weights-only');
    return { model: known, format: `Keras ${version}, HDF5, weights of ${known.name}` };
  }
  const plan = planNetwork(config, major(version), isTheano);
  const model = await buildLayers(plan.topology);
  // Keras 1 does not state its backend; Keras 2 opens such files with the same assumption.
  const taken = major(version) === 1 && backend === null ? ', taken as computed by TensorFlow' : '';
  return filled(model, `Keras ${version}, HDF5${taken}`, () => fillWeights(model, plan.owners, source, isTheano));
}

/** Reads the unpacked parts of a `.keras` file. @throws MienError `model-file/*`. */
export async function readKerasArchive(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): Promise<ReadLayers> {
  const text = (name: string) => new TextDecoder().decode(files.get(name));
  const stored = files.get('model.weights.h5');
  if (!files.has('config.json') || !stored) throw new MienError('model-file', 'damaged', 'config.json or model.weights.h5 is missing');
  const metadata = files.has('metadata.json') ? parseJson(text('metadata.json'), 'metadata.json') : null;
  const version = isRecord(metadata) && typeof metadata['keras_version'] === 'string' ? metadata['keras_version'] : '3';
  // Report an unsupported network before any problem with its weights.
  const plan = planNetwork(parseJson(text('config.json'), 'config.json'), major(version));
  return readHdf5(stored.buffer, async (root) => {
    const source = storedWeights(root);
    if (source === null) throw new MienError('model-file', 'damaged', 'model.weights.h5 holds no layers');
    const model = await buildLayers(plan.topology);
    return filled(model, `Keras ${version}`, () => fillWeights(model, plan.owners, source));
  });
}

/** Version of a `to_json()` config: only Keras 2 states it; Keras 3 is recognized by its module names. */
function versionOf(architecture: unknown): string | null {
  if (!isRecord(architecture)) return null;
  if (typeof architecture['keras_version'] === 'string') return architecture['keras_version'];
  return typeof architecture['module'] === 'string' ? '3' : null;
}

/** Fills in the weights; disposes the model if that fails. */
function filled(model: tf.LayersModel, format: string, fill: () => void): ReadLayers {
  try {
    fill();
    return { model, format };
  } catch (error) {
    disposeModel(model);
    throw error;
  }
}

function major(version: string): number {
  return Number.parseInt(version, 10) || 2;
}
