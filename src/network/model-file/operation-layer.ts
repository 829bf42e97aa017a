import * as tfc from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';

interface Options {
  readonly name?: string;
  readonly batchInputShape?: (number | null)[];
  readonly op: string;
  /** Null: all but the batch where there is a choice. */
  readonly axis?: number | readonly number[] | null;
  readonly keepdims?: boolean;
  /** A shape with the batch's size first, or an order of axes. */
  readonly shape?: readonly number[] | null;
  readonly min?: number;
  readonly max?: number;
  /** Below the threshold, of what is missing to it. */
  readonly slope?: number;
  readonly threshold?: number;
}

/** As TensorFlow and Keras have it under the root of a norm. */
const NORM_FLOOR = 1e-12;

/** Operations by the name that `keras-operations.ts` gives them. */
const OPERATIONS: Readonly<Record<string, (inputs: readonly tfc.Tensor[], options: Options) => tfc.Tensor>> = {
  identity: ([x]) => tfc.clone(known(x)),
  relu: ([x]) => tfc.relu(known(x)),
  bentRelu: ([x], { slope = 0, threshold = 0, max = Infinity }) =>
    tfc.minimum(tfc.where(tfc.greaterEqual(known(x), threshold), known(x), tfc.mul(tfc.sub(known(x), threshold), slope)), max),
  relu6: ([x]) => tfc.relu6(known(x)),
  sigmoid: ([x]) => tfc.sigmoid(known(x)),
  tanh: ([x]) => tfc.tanh(known(x)),
  swish: ([x]) => tfc.mul(known(x), tfc.sigmoid(known(x))),
  softplus: ([x]) => tfc.softplus(known(x)),
  softmax: ([x]) => tfc.softmax(known(x)),
  abs: ([x]) => tfc.abs(known(x)),
  sqrt: ([x]) => tfc.sqrt(known(x)),
  square: ([x]) => tfc.square(known(x)),
  exp: ([x]) => tfc.exp(known(x)),
  log: ([x]) => tfc.log(known(x)),
  negative: ([x]) => tfc.neg(known(x)),
  mean: ([x], { axis, keepdims }) => tfc.mean(known(x), listed(axis), keepdims),
  max: ([x], { axis, keepdims }) => tfc.max(known(x), listed(axis), keepdims),
  min: ([x], { axis, keepdims }) => tfc.min(known(x), listed(axis), keepdims),
  sum: ([x], { axis, keepdims }) => tfc.sum(known(x), listed(axis), keepdims),
  clip: ([x], { min = -Infinity, max = Infinity }) => tfc.minimum(tfc.maximum(known(x), min), max),
  divide: ([a, b]) => tfc.div(known(a), known(b)),
  concat: (inputs, { axis }) => tfc.concat([...inputs], single(axis)),
  stack: (inputs, { axis }) => tfc.stack([...inputs], within(single(axis), known(inputs[0]).rank + 1)),
  flip: ([x], { axis }) => tfc.reverse(known(x), listed(axis)),
  expand: ([x], { axis }) => tfc.expandDims(known(x), single(axis)),
  squeeze: ([x], { axis }) => tfc.squeeze(known(x), listed(axis)?.map((each) => within(each, known(x).rank))),
  flatten: ([x]) => tfc.reshape(known(x), [known(x).shape[0], -1]),
  reshape: ([x], { shape }) => tfc.reshape(known(x), [known(x).shape[0], ...(shape ?? []).slice(1)]),
  transpose: ([x], { shape }) => tfc.transpose(known(x), shape ? [...shape] : undefined),
  select: ([x], { axis }) => tfc.squeeze(tfc.gather(known(x), [within(single(axis), known(x).shape.at(-1) ?? 1)], known(x).rank - 1), [known(x).rank - 1]),
  normalize: ([x], { axis }) => tfc.div(known(x), tfc.sqrt(tfc.maximum(tfc.sum(tfc.square(known(x)), listed(axis), true), NORM_FLOOR))),
};

type Shape = (number | null)[];

/** An operation of TensorFlow or of Keras that stands in a network like a layer. */
class Operation extends tf.layers.Layer {
  static readonly className = 'MienOperation';
  readonly #options: Options;

  constructor({ name, batchInputShape, ...options }: Options) {
    super({ ...(name !== undefined && { name }), ...(batchInputShape && { batchInputShape }) });
    this.#options = options;
  }

  override call(inputs: tfc.Tensor | tfc.Tensor[]): tfc.Tensor {
    return tfc.tidy(() => this.#apply(Array.isArray(inputs) ? inputs : [inputs]));
  }

  /** Found by a trial: of what the operation makes of one face's numbers, all zeros. */
  override computeOutputShape(shape: Shape | Shape[]): Shape {
    const shapes = (Array.isArray(shape[0]) ? shape : [shape]) as Shape[];
    const [, ...own] = tfc.tidy(() => this.#apply(shapes.map((each) => tfc.zeros([1, ...each.slice(1).map((size) => size ?? 1)]))).shape);
    return [null, ...own];
  }

  override getConfig(): tfc.serialization.ConfigDict {
    return { ...super.getConfig(), ...(this.#options as unknown as tfc.serialization.ConfigDict) };
  }

  #apply(inputs: readonly tfc.Tensor[]): tfc.Tensor {
    const apply = Object.hasOwn(OPERATIONS, this.#options.op) ? OPERATIONS[this.#options.op] : undefined;
    if (!apply) throw new Error(this.#options.op);
    return apply(inputs, this.#options);
  }
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('an input is missing');
  return value;
}

function listed(axis: Options['axis']): number[] | undefined {
  if (axis === null || axis === undefined) return undefined;
  return typeof axis === 'number' ? [axis] : [...axis];
}

function single(axis: Options['axis']): number {
  return listed(axis)?.[0] ?? 0;
}

/** Counted from the end where it is negative. */
function within(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

tfc.serialization.registerClass(Operation);
