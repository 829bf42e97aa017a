import * as tf from '@tensorflow/tfjs-core';
import { CROP_SIZE } from './crop-arithmetic';
import { MienError } from './errors';
import type { GraphFiles } from './model-files';

/** Used parts of a layer in tfjs's layers format. */
interface Layer {
  readonly class_name: string;
  readonly config: {
    readonly name: string;
    readonly activation?: 'relu' | 'linear';
    readonly strides?: [number, number];
    readonly padding?: 'same' | 'valid';
    readonly dilation_rate?: [number, number];
    readonly batch_input_shape?: readonly (number | null)[];
  };
  /** The layers that its one use takes inputs from. */
  readonly inbound_nodes: readonly (readonly (readonly [string, ...unknown[]])[])[];
}

interface Topology {
  readonly config: { readonly layers: readonly Layer[]; readonly output_layers: readonly (readonly [string, ...unknown[]])[] };
}

interface Step {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly run: (...inputs: tf.Tensor[]) => tf.Tensor;
}

/**
 * Runs a network in tfjs's layers format on tfjs-core's fused kernels. tfjs-layers could run it too, at a third of the engine's code
 * size, four times the loading time, and a tenth more time per frame.
 */
export class NetworkRunner {
  /** Names of the outputs, in the order of their logits in `run`. */
  readonly heads: readonly string[];
  readonly #input: string;
  readonly #steps: readonly Step[];
  readonly #weights: tf.NamedTensorMap;

  private constructor(input: string, steps: readonly Step[], heads: readonly string[], weights: tf.NamedTensorMap) {
    this.#input = input;
    this.#steps = steps;
    this.heads = heads;
    this.#weights = weights;
  }

  /** Creates it on tfjs's current backend. @throws `model/incompatible` for an unsupported network. */
  static create({ topology, weightSpecs, weightData }: GraphFiles): NetworkRunner {
    let weights: tf.NamedTensorMap = {};
    try {
      weights = tf.io.decodeWeights(weightData, weightSpecs as tf.io.WeightsManifestEntry[]);
      const { layers, output_layers: outputs } = (topology as Topology).config;
      const [input, ...rest] = layers;
      const shape = input?.config.batch_input_shape?.slice(1).join();
      if (!input || shape !== [CROP_SIZE, CROP_SIZE, 1].join()) throw new Error(`input ${shape}`);
      const steps = rest.map((layer) => step(layer, weights));
      return new NetworkRunner(input.config.name, steps, outputs.map(([name]) => name), weights);
    } catch (error) {
      tf.dispose(weights);
      throw new MienError('model', 'incompatible', String(error), error);
    }
  }

  /** Maps standardised crops [n, 48, 48, 1] to logits [n, heads × 7]. Call within `tf.tidy`. */
  run(crops: tf.Tensor4D): tf.Tensor2D {
    return tf.concat(this.outputsOf(this.heads, crops), 1) as tf.Tensor2D;
  }

  /** Outputs of some layers for standardised crops [n, 48, 48, 1]. Call within `tf.tidy`. */
  outputsOf(layers: readonly string[], crops: tf.Tensor4D): tf.Tensor[] {
    const values = new Map<string, tf.Tensor>([[this.#input, crops]]);
    const valueOf = (name: string): tf.Tensor => {
      const value = values.get(name);
      if (!value) throw new Error(`${name} comes too late`);
      return value;
    };
    for (const { name, inputs, run } of this.#steps) values.set(name, run(...inputs.map(valueOf)));
    return layers.map(valueOf);
  }

  dispose(): void {
    tf.dispose(this.#weights);
  }
}

function step({ class_name: kind, config, inbound_nodes: uses }: Layer, weights: tf.NamedTensorMap): Step {
  const { name } = config;
  const weight = (part: string): tf.Tensor => {
    const found = weights[`${name}/${part}`];
    if (!found) throw new Error(`${name} lacks its ${part}`);
    return found;
  };
  return { name, inputs: (uses[0] ?? []).map(([from]) => from), run: operation(kind, config, weight) };
}

function operation(
  kind: string,
  { name, activation, strides, padding, dilation_rate: dilation }: Layer['config'],
  weight: (part: string) => tf.Tensor,
): Step['run'] {
  switch (kind) {
    case 'Conv2D': {
      if (!strides || !padding || dilation?.join() !== '1,1') break;
      const filter = weight('kernel');
      const bias = weight('bias');
      const how = { strides, pad: padding, dataFormat: 'NHWC', dilations: [1, 1], activation: activation ?? 'linear' };
      // The kernel itself: `tf.fused.conv2d` wraps it in another one that keeps inputs for gradients, which are unused here.
      return (x) => tf.engine().runKernel<tf.Tensor>(tf.FusedConv2D, { x, filter, bias }, how);
    }
    case 'Dense': {
      const b = weight('kernel');
      const bias = weight('bias') as tf.Tensor1D;
      return (a) => tf.fused.matMul({ a, b, bias, activation: activation ?? 'linear' });
    }
    case 'Add':
      return (a, b) => tf.add(a, b);
    case 'Activation':
      if (activation !== 'relu') break;
      return (x) => tf.relu(x);
    case 'GlobalAveragePooling2D':
      return (x) => tf.mean(x, [1, 2]);
  }
  throw new Error(`${name}: no such ${kind} is known`);
}
