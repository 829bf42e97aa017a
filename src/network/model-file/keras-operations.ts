import { isRecord, type Json } from './json';
import type { Node, Numbers } from './keras-nodes';
import { pairOf, unsupported, type LayerPlan } from './keras-options';
import type { Cut } from './picture-operations';

type Operator = 'add' | 'subtract' | 'multiply' | 'divide' | 'maximum' | 'minimum' | 'power';

/** Binary operations on a tensor and a number or another tensor, by Keras 3's class or Keras 2's function (`TFOpLambda`). */
const OPERATORS: Readonly<Record<string, Operator>> = {
  ...{ Add: 'add', 'math.add': 'add', '__operators__.add': 'add', 'nn.bias_add': 'add' },
  ...{ Subtract: 'subtract', 'math.subtract': 'subtract', Multiply: 'multiply', 'math.multiply': 'multiply' },
  ...{ TrueDivide: 'divide', Divide: 'divide', 'math.truediv': 'divide', 'math.divide': 'divide' },
  ...{ Maximum: 'maximum', 'math.maximum': 'maximum', Minimum: 'minimum', 'math.minimum': 'minimum', Power: 'power', 'math.pow': 'power' },
};
/** Classes that are only operations; the other names are also layers, which take no numbers. */
const NEVER_LAYERS = new Set(['TrueDivide', 'Divide', 'Power']);

/** Unary operations of `MienOperation`, by Keras 3's class or Keras 2's function. */
const PLAIN: Readonly<Record<string, string>> = {
  ...{ Relu: 'relu', 'nn.relu': 'relu', Relu6: 'relu6', 'nn.relu6': 'relu6', Sigmoid: 'sigmoid', 'math.sigmoid': 'sigmoid', Tanh: 'tanh', 'math.tanh': 'tanh' },
  ...{ Silu: 'swish', 'nn.silu': 'swish', Softplus: 'softplus', 'math.softplus': 'softplus', Identity: 'identity', identity: 'identity' },
  ...{ Elu: 'elu', 'nn.elu': 'elu', Selu: 'selu', 'nn.selu': 'selu', HardSigmoid: 'hardSigmoid', Reciprocal: 'reciprocal', 'math.reciprocal': 'reciprocal' },
  ...{ Absolute: 'abs', Abs: 'abs', 'math.abs': 'abs', Sqrt: 'sqrt', 'math.sqrt': 'sqrt', Rsqrt: 'rsqrt', 'math.rsqrt': 'rsqrt', Square: 'square', 'math.square': 'square' },
  ...{ Exp: 'exp', 'math.exp': 'exp', Log: 'log', 'math.log': 'log', Negative: 'negative', 'math.negative': 'negative' },
  ...{ StopGradient: 'identity', stop_gradient: 'identity', RGBToGrayscale: 'grayscale', 'image.rgb_to_grayscale': 'grayscale' },
  ...{ 'image.grayscale_to_rgb': 'colors', 'image.per_image_standardization': 'standardize' },
};
const REDUCTIONS: Readonly<Record<string, string>> = {
  ...{ Mean: 'mean', 'math.reduce_mean': 'mean', Max: 'max', Amax: 'max', 'math.reduce_max': 'max', Min: 'min', Amin: 'min', 'math.reduce_min': 'min' },
  ...{ Sum: 'sum', 'math.reduce_sum': 'sum', Std: 'deviation', 'math.reduce_std': 'deviation', Var: 'variance', 'math.reduce_variance': 'variance' },
};

/**
 * Translates an operation in a functional model, such as `x / 127.5 - 1`, `a + b` or `tf.reduce_mean(x, axis=-1)`; null if the layer is not an
 * operation.
 *
 * @throws MienError `model-file/unsupported-layer` for an unknown operation.
 */
export function planOperation(kind: string, config: Json, name: string, nodes: readonly Node[]): LayerPlan | null {
  const isFunction = kind === 'TFOpLambda' || kind === 'SlicingOpLambda';
  const shown = isFunction ? String(config['function']) : kind;
  const [node] = nodes;
  const operator = Object.hasOwn(OPERATORS, shown) ? OPERATORS[shown] : undefined;
  const isOperator = operator && (isFunction || NEVER_LAYERS.has(kind) || (node?.constants.length ?? 0) > 0);
  const options = isOperator || !node ? null : optionsOf(shown, isFunction ? { ...config, ...node.named } : { ...node.named, ...config }, node);
  if (!isOperator && !options) {
    if (isFunction) throw unsupported(name, shown);
    return null;
  }
  if (!node || nodes.length !== 1) throw unsupported(name, shown);
  if (options) return { class_name: 'MienOperation', config: { name, ...options } };
  return planOperator(operator as Operator, node, name, shown);
}

/** Null if it is not an operation. */
function optionsOf(operation: string, said: Json, { tensors, constants, others }: Node): Json | null {
  const plain = Object.hasOwn(PLAIN, operation) ? PLAIN[operation] : undefined;
  if (plain) return { op: plain };
  const reduction = Object.hasOwn(REDUCTIONS, operation) ? REDUCTIONS[operation] : undefined;
  const { axis = null } = said;
  if (reduction) return { op: reduction, axis, keepdims: said['keepdims'] === true };
  switch (operation) {
    case 'Cast':
    case 'cast':
      return /^(float|bfloat)/.test(String(said['dtype'])) ? { op: 'identity' } : null;
    case 'Clip':
      return { op: 'clip', min: said['x_min'], max: said['x_max'] };
    case 'clip_by_value':
      return { op: 'clip', min: said['clip_value_min'], max: said['clip_value_max'] };
    case 'LeakyRelu':
      return { op: 'bentRelu', slope: said['negative_slope'] ?? 0.2 };
    case 'nn.leaky_relu':
      return { op: 'bentRelu', slope: said['alpha'] ?? 0.2 };
    case 'Gelu':
      return { op: 'gelu', approximate: said['approximate'] !== false };
    case 'nn.gelu':
      return { op: 'gelu', approximate: said['approximate'] === true };
    case 'nn.softmax':
      return { op: 'softmax', axis: axis ?? -1 };
    case 'concat':
      return { op: 'concat', axis };
    case 'Stack':
    case 'stack':
      return { op: 'stack', axis };
    case 'Split':
      return { op: 'split', axis, parts: said['indices_or_sections'], at: true };
    case 'split':
      return { op: 'split', axis: axis ?? 0, parts: said['num_or_size_splits'] };
    case 'Flip':
    case 'reverse':
      return { op: 'flip', axis };
    case 'ExpandDims':
    case 'expand_dims':
      return { op: 'expand', axis };
    case 'Squeeze':
    case 'squeeze':
      return { op: 'squeeze', axis };
    case 'Reshape':
      return 'newshape' in said ? { op: 'reshape', shape: said['newshape'] } : null;
    case 'reshape':
      return { op: 'reshape', shape: said['shape'] };
    case 'Transpose':
      return { op: 'transpose', shape: said['axes'] };
    case 'transpose':
    case 'compat.v1.transpose':
      return { op: 'transpose', shape: said['perm'] };
    case 'Repeat':
    case 'repeat':
      return typeof said['repeats'] === 'number' && axis !== null ? { op: 'repeat', axis, times: said['repeats'] } : null;
    case 'Tile':
      return Array.isArray(said['repeats']) ? { op: 'tile', times: said['repeats'] } : null;
    case 'tile':
      return Array.isArray(said['multiples']) ? { op: 'tile', times: said['multiples'] } : null;
    case 'math.l2_normalize':
    case 'Normalize':
      return said['order'] === undefined || said['order'] === 2 ? { op: 'normalize', axis } : null;
    case 'Matmul':
      return { op: 'matmul' };
    case 'linalg.matmul':
      return said['adjoint_a'] || said['adjoint_b'] ? null : { op: 'matmul', turned: [said['transpose_a'] === true, said['transpose_b'] === true] };
    case 'Einsum':
      return tensors.length === 2 && constants.length === 0 ? { op: 'einsum', equation: said['subscripts'] } : null;
    case 'Pad':
      return padOf(said['pad_width'], said['mode'], said['constant_values']);
    case 'pad':
    case 'compat.v1.pad':
      return padOf(said['paddings'], said['mode'] ?? 'constant', said['constant_values']);
    case 'AveragePool':
    case 'MaxPool':
      return poolOf(operation, said['pool_size'], said);
    case 'nn.avg_pool2d':
    case 'nn.max_pool2d':
      return poolOf(operation, said['ksize'], said);
    case 'Resize':
    case 'image.resize':
      return resizeOf(said, said['interpolation'] ?? said['method'] ?? 'bilinear');
    case 'GetItem':
      return sliceOf(constants[0]?.value ?? others[0]);
    case '__operators__.getitem':
      return sliceOf(said['slice_spec']);
    default:
      return null;
  }
}

function padOf(pads: unknown, mode: unknown, value: unknown): Json | null {
  const isPlain = String(mode).toLowerCase() === 'constant' && Array.isArray(pads) && pads.every((each) => Array.isArray(each) && each.length === 2);
  return isPlain ? { op: 'pad', pads, value: typeof value === 'number' ? value : 0 } : null;
}

function poolOf(operation: string, window: unknown, said: Json): Json | null {
  const [size, strides] = [pairOf(window), pairOf(said['strides'] ?? window)];
  if (!size || !strides || said['data_format'] === 'channels_first' || said['data_format'] === 'NCHW') return null;
  const same = String(said['padding']).toLowerCase() === 'same';
  return { op: 'pool', pool: /max/i.test(operation) ? 'max' : 'avg', window: size, strides, same };
}

function resizeOf(said: Json, method: unknown): Json | null {
  const asked = ['antialias', 'preserve_aspect_ratio', 'crop_to_aspect_ratio', 'pad_to_aspect_ratio'].some((option) => said[option] === true);
  const size = pairOf(said['size']);
  return asked || !size || (method !== 'bilinear' && method !== 'nearest') ? null : { op: 'resize', size, nearest: method === 'nearest' };
}

/** Parses the index in `x[…]`. */
function sliceOf(value: unknown): Json | null {
  const cuts = (Array.isArray(value) ? (value as unknown[]) : [value]).map(cutOf);
  return cuts.length > 0 && cuts.every((cut) => cut !== null) ? { op: 'slice', cuts } : null;
}

function cutOf(value: unknown): Cut | null {
  if (value === null) return { kind: 'new' };
  if (typeof value === 'number') return { kind: 'place', place: value };
  if (!isRecord(value)) return null;
  if (value['class_name'] === '__ellipsis__') return { kind: 'rest' };
  // TensorFlow writes a new axis as a special object.
  if (value['class_name'] === '__newaxis__') return { kind: 'new' };
  const { start = null, stop = null, step = null } = isRecord(value['config']) ? value['config'] : value;
  const isPlace = (edge: unknown): edge is number | null => edge === null || typeof edge === 'number';
  return isPlace(start) && isPlace(stop) && isPlace(step) ? { kind: 'part', start, stop, step } : null;
}

function planOperator(operator: Operator, node: Node, name: string, shown: string): LayerPlan {
  const [constant] = node.constants;
  if (node.tensors.length + node.constants.length !== 2) throw unsupported(name, shown);
  if (!constant) {
    if (operator === 'power') throw unsupported(name, shown, 'tensor ^ tensor');
    return { class_name: 'MienOperation', config: { name, op: operator } };
  }
  if (node.constants.length > 1) throw unsupported(name, shown);
  const { position, value } = constant;
  if (operator === 'add' || operator === 'multiply' || operator === 'subtract' || (operator === 'divide' && position === 1)) {
    return { class_name: 'MienAffine', config: { name, ...affine(operator, position, value) } };
  }
  if (typeof value !== 'number' || (operator === 'power' && position === 0)) throw unsupported(name, shown, 'number first');
  return { class_name: 'MienOperation', config: { name, ...withNumber(operator, value) } };
}

/** Operation with a number besides the tensor; for a division, the number is the numerator. */
function withNumber(operator: 'divide' | 'maximum' | 'minimum' | 'power', value: number): Json {
  switch (operator) {
    case 'divide':
      return { op: 'over', value };
    case 'maximum':
      return { op: 'clip', min: value };
    case 'minimum':
      return { op: 'clip', max: value };
    case 'power':
      return { op: 'power', value };
  }
}

function affine(operator: 'add' | 'subtract' | 'multiply' | 'divide', position: number, value: Numbers): { scale: Numbers; offset: Numbers } {
  switch (operator) {
    case 'add':
      return { scale: 1, offset: value };
    case 'multiply':
      return { scale: value, offset: 0 };
    case 'subtract':
      return position === 0 ? { scale: -1, offset: value } : { scale: 1, offset: each(value, (number) => -number) };
    case 'divide':
      return { scale: each(value, (number) => 1 / number), offset: 0 };
  }
}

function each(value: Numbers, change: (number: number) => number): Numbers {
  return typeof value === 'number' ? change(value) : value.map((item) => each(item, change));
}
