import * as tfc from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import type { Numbers } from './keras-nodes';

/** What Keras has and tf.layers lacks, under names of our own; `keras-layers.ts` hands them out. */

type Shape = (number | null)[];

function only<T>(value: T | T[]): T {
  const single = Array.isArray(value) ? value[0] : value;
  if (single === undefined) throw new Error('no input');
  return single;
}

function tensorOf(value: Numbers): tfc.Tensor {
  return tfc.tensor(value);
}

interface AffineOptions {
  readonly name?: string;
  readonly scale?: Numbers;
  readonly offset?: Numbers;
}

/** `x × scale + offset`: one number for all, one for each channel, or an array of the input's shape but for the batch. */
class Affine extends tf.layers.Layer {
  static readonly className = 'MienAffine';
  readonly #scale: Numbers;
  readonly #offset: Numbers;

  constructor({ scale = 1, offset = 0, ...others }: AffineOptions) {
    super(others);
    this.#scale = scale;
    this.#offset = offset;
  }

  override call(inputs: tfc.Tensor | tfc.Tensor[]): tfc.Tensor {
    return tfc.tidy(() => tfc.add(tfc.mul(only(inputs), tensorOf(this.#scale)), tensorOf(this.#offset)));
  }

  override computeOutputShape(shape: Shape | Shape[]): Shape | Shape[] {
    return shape;
  }

  override getConfig(): tfc.serialization.ConfigDict {
    return { ...super.getConfig(), scale: this.#scale as number, offset: this.#offset as number };
  }
}

function copy(value: number | readonly number[]): number | number[] {
  return typeof value === 'number' ? value : [...value];
}

interface NormalizationOptions {
  readonly name?: string;
  readonly mean?: number | readonly number[] | null;
  readonly variance?: number | readonly number[] | null;
}

/** Keras's `Normalization` by channel: `(x − mean) / max(√variance, 1e-7)`; mean, variance and count are weights unless given. */
class Normalization extends tf.layers.Layer {
  static readonly className = 'MienNormalization';
  readonly #mean: number | readonly number[] | null;
  readonly #variance: number | readonly number[] | null;

  constructor({ mean = null, variance = null, ...others }: NormalizationOptions) {
    super(others);
    this.#mean = mean;
    this.#variance = variance;
  }

  override build(shape: Shape | Shape[]): void {
    if (this.#mean === null) {
      const channels = only(shape as Shape[]);
      const size = Array.isArray(channels) ? channels.at(-1) : (shape as Shape).at(-1);
      const zeros = tf.initializers.zeros();
      this.addWeight('mean', [size ?? 1], 'float32', zeros, undefined, false);
      this.addWeight('variance', [size ?? 1], 'float32', zeros, undefined, false);
      this.addWeight('count', [], 'float32', zeros, undefined, false);
    }
    super.build(shape);
  }

  override call(inputs: tfc.Tensor | tfc.Tensor[]): tfc.Tensor {
    return tfc.tidy(() => {
      const [mean, variance] =
        this.#mean === null
          ? this.weights.map((weight) => weight.read())
          : [tensorOf(flat(this.#mean)), tensorOf(flat(this.#variance ?? 1))];
      if (!mean || !variance) throw new Error('no mean');
      return tfc.div(tfc.sub(only(inputs), mean), tfc.maximum(tfc.sqrt(variance), 1e-7));
    });
  }

  override computeOutputShape(shape: Shape | Shape[]): Shape | Shape[] {
    return shape;
  }

  override getConfig(): tfc.serialization.ConfigDict {
    return { ...super.getConfig(), mean: this.#mean === null ? null : copy(this.#mean), variance: this.#variance === null ? null : copy(this.#variance) };
  }
}

/** Keras writes an adapted mean as [[[[m]]]] at times. */
function flat(value: number | readonly number[]): number | readonly number[] {
  if (typeof value === 'number') return value;
  return (value as readonly unknown[]).flat(8) as number[];
}

interface PoolingOptions {
  readonly name?: string;
  readonly pool?: 'average' | 'max';
  readonly dataFormat?: 'channelsFirst' | 'channelsLast';
  readonly keepdims?: boolean;
}

/** `GlobalAveragePooling2D` and `GlobalMaxPooling2D` with `keepdims`, which tf.layers ignores. */
class GlobalPooling extends tf.layers.Layer {
  static readonly className = 'MienGlobalPooling2D';
  readonly #options: Required<Omit<PoolingOptions, 'name'>>;

  constructor({ pool = 'average', dataFormat = 'channelsLast', keepdims = false, ...others }: PoolingOptions) {
    super(others);
    this.#options = { pool, dataFormat, keepdims };
  }

  override call(inputs: tfc.Tensor | tfc.Tensor[]): tfc.Tensor {
    const { pool, dataFormat, keepdims } = this.#options;
    const axes = dataFormat === 'channelsLast' ? [1, 2] : [2, 3];
    return pool === 'max' ? tfc.max(only(inputs), axes, keepdims) : tfc.mean(only(inputs), axes, keepdims);
  }

  override computeOutputShape(shape: Shape | Shape[]): Shape {
    const { dataFormat, keepdims } = this.#options;
    const [batch = null, ...rest] = shape as Shape;
    const channels = (dataFormat === 'channelsLast' ? rest[2] : rest[0]) ?? null;
    if (!keepdims) return [batch, channels];
    return dataFormat === 'channelsLast' ? [batch, 1, 1, channels] : [batch, channels, 1, 1];
  }

  override getConfig(): tfc.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#options };
  }
}

/** The first input minus the second. */
class Subtract extends tf.layers.Layer {
  static readonly className = 'MienSubtract';

  override call(inputs: tfc.Tensor | tfc.Tensor[]): tfc.Tensor {
    const [a, b] = inputs as tfc.Tensor[];
    if (!a || !b) throw new Error('two inputs are subtracted');
    return tfc.sub(a, b);
  }

  override computeOutputShape(shape: Shape | Shape[]): Shape {
    return only(shape as Shape[]);
  }
}

/** An activation by name. */
function activation(className: string, apply: (x: tfc.Tensor) => tfc.Tensor) {
  class OwnActivation extends tfc.serialization.Serializable {
    static readonly className = className;

    apply(x: tfc.Tensor): tfc.Tensor {
      return tfc.tidy(() => apply(x));
    }

    getConfig(): tfc.serialization.ConfigDict {
      return {};
    }
  }
  tfc.serialization.registerClass(OwnActivation);
}

for (const layer of [Affine, Normalization, GlobalPooling, Subtract]) tfc.serialization.registerClass(layer);
activation('mienHardSigmoid', (x) => tfc.div(tfc.relu6(tfc.add(x, 3)), 6));
activation('mienHardSwish', (x) => tfc.div(tfc.mul(x, tfc.relu6(tfc.add(x, 3))), 6));
activation('mienLeakyRelu', (x) => tfc.leakyRelu(x, 0.2));
activation('mienExponential', (x) => tfc.exp(x));
