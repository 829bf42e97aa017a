import * as tfc from '@tensorflow/tfjs-core';
import { bentRelu, type Bend } from './activations';
import { batchDot, contract, l2Normalize } from './contraction';
import { channelsFirst, channelsLast, crop, padding, resize, slice, type Cut } from './picture-operations';
import { known } from './weighted-kind';

/** Options of the operations below. */
export interface OperationOptions extends Bend {
  /** Null: all axes except the batch, if there is a choice. */
  readonly axis?: number | readonly number[] | null;
  readonly keepdims?: boolean;
  /** A shape that starts with the batch size, or a permutation of axes. */
  readonly shape?: readonly number[] | null;
  /** Height and width, or scale factors for them. */
  readonly size?: readonly number[];
  readonly nearest?: boolean;
  readonly min?: number;
  /** Padding before and after each axis. */
  readonly pads?: readonly (readonly [number, number])[];
  readonly value?: number;
  readonly cuts?: readonly Cut[];
  /** Number of equal parts, or the parts' sizes, or the positions of the cuts. */
  readonly parts?: number | readonly number[];
  readonly at?: boolean;
  readonly times?: number | readonly number[];
  readonly equation?: string;
  readonly turned?: readonly [a: boolean, b: boolean];
  readonly normalize?: boolean;
  readonly approximate?: boolean;
  readonly pool?: 'avg' | 'max';
  readonly window?: readonly [number, number];
  readonly strides?: readonly [number, number];
  readonly same?: boolean;
  readonly dataFormat?: 'channelsFirst' | 'channelsLast';
}

type Operate = (inputs: readonly tfc.Tensor[], options: OperationOptions) => tfc.Tensor | tfc.Tensor[];

/** Weights of TensorFlow's `rgb_to_grayscale`. */
const LUMINANCE = [0.2989, 0.587, 0.114];

/** GELU with the tanh approximation of `erf`. */
function tanhGelu(x: tfc.Tensor): tfc.Tensor {
  const inner = tfc.mul(Math.sqrt(2 / Math.PI), tfc.add(x, tfc.mul(0.044715, tfc.mul(x, tfc.square(x)))));
  return tfc.mul(tfc.mul(0.5, x), tfc.add(1, tfc.tanh(inner)));
}

function exactGelu(x: tfc.Tensor): tfc.Tensor {
  return tfc.mul(tfc.mul(0.5, x), tfc.add(1, tfc.erf(tfc.mul(x, Math.SQRT1_2))));
}

function variance(x: tfc.Tensor, { axis, keepdims = false }: OperationOptions): tfc.Tensor {
  return tfc.moments(x, listed(axis), keepdims).variance;
}

/** Standardises each picture to zero mean and unit deviation, with a lower bound on the deviation for flat pictures. */
function standardized(x: tfc.Tensor): tfc.Tensor {
  const { mean, variance: spread } = tfc.moments(x, [1, 2, 3], true);
  const count = x.size / known(x.shape[0]);
  return tfc.div(tfc.sub(x, mean), tfc.maximum(tfc.sqrt(spread), 1 / Math.sqrt(count)));
}

/** Repeats each element along an axis. */
function repeated(x: tfc.Tensor, axis: number, times: number): tfc.Tensor {
  const at = within(axis, x.rank);
  const apart = tfc.expandDims(x, at + 1);
  const shape = x.shape.map((size, i) => (i === at ? size * times : size));
  return tfc.reshape(tfc.tile(apart, apart.shape.map((_, i) => (i === at + 1 ? times : 1))), shape);
}

function partsOf(x: tfc.Tensor, { axis, parts = 2, at = false }: OperationOptions): tfc.Tensor[] {
  const along = within(single(axis), x.rank);
  if (typeof parts === 'number') return tfc.split(x, parts, along);
  const edges = [0, ...parts, known(x.shape[along])];
  return tfc.split(x, at ? edges.slice(1).map((edge, i) => edge - known(edges[i])) : [...parts], along);
}

function channelMultiple(x: tfc.Tensor, count: number): tfc.Tensor {
  return tfc.tile(x, x.shape.map((_, i) => (i === x.rank - 1 ? count : 1)));
}

function pooled(x: tfc.Tensor, { pool = 'avg', window = [2, 2], strides = window, same = false }: OperationOptions): tfc.Tensor {
  return tfc.pool(x as tfc.Tensor4D, [...window], pool, same ? 'same' : 'valid', 1, [...strides]);
}

/** Operations by the names used in `keras-operations.ts`. */
export const OPERATIONS: Readonly<Record<string, Operate>> = {
  identity: ([x]) => tfc.clone(known(x)),
  relu: ([x]) => tfc.relu(known(x)),
  bentRelu: ([x], options) => bentRelu(known(x), options),
  relu6: ([x]) => tfc.relu6(known(x)),
  elu: ([x], { value = 1 }) => tfc.add(tfc.relu(known(x)), tfc.mul(value, tfc.expm1(tfc.minimum(known(x), 0)))),
  selu: ([x]) => tfc.selu(known(x)),
  gelu: ([x], { approximate }) => (approximate ? tanhGelu : exactGelu)(known(x)),
  sigmoid: ([x]) => tfc.sigmoid(known(x)),
  hardSigmoid: ([x]) => tfc.div(tfc.relu6(tfc.add(known(x), 3)), 6),
  tanh: ([x]) => tfc.tanh(known(x)),
  swish: ([x]) => tfc.mul(known(x), tfc.sigmoid(known(x))),
  softplus: ([x]) => tfc.softplus(known(x)),
  softmax: ([x], { axis }) => softmaxOver(known(x), listed(axis) ?? [-1]),
  abs: ([x]) => tfc.abs(known(x)),
  sqrt: ([x]) => tfc.sqrt(known(x)),
  rsqrt: ([x]) => tfc.rsqrt(known(x)),
  square: ([x]) => tfc.square(known(x)),
  exp: ([x]) => tfc.exp(known(x)),
  log: ([x]) => tfc.log(known(x)),
  negative: ([x]) => tfc.neg(known(x)),
  reciprocal: ([x]) => tfc.reciprocal(known(x)),
  mean: ([x], { axis, keepdims }) => tfc.mean(known(x), listed(axis), keepdims),
  max: ([x], { axis, keepdims }) => tfc.max(known(x), listed(axis), keepdims),
  min: ([x], { axis, keepdims }) => tfc.min(known(x), listed(axis), keepdims),
  sum: ([x], { axis, keepdims }) => tfc.sum(known(x), listed(axis), keepdims),
  variance: ([x], options) => variance(known(x), options),
  deviation: ([x], options) => tfc.sqrt(variance(known(x), options)),
  standardize: ([x]) => standardized(known(x)),
  clip: ([x], { min = -Infinity, max = Infinity }) => tfc.minimum(tfc.maximum(known(x), min), max),
  power: ([x], { value = 1 }) => tfc.pow(known(x), value),
  over: ([x], { value = 1 }) => tfc.div(value, known(x)),
  add: ([a, b]) => tfc.add(known(a), known(b)),
  addScaled: ([a, b], { value = 1 }) => tfc.add(known(a), tfc.mul(known(b), value)),
  subtract: ([a, b]) => tfc.sub(known(a), known(b)),
  multiply: ([a, b]) => tfc.mul(known(a), known(b)),
  divide: ([a, b]) => tfc.div(known(a), known(b)),
  maximum: ([a, b]) => tfc.maximum(known(a), known(b)),
  minimum: ([a, b]) => tfc.minimum(known(a), known(b)),
  matmul: ([a, b], { turned = [false, false] }) => tfc.matMul(known(a), known(b), ...turned),
  einsum: ([a, b], { equation = '' }) => contract(equation, known(a), known(b)),
  dot: ([a, b], { axis, normalize = false }) => batchDot(known(a), known(b), (typeof axis === 'number' ? [axis, axis] : known(axis)) as [number, number], normalize),
  concat: (inputs, { axis }) => tfc.concat([...inputs], single(axis)),
  stack: (inputs, { axis }) => tfc.stack([...inputs], within(single(axis), known(inputs[0]).rank + 1)),
  split: ([x], options) => partsOf(known(x), options),
  repeat: ([x], { axis, times = 1 }) => repeated(known(x), single(axis), typeof times === 'number' ? times : (times[0] ?? 1)),
  tile: ([x], { times = 1 }) => tfc.tile(known(x), typeof times === 'number' ? [times] : [...times]),
  grayscale: ([x]) => tfc.sum(tfc.mul(known(x), LUMINANCE), -1, true),
  colors: ([x]) => channelMultiple(known(x), 3),
  flip: ([x], { axis }) => tfc.reverse(known(x), listed(axis)),
  expand: ([x], { axis }) => tfc.expandDims(known(x), single(axis)),
  squeeze: ([x], { axis }) => tfc.squeeze(known(x), listed(axis)?.map((each) => within(each, known(x).rank))),
  flatten: ([x], { dataFormat }) => {
    // Keras flattens in the same order for both channel layouts.
    const last = dataFormat === 'channelsFirst' && known(x).rank > 2 ? channelsLast(known(x)) : known(x);
    return tfc.reshape(last, [last.shape[0], -1]);
  },
  channelsLast: ([x]) => channelsLast(known(x)),
  channelsFirst: ([x]) => channelsFirst(known(x)),
  reshape: ([x], { shape }) => tfc.reshape(known(x), [known(x).shape[0], ...(shape ?? []).slice(1)]),
  transpose: ([x], { shape }) => tfc.transpose(known(x), shape ? [...shape] : undefined),
  slice: ([x], { cuts = [] }) => slice(known(x), cuts),
  normalize: ([x], { axis }) => l2Normalize(known(x), listed(axis)),
  resize: ([x], { size = [], nearest = false }) => resize(known(x), size, nearest),
  enlarge: ([x], { size = [], nearest = false }) => resize(known(x), [1, 2].map((axis, i) => known(known(x).shape[axis]) * (size[i] ?? 1)), nearest),
  crop: ([x], { size = [] }) => crop(known(x), size),
  pad: ([x], { pads = [], value = 0 }) => padding(known(x), pads, value),
  pool: ([x], options) => pooled(known(x), options),
};

function softmaxOver(x: tfc.Tensor, axes: readonly number[]): tfc.Tensor {
  if (axes.length === 1 && within(known(axes[0]), x.rank) === x.rank - 1) return tfc.softmax(x);
  const powers = tfc.exp(tfc.sub(x, tfc.max(x, [...axes], true)));
  return tfc.div(powers, tfc.sum(powers, [...axes], true));
}

function listed(axis: OperationOptions['axis']): number[] | undefined {
  if (axis === null || axis === undefined) return undefined;
  return typeof axis === 'number' ? [axis] : [...axis];
}

function single(axis: OperationOptions['axis']): number {
  return listed(axis)?.[0] ?? 0;
}

/** Resolves a negative axis. */
function within(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
