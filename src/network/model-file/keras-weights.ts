import * as tfc from '@tensorflow/tfjs-core';
import type * as tf from '@tensorflow/tfjs-layers';
import { MienError } from '../../engine/errors';
import type { HdfArray, HdfGroup } from './hdf5';
import type { WeightOwner } from './keras-config';
import { MODEL_LIMITS } from './limits';

/** Loads the weights of one layer in Keras's order, on demand; `layers` are the names of all layers. */
export type WeightSource = (owner: WeightOwner, limit: number, layers: readonly string[]) => readonly HdfArray[];

/** `.h5` files of Keras 2 and 3: a group per layer, which lists the names of its weights. */
export function legacyWeights(root: HdfGroup): WeightSource {
  return ({ path }, limit, layers) => {
    const [top = '', ...inner] = path;
    const group = root.group(top);
    const names = group?.texts('weight_names') ?? [];
    return weightsNamed(names, inner.at(-1) ?? null, layers).map((name) => (group as HdfGroup).numbers(name, limit));
  };
}

/** TensorFlow 2.12 to 2.15 named the folder of a model's layers after an internal attribute. */
const LAYER_FOLDERS = ['layers', '_layer_checkpoint_dependencies'];

/** `model.weights.h5` of a `.keras` file: folders by class and number, with weights numbered from 0. Null for other files. */
export function storedWeights(root: HdfGroup): WeightSource | null {
  const folder = LAYER_FOLDERS.find((name) => root.group(name));
  if (folder === undefined) return null;
  return ({ stores }, limit) =>
    stores.flatMap((store) => {
      const group = root.group(store.replaceAll(/(^|\/)layers\//g, `$1${folder}/`));
      const count = group?.keys.filter((key) => /^\d+$/.test(key)).length ?? 0;
      return Array.from({ length: count }, (_, i) => (group as HdfGroup).numbers(String(i), limit));
    });
}

/**
 * Names of one layer's weights, in order.
 *
 * @param layer name of the layer, if the list contains other layers too: weights of a nested model are listed with the outermost.
 * @param layers names of all layers.
 */
export function weightsNamed(names: readonly string[], layer: string | null, layers: readonly string[]): readonly string[] {
  // Keras 3 stores the state of random generators with the weights.
  const own = names.filter((name) => !name.includes('seed_generator'));
  if (layer === null) return own;
  // Layer names may contain slashes: of `Conv/kernel` and `block/Conv/kernel`, the first belongs to `Conv`.
  const places = own.map((name) => `/${name}`.indexOf(`/${layer}/`));
  const first = Math.min(...places.filter((place) => place >= 0));
  const longer = layers.filter((other) => other.startsWith(`${layer}/`));
  return own.filter((name, i) => places[i] === first && !longer.some((other) => `/${name}`.includes(`/${other}/`)));
}

/**
 * Fills in a model's weights, and checks each against the shape that its layer expects.
 *
 * @param isMirrored true if Theano computed it, whose convolutions flip the kernel.
 * @throws MienError `model-file/damaged` with the layer's name if a weight is missing or has another shape;
 * `model-file/too-large` beyond `MODEL_LIMITS.parameters`.
 */
export function fillWeights(model: tf.LayersModel, owners: readonly WeightOwner[], source: WeightSource, isMirrored = false): void {
  if (model.countParams() > MODEL_LIMITS.parameters) {
    throw new MienError('model-file', 'too-large', `${model.countParams()} parameters`);
  }
  const layers = owners.map(({ path }) => path.at(-1) ?? '');
  for (const owner of owners) {
    const layer = leafAt(model, owner.path);
    const wanted = layer.weights.map((weight) => weight.shape);
    if (wanted.length === 0) continue;
    const largest = Math.max(...wanted.map(sizeOf));
    const found = source(owner, largest, layers);
    const fits = found.length === wanted.length && found.every(({ shape }, i) => sameShape(shape, wanted[i] ?? []));
    if (!fits) {
      const said = found.map(({ shape }) => `[${shape.join()}]`).join();
      throw new MienError('model-file', 'damaged', `${owner.path.join('/')}: weights ${said || 'missing'}, not ${wanted.map((shape) => `[${shape.join()}]`).join()}`);
    }
    fillLayer(layer, isMirrored && MIRRORED.has(kindOf(layer)) ? found.map(mirrored) : found);
  }
}

/** Layers whose kernels Keras 2 flips when converting between backends: those with spatial axes before channels and filters. */
const MIRRORED: ReadonlySet<string> = new Set(['Conv1D', 'Conv2D', 'Conv2DTranspose']);

/** Class of a layer, or of the layer inside a TimeDistributed. */
function kindOf(layer: tf.layers.Layer): string {
  return layer.getClassName() === 'TimeDistributed' ? kindOf((layer as unknown as { readonly layer: tf.layers.Layer }).layer) : layer.getClassName();
}

/** Flips a kernel along all spatial axes; leaves a bias unchanged. */
function mirrored({ shape, values }: HdfArray): HdfArray {
  const block = shape.slice(-2).reduce((product, size) => product * size, 1);
  if (shape.length <= 2) return { shape, values };
  const turned = new Float32Array(values.length);
  for (let at = 0; at < values.length; at += block) turned.set(values.subarray(at, at + block), values.length - at - block);
  return { shape, values: turned };
}

/** Sets the weights of one layer; the counts must match. */
export function fillLayer(layer: tf.layers.Layer, arrays: readonly HdfArray[]): void {
  const shapes = layer.weights.map((weight) => weight.shape as number[]);
  if (shapes.length > 0) tfc.tidy(() => layer.setWeights(arrays.map(({ values }, i) => tfc.tensor(values, shapes[i] ?? []))));
}

/** @throws if the file names a layer that the model lacks. */
function leafAt(model: tf.LayersModel, path: readonly string[]): tf.layers.Layer {
  const [name = '', ...inner] = path;
  const layer = model.getLayer(name);
  return inner.length > 0 ? leafAt(layer as unknown as tf.LayersModel, inner) : layer;
}

/** `[n]` and `[1, 1, 1, n]` are equivalent; Keras writes the mean of a `Normalization` in either form. */
function sameShape(found: readonly number[], wanted: readonly (number | null)[]): boolean {
  const significant = (shape: readonly (number | null)[]) => shape.filter((size) => size !== 1).join();
  return found.join() === wanted.join() || (wanted.length <= 1 && significant(found) === significant(wanted));
}

function sizeOf(shape: readonly (number | null)[]): number {
  return shape.reduce<number>((product, size) => product * (size ?? 1), 1);
}
