import type * as tfc from '@tensorflow/tfjs-core';

/** Layer options from a file, as passed by tf.layers in camel case. */
export type Options = Readonly<Record<string, unknown>>;

/** Behaviour of a class of layers with weights. */
export interface WeightedKind {
  /** Names and shapes of its weights, in Keras's order. */
  weights(inputs: readonly (readonly (number | null)[])[], options: Options): readonly (readonly [name: string, shape: readonly number[]])[];
  call(inputs: readonly tfc.Tensor[], weights: readonly tfc.Tensor[], options: Options): tfc.Tensor;
}

/** Requires a value from a network's file or a layer's inputs. @throws if it is missing. */
export function known<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('an input or option is missing');
  return value;
}

/** A numeric option. @throws if it is missing. */
export function numberIn(options: Options, name: string): number {
  const value = options[name];
  if (typeof value !== 'number') throw new Error(`${name} is no number`);
  return value;
}

/** One number, or one per axis. */
export function numbersIn(options: Options, name: string, axes: number, otherwise = 1): number[] {
  const value = options[name] ?? otherwise;
  const list = Array.isArray(value) ? (value as unknown[]).map(Number) : [Number(value)];
  return Array.from({ length: axes }, (_, axis) => list[axis] ?? list[0] ?? otherwise);
}
