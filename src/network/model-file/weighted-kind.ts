import type * as tfc from '@tensorflow/tfjs-core';

/** Options of a layer as tf.layers hands them over: in camel case, from a file. */
export type Options = Readonly<Record<string, unknown>>;

/** What one class of layers with weights does. */
export interface WeightedKind {
  /** Names and shapes of its weights, in the order in which Keras keeps them. */
  weights(inputs: readonly (readonly (number | null)[])[], options: Options): readonly (readonly [name: string, shape: readonly number[]])[];
  call(inputs: readonly tfc.Tensor[], weights: readonly tfc.Tensor[], options: Options): tfc.Tensor;
}

/** @throws where it is missing: of what a network's file says or a layer is handed. */
export function known<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('an input or option is missing');
  return value;
}

/** A number among the options. @throws where there is none. */
export function numberIn(options: Options, name: string): number {
  const value = options[name];
  if (typeof value !== 'number') throw new Error(`${name} is no number`);
  return value;
}

/** One number, or one for each axis. */
export function numbersIn(options: Options, name: string, axes: number, otherwise = 1): number[] {
  const value = options[name] ?? otherwise;
  const list = Array.isArray(value) ? (value as unknown[]).map(Number) : [Number(value)];
  return Array.from({ length: axes }, (_, axis) => list[axis] ?? list[0] ?? otherwise);
}
