import * as tfc from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import { activationOf, type Apply } from './activations';
import { ATTENTION } from './attention';
import { CONVOLUTIONS } from './convolutions';
import { NORMALIZATIONS } from './normalizations';
import { shapeByTrial, shapesOf, type Shape } from './trial-shape';
import type { Options, WeightedKind } from './weighted-kind';

const KINDS: Readonly<Record<string, WeightedKind>> = { ...ATTENTION, ...CONVOLUTIONS, ...NORMALIZATIONS };

interface Config extends Options {
  readonly name?: string;
  readonly batchInputShape?: Shape;
  /** One of `KINDS`. */
  readonly kind: string;
  readonly activation?: unknown;
}

/** A Keras layer with weights that tf.layers lacks, or computes differently. */
class Weighted extends tf.layers.Layer {
  static readonly className = 'MienWeighted';
  readonly #config: Config;
  readonly #kind: WeightedKind;
  readonly #activation: Apply | null;

  constructor(config: Config) {
    const { name, batchInputShape } = config;
    super({ ...(name !== undefined && { name }), ...(batchInputShape && { batchInputShape }) });
    const kind = Object.hasOwn(KINDS, config.kind) ? KINDS[config.kind] : undefined;
    if (!kind) throw new Error(config.kind);
    this.#config = config;
    this.#kind = kind;
    this.#activation = config.activation === undefined ? null : activationOf(config.activation);
  }

  override build(shape: Shape | Shape[]): void {
    const zeros = tf.initializers.zeros();
    for (const [name, size] of this.#kind.weights(shapesOf(shape), this.#config)) this.addWeight(name, [...size], 'float32', zeros);
    super.build(shape);
  }

  override call(inputs: tfc.Tensor | tfc.Tensor[]): tfc.Tensor {
    return tfc.tidy(() => {
      const weights = this.weights.map((weight) => weight.read());
      const answer = this.#kind.call(Array.isArray(inputs) ? inputs : [inputs], weights, this.#config);
      return this.#activation?.(answer) ?? answer;
    });
  }

  override computeOutputShape(shape: Shape | Shape[]): Shape {
    return shapeByTrial(shape, (zeros) => this.call([...zeros])) as Shape;
  }

  override getConfig(): tfc.serialization.ConfigDict {
    return { ...super.getConfig(), ...(this.#config as unknown as tfc.serialization.ConfigDict) };
  }
}

tfc.serialization.registerClass(Weighted);
