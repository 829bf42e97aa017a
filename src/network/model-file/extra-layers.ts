import * as tfc from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import type { Numbers } from './keras-nodes';

/** Keras layers missing in tf.layers, under custom names; `keras-layers.ts` assigns them. */

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

/** `x × scale + offset`, each a single number, one per channel, or an array of the input's shape without the batch. */
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

interface NormalizationOptions {
  readonly name?: string;
  readonly mean?: Numbers | null;
  readonly variance?: Numbers | null;
  /** Axes with separate means; none: a single mean. */
  readonly axis?: number | readonly number[] | null;
  readonly invert?: boolean;
}

/** Keras's lower bound on deviations. */
const LEAST_DEVIATION = 1e-7;

/** Keras's `Normalization`: `(x − mean) / max(√variance, 1e-7)`; mean, variance and count are weights unless given. */
class Normalization extends tf.layers.Layer {
  static readonly className = 'MienNormalization';
  readonly #options: NormalizationOptions;

  constructor(options: NormalizationOptions) {
    super({ ...(options.name !== undefined && { name: options.name }), ...('batchInputShape' in options && { batchInputShape: options.batchInputShape as Shape }) });
    this.#options = options;
  }

  override build(shape: Shape | Shape[]): void {
    if (isUnknown(this.#options.mean)) {
      const own = (Array.isArray(shape[0]) ? shape[0] : shape) as Shape;
      const sizes = own.filter((_, axis) => this.#keeps(axis, own.length));
      const zeros = tf.initializers.zeros();
      this.addWeight('mean', sizes, 'float32', zeros, undefined, false);
      this.addWeight('variance', sizes, 'float32', zeros, undefined, false);
      this.addWeight('count', [], 'float32', zeros, undefined, false);
    }
    super.build(shape);
  }

  override call(inputs: tfc.Tensor | tfc.Tensor[]): tfc.Tensor {
    return tfc.tidy(() => {
      const x = only(inputs);
      const given = [this.#options.mean, this.#options.variance];
      const [mean, variance] = (this.weights.length > 0 ? this.weights.map((weight) => weight.read()) : given.map((value) => tensorOf(value ?? 1))).map((value) =>
        value.size === 1 ? tfc.reshape(value, []) : tfc.reshape(value, x.shape.map((size, axis) => (this.#keeps(axis, x.rank) ? size : 1))),
      );
      if (!mean || !variance) throw new Error('no mean');
      const deviation = tfc.maximum(tfc.sqrt(variance), LEAST_DEVIATION);
      return this.#options.invert === true ? tfc.add(tfc.mul(x, deviation), mean) : tfc.div(tfc.sub(x, mean), deviation);
    });
  }

  override computeOutputShape(shape: Shape | Shape[]): Shape | Shape[] {
    return shape;
  }

  override getConfig(): tfc.serialization.ConfigDict {
    return { ...super.getConfig(), ...(this.#options as unknown as tfc.serialization.ConfigDict) };
  }

  #keeps(axis: number, rank: number): boolean {
    const { axis: said = -1 } = this.#options;
    const axes = said === null ? [] : typeof said === 'number' ? [said] : said;
    return axes.some((each) => (each < 0 ? each + rank : each) === axis);
  }
}

function isUnknown(value: Numbers | null | undefined): boolean {
  return value === null || value === undefined;
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

for (const layer of [Affine, Normalization, GlobalPooling, Subtract]) tfc.serialization.registerClass(layer);
