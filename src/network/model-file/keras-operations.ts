import { isRecord, type Json } from './json';
import { unsupported, type LayerPlan } from './keras-layers';
import type { Node, Numbers } from './keras-nodes';

/** Operations between a tensor and numbers or another tensor, by Keras 3's class and Keras 2's function (`TFOpLambda`). */
const ARITHMETIC: Readonly<Record<string, 'add' | 'subtract' | 'multiply' | 'divide'>> = {
  Add: 'add',
  Subtract: 'subtract',
  Multiply: 'multiply',
  TrueDivide: 'divide',
  Divide: 'divide',
  'math.add': 'add',
  '__operators__.add': 'add',
  'nn.bias_add': 'add',
  'math.subtract': 'subtract',
  'math.multiply': 'multiply',
  'math.truediv': 'divide',
  'math.divide': 'divide',
};
const BETWEEN_TENSORS = { add: 'Add', subtract: 'MienSubtract', multiply: 'Multiply', divide: 'MienOperation' } as const;

/** What `MienOperation` does under a name, by Keras 3's class and Keras 2's function. */
const PLAIN: Readonly<Record<string, string>> = {
  ...{ Relu: 'relu', 'nn.relu': 'relu', Relu6: 'relu6', 'nn.relu6': 'relu6', Sigmoid: 'sigmoid', 'math.sigmoid': 'sigmoid', Tanh: 'tanh', 'math.tanh': 'tanh' },
  ...{ Silu: 'swish', 'nn.silu': 'swish', Softplus: 'softplus', 'math.softplus': 'softplus', 'nn.softmax': 'softmax', Identity: 'identity', identity: 'identity' },
  ...{ Absolute: 'abs', 'math.abs': 'abs', Sqrt: 'sqrt', 'math.sqrt': 'sqrt', Square: 'square', 'math.square': 'square', Exp: 'exp', 'math.exp': 'exp' },
  ...{ Log: 'log', 'math.log': 'log', Negative: 'negative', 'math.negative': 'negative', StopGradient: 'identity', stop_gradient: 'identity' },
};
const REDUCTIONS: Readonly<Record<string, string>> = {
  ...{ Mean: 'mean', 'math.reduce_mean': 'mean', Max: 'max', Amax: 'max', 'math.reduce_max': 'max', Min: 'min', 'math.reduce_min': 'min', Sum: 'sum', 'math.reduce_sum': 'sum' },
};

/**
 * An operation that stands in a functional model as `x / 127.5 - 1`, `a + b` or `tf.reduce_mean(x, axis=-1)`; null where the layer is none.
 *
 * @throws MienError `model-file/unsupported-layer` for one that is not known.
 */
export function planOperation(kind: string, config: Json, name: string, nodes: readonly Node[]): LayerPlan | null {
  const isFunction = kind === 'TFOpLambda' || kind === 'SlicingOpLambda';
  const shown = isFunction ? String(config['function']) : kind;
  const [node] = nodes;
  const arithmetic = ARITHMETIC[shown];
  const isArithmetic = arithmetic && (isFunction || ['TrueDivide', 'Divide'].includes(kind) || (node?.constants.length ?? 0) > 0);
  const options = isArithmetic || !node ? null : optionsOf(shown, isFunction ? { ...config, ...node.named } : config, node);
  if (!isArithmetic && !options) {
    if (isFunction) throw unsupported(name, shown);
    return null;
  }
  if (!node || nodes.length !== 1) throw unsupported(name, shown);
  if (options) return { class_name: 'MienOperation', config: { name, ...options } };
  return planArithmetic(arithmetic as 'add', node, name, shown);
}

/** Null for what is no operation. */
function optionsOf(operation: string, said: Json, { others }: Node): Json | null {
  const plain = PLAIN[operation];
  if (plain) return { op: plain };
  const reduction = REDUCTIONS[operation];
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
    case 'concat':
      return { op: 'concat', axis };
    case 'Stack':
    case 'stack':
      return { op: 'stack', axis };
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
    case 'math.l2_normalize':
    case 'Normalize':
      return said['order'] === undefined || said['order'] === 2 ? { op: 'normalize', axis } : null;
    case 'GetItem':
      return sliceOf(others[0]);
    case '__operators__.getitem':
      return sliceOf(said['slice_spec']);
    default:
      return null;
  }
}

/** `x[..., i]` and `x[..., ::-1]`: one channel, or all of them backwards. */
function sliceOf(value: unknown): Json | null {
  const [all, last, ...more] = Array.isArray(value) ? (value as unknown[]) : [];
  if (!isRecord(all) || all['class_name'] !== '__ellipsis__' || more.length > 0) return null;
  if (typeof last === 'number') return { op: 'select', axis: last };
  if (!isRecord(last)) return null;
  const slice = isRecord(last['config']) ? last['config'] : last;
  const isWhole = (slice['start'] ?? null) === null && (slice['stop'] ?? null) === null;
  return isWhole && slice['step'] === -1 ? { op: 'flip', axis: -1 } : null;
}

function planArithmetic(operator: 'add' | 'subtract' | 'multiply' | 'divide', node: Node, name: string, shown: string): LayerPlan {
  const [constant] = node.constants;
  if (node.tensors.length + node.constants.length !== 2) throw unsupported(name, shown);
  if (!constant) return { class_name: BETWEEN_TENSORS[operator], config: operator === 'divide' ? { name, op: 'divide' } : { name } };
  if (node.constants.length > 1) throw unsupported(name, shown);
  return { class_name: 'MienAffine', config: { name, ...affine(operator, constant, name, shown) } };
}

function affine(
  operator: 'add' | 'subtract' | 'multiply' | 'divide',
  { position, value }: Node['constants'][number],
  name: string,
  shown: string,
): { scale: Numbers; offset: Numbers } {
  switch (operator) {
    case 'add':
      return { scale: 1, offset: value };
    case 'multiply':
      return { scale: value, offset: 0 };
    case 'subtract':
      return position === 0 ? { scale: -1, offset: value } : { scale: 1, offset: each(value, (number) => -number) };
    case 'divide':
      if (position === 0) throw unsupported(name, shown, 'number / tensor');
      return { scale: each(value, (number) => 1 / number), offset: 0 };
  }
}

function each(value: Numbers, change: (number: number) => number): Numbers {
  return typeof value === 'number' ? change(value) : value.map((item) => each(item, change));
}
