import * as tfc from '@tensorflow/tfjs-core';

export type Shape = (number | null)[];

/** Shapes of a layer's inputs, which tf.layers passes as one or a list. */
export function shapesOf(shape: Shape | Shape[]): Shape[] {
  return (Array.isArray(shape[0]) ? shape : [shape]) as Shape[];
}

/** Output shape of a layer for one face, from a trial with zeros; an array for several outputs. */
export function shapeByTrial(shape: Shape | Shape[], apply: (zeros: readonly tfc.Tensor[]) => tfc.Tensor | tfc.Tensor[]): Shape | Shape[] {
  const shapes = tfc.tidy(() => {
    const answer = apply(shapesOf(shape).map((each) => tfc.zeros([1, ...each.slice(1).map((size) => size ?? 1)])));
    return Array.isArray(answer) ? answer.map((each) => each.shape) : answer.shape;
  });
  const batched = ([, ...own]: readonly number[]): Shape => [null, ...own];
  return Array.isArray(shapes[0]) ? (shapes as number[][]).map(batched) : batched(shapes as number[]);
}
