import { MienError } from '../../engine/errors';
import { isRecord, listOf, type Json } from './json';
import { unsupported } from './keras-options';

/** Output of a layer: its name, the index of its use, the index of the output. */
export type TensorRef = readonly [layer: string, node: number, tensor: number];

/** A number or nested arrays of numbers, as accepted by `tf.tensor`. */
export type Numbers = number | readonly Numbers[];

/** One use of a layer. */
export interface Node {
  readonly tensors: readonly TensorRef[];
  /** Numbers among its inputs, with their position, e.g. of an operation such as `x / 127.5`. */
  readonly constants: readonly { readonly position: number; readonly value: Numbers }[];
  /** Other arguments: by keyword, and by position after the tensors. */
  readonly named: Json;
  readonly others: readonly unknown[];
}

/** Arguments without effect at inference. */
const IDLE_ARGUMENTS = new Set(['training', 'name']);
/** Arguments of attention layers without effect unless true. */
const IDLE_UNLESS_TRUE = new Set(['return_attention_scores', 'use_causal_mask']);
/** Keywords for tensors in TensorFlow's functions and layers, in positional order, since callers may use any order. */
const OPERANDS = ['query', 'x', 'a', 'x1', 'value', 'y', 'b', 'x2', 'key', 'bias'];

function isIdle(name: string, argument: unknown): boolean {
  return argument === null || IDLE_ARGUMENTS.has(name) || (IDLE_UNLESS_TRUE.has(name) && argument === false);
}

/** Separates keyword tensors and numbers, in positional order, from other keywords. */
function partedArguments(named: unknown): { operands: readonly unknown[]; others: Record<string, unknown> } {
  const entries = Object.entries(isRecord(named) ? named : {}).filter(([name, argument]) => !isIdle(name, argument));
  const rank = ([name]: readonly [string, unknown]) => OPERANDS.indexOf(name);
  return {
    operands: entries.filter((entry) => rank(entry) >= 0).sort((a, b) => rank(a) - rank(b)).map(([, argument]) => argument),
    others: Object.fromEntries(entries.filter((entry) => rank(entry) < 0)),
  };
}

/** Placeholder in Keras 2 for a number as the first operand. */
const CONSTANT = '_CONSTANT_VALUE';

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/**
 * Parses the uses of a layer as written by Keras 1 and 2 (`[[[name, node, tensor, kwargs], …]]`) and Keras 3 (`[{args, kwargs}]`).
 *
 * @throws MienError `model-file/damaged`.
 */
export function inboundNodes(value: unknown, name: string): readonly Node[] {
  return listOf(value, `${name}: inbound_nodes`).map((node) => {
    if (isRecord(node)) return newNode(node, name);
    const entries = listOf(node, `${name}: inbound node`);
    // Keras 2 omits one level of brackets if an operation has a single input.
    return oldNode(typeof entries[0] === 'string' ? [entries] : entries, name);
  });
}

/** @throws MienError `model-file/unsupported-layer` if a layer that is not an operation has arguments other than tensors. */
export function tensorsAlone(nodes: readonly Node[], kind: string, name: string): void {
  for (const { constants, named, others } of nodes) {
    if (constants.length > 0) throw unsupported(name, kind, 'constants as inputs');
    const [first] = Object.keys(named);
    if (first !== undefined) throw unsupported(name, kind, `argument ${first}`);
    if (others.length > 0) throw unsupported(name, kind, 'argument');
  }
}

class Reading {
  readonly node: Mutable<Node> & { named: Record<string, unknown> } = { tensors: [], constants: [], named: {}, others: [] };

  tensor(ref: unknown, name: string): void {
    this.node.tensors.push(refOf(ref, name));
  }

  /** @returns true if the value is numeric. */
  constant(value: unknown): boolean {
    const numbers = numbersOf(value);
    if (numbers === null) return false;
    this.node.constants.push({ position: this.node.tensors.length + this.node.constants.length, value: numbers });
    return true;
  }
}

function oldNode(entries: readonly unknown[], name: string): Node {
  const reading = new Reading();
  const operands: unknown[] = [];
  for (const entry of entries) {
    const [layer, node, tensor, options] = listOf(entry, `${name}: inbound tensor`);
    if (layer === CONSTANT) reading.constant(tensor);
    else reading.tensor([layer, node, tensor], name);
    const { operands: own, others } = partedArguments(options);
    operands.push(...own);
    Object.assign(reading.node.named, others);
  }
  for (const operand of operands) {
    if (!reading.constant(operand)) reading.tensor(operand, name);
  }
  return reading.node;
}

function newNode(node: Json, name: string): Node {
  const reading = new Reading();
  const read = (argument: unknown): void => {
    if (isRecord(argument) && argument['class_name'] === '__keras_tensor__') {
      reading.tensor(isRecord(argument['config']) ? argument['config']['keras_history'] : null, name);
    } else if (!reading.constant(argument)) {
      if (Array.isArray(argument) && JSON.stringify(argument).includes('__keras_tensor__')) argument.forEach(read);
      else if (argument !== null) reading.node.others.push(argument);
    }
  };
  for (const argument of listOf(node['args'] ?? [], `${name}: args`)) read(argument);
  const { operands, others } = partedArguments(node['kwargs']);
  operands.forEach(read);
  Object.assign(reading.node.named, others);
  return reading.node;
}

function refOf(value: unknown, name: string): TensorRef {
  const [layer, node, tensor] = Array.isArray(value) ? (value as unknown[]) : [];
  if (typeof layer !== 'string' || typeof node !== 'number' || typeof tensor !== 'number') {
    throw new MienError('model-file', 'damaged', `${name}: its inputs make no sense`);
  }
  return [layer, node, tensor];
}

function numbersOf(value: unknown): Numbers | null {
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) {
    const items = value.map(numbersOf);
    return items.length > 0 && items.every((item) => item !== null) ? items : null;
  }
  if (isRecord(value) && isRecord(value['config']) && 'value' in value['config']) return numbersOf(value['config']['value']);
  return null;
}

/** Inputs or outputs of a functional model: one reference, a list of them, or a dictionary. */
export function tensorRefs(value: unknown, name: string): readonly TensorRef[] {
  if (isRecord(value)) return Object.values(value).flatMap((item) => tensorRefs(item, name));
  const list = listOf(value, `${name}: inputs or outputs`);
  return typeof list[0] === 'string' ? [refOf(list, name)] : list.flatMap((item) => tensorRefs(item, name));
}
