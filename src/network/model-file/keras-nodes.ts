import { MienError } from '../../engine/errors';
import { isRecord, listOf, type Json } from './json';
import { unsupported, type LayerPlan } from './keras-layers';

/** Output of a layer: its name, which of its uses, which of its outputs. */
export type TensorRef = readonly [layer: string, node: number, tensor: number];

/** One use of a layer. */
export interface Node {
  readonly tensors: readonly TensorRef[];
  /** Numbers among its inputs, with their position; of an operation such as `x / 127.5`. */
  readonly constants: readonly { readonly position: number; readonly value: number | readonly number[] }[];
}

/** Arguments that do nothing at inference. */
const IDLE_ARGUMENTS = new Set(['mask', 'training', 'name', 'initial_state', 'constants']);

/**
 * The uses of a layer, as Keras 1 and 2 (`[[[name, node, tensor, kwargs], …]]`) and Keras 3 (`[{args, kwargs}]`) write them.
 *
 * @throws MienError `model-file/damaged`, or `model-file/unsupported-layer` where tensors are handed over by name.
 */
export function inboundNodes(value: unknown, kind: string, name: string): readonly Node[] {
  return listOf(value, `${name}: inbound_nodes`).map((node) => {
    if (isRecord(node)) return newNode(node, kind, name);
    const entries = listOf(node, `${name}: inbound node`);
    // Keras 2 leaves out a bracket where an operation has one input.
    return oldNode(typeof entries[0] === 'string' ? [entries] : entries, kind, name);
  });
}

function oldNode(entries: readonly unknown[], kind: string, name: string): Node {
  const tensors: TensorRef[] = [];
  const constants: { position: number; value: number | readonly number[] }[] = [];
  for (const entry of entries) {
    const [layer, node, tensor, options] = listOf(entry, `${name}: inbound tensor`);
    tensors.push(refOf([layer, node, tensor], name));
    for (const [key, argument] of Object.entries(isRecord(options) ? options : {})) {
      if (IDLE_ARGUMENTS.has(key) || argument === null) continue;
      const constant = constantOf(argument);
      if (constant === null) throw unsupported(name, kind, `argument ${key}`);
      constants.push({ position: tensors.length, value: constant });
    }
  }
  return { tensors, constants };
}

function newNode(node: Json, kind: string, name: string): Node {
  const tensors: TensorRef[] = [];
  const constants: { position: number; value: number | readonly number[] }[] = [];
  const read = (argument: unknown): void => {
    if (isRecord(argument) && argument['class_name'] === '__keras_tensor__') {
      tensors.push(refOf(isRecord(argument['config']) ? argument['config']['keras_history'] : null, name));
      return;
    }
    const constant = constantOf(argument);
    if (constant !== null) constants.push({ position: tensors.length + constants.length, value: constant });
    else if (Array.isArray(argument)) argument.forEach(read);
    else if (argument !== null) throw unsupported(name, kind, 'argument');
  };
  for (const argument of listOf(node['args'] ?? [], `${name}: args`)) read(argument);
  for (const [key, argument] of Object.entries(isRecord(node['kwargs']) ? node['kwargs'] : {})) {
    if (IDLE_ARGUMENTS.has(key) || argument === null) continue;
    throw unsupported(name, kind, `argument ${key}`);
  }
  return { tensors, constants };
}

function refOf(value: unknown, name: string): TensorRef {
  const [layer, node, tensor] = Array.isArray(value) ? (value as unknown[]) : [];
  if (typeof layer !== 'string' || typeof node !== 'number' || typeof tensor !== 'number') {
    throw new MienError('model-file', 'damaged', `${name}: its inputs make no sense`);
  }
  return [layer, node, tensor];
}

function constantOf(value: unknown): number | readonly number[] | null {
  if (typeof value === 'number') return value;
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number')) return value;
  if (isRecord(value) && isRecord(value['config']) && 'value' in value['config']) return constantOf(value['config']['value']);
  return null;
}

/** Inputs or outputs of a functional model: one reference, or a list of them. */
export function tensorRefs(value: unknown, name: string): readonly TensorRef[] {
  const list = listOf(value, `${name}: inputs or outputs`);
  return typeof list[0] === 'string' ? [refOf(list, name)] : list.map((item) => refOf(item, name));
}

/** Operations between a tensor and a number, by Keras 3's class and Keras 2's function (`TFOpLambda`). */
const ARITHMETIC: Readonly<Record<string, 'add' | 'subtract' | 'multiply' | 'divide'>> = {
  Add: 'add',
  Subtract: 'subtract',
  Multiply: 'multiply',
  TrueDivide: 'divide',
  Divide: 'divide',
  'math.add': 'add',
  '__operators__.add': 'add',
  'math.subtract': 'subtract',
  'math.multiply': 'multiply',
  'math.truediv': 'divide',
  'math.divide': 'divide',
};
const BETWEEN_TENSORS = { add: 'Add', subtract: 'MienSubtract', multiply: 'Multiply' } as const;

/**
 * Arithmetic that stands in a functional model as `x / 127.5 - 1` or `a + b`; null where the layer is no operation.
 *
 * @throws MienError `model-file/unsupported-layer` for another operation.
 */
export function planOperation(kind: string, config: Json, name: string, nodes: readonly Node[]): LayerPlan | null {
  const isLambda = kind === 'TFOpLambda';
  const operator = ARITHMETIC[isLambda ? String(config['function']) : kind];
  const [node] = nodes;
  const isOperation = isLambda || (node !== undefined && node.constants.length > 0 && operator !== undefined) || ['TrueDivide', 'Divide'].includes(kind);
  if (!isOperation) return null;
  const shown = isLambda ? String(config['function']) : kind;
  if (!operator || !node || nodes.length !== 1) throw unsupported(name, shown);
  const [constant] = node.constants;
  if (!constant) {
    if (operator === 'divide' || node.tensors.length !== 2) throw unsupported(name, shown);
    return { class_name: BETWEEN_TENSORS[operator], config: { name } };
  }
  if (node.constants.length > 1 || node.tensors.length !== 1) throw unsupported(name, shown);
  return { class_name: 'MienAffine', config: { name, ...affine(operator, constant, name, shown) } };
}

function affine(
  operator: 'add' | 'subtract' | 'multiply' | 'divide',
  { position, value }: Node['constants'][number],
  name: string,
  shown: string,
): { scale: number | readonly number[]; offset: number | readonly number[] } {
  const each = (change: (number: number) => number) => (typeof value === 'number' ? change(value) : value.map(change));
  switch (operator) {
    case 'add':
      return { scale: 1, offset: value };
    case 'multiply':
      return { scale: value, offset: 0 };
    case 'subtract':
      return position === 0 ? { scale: -1, offset: value } : { scale: 1, offset: each((number) => -number) };
    case 'divide':
      if (position === 0) throw unsupported(name, shown, 'number / tensor');
      return { scale: each((number) => 1 / number), offset: 0 };
  }
}
