import * as tfc from '@tensorflow/tfjs-core';

/**
 * `einsum` of two tensors, computed as a single matrix product, since the backends have no kernel for it. Letters in both inputs and the output are
 * batch axes; those missing only in the output are summed over.
 *
 * @param equation e.g. `abc,cd->abd`; `...` stands for the remaining axes of one input.
 */
export function contract(equation: string, a: tfc.Tensor, b: tfc.Tensor): tfc.Tensor {
  const [left = '', right = '', out = ''] = spelled(equation, a.rank, b.rank).split(/,|->/);
  const sizes = sizesOf([left, a.shape], [right, b.shape]);
  const batch = lettersOf(left, (letter) => right.includes(letter) && out.includes(letter));
  const summed = lettersOf(left, (letter) => right.includes(letter) && !out.includes(letter));
  const ownA = lettersOf(left, (letter) => !right.includes(letter));
  const ownB = lettersOf(right, (letter) => !left.includes(letter));
  const product = (letters: string) => Array.from(letters).reduce((count, letter) => count * (sizes.get(letter) ?? 1), 1);
  const arranged = (x: tfc.Tensor, from: string, letters: readonly string[]) =>
    tfc.reshape(
      tfc.transpose(x, Array.from(letters.join(''), (letter) => from.indexOf(letter))),
      letters.map(product),
    );
  const answer = tfc.matMul(arranged(a, left, [batch, ownA, summed]), arranged(b, right, [batch, summed, ownB]));
  const order = batch + ownA + ownB;
  const whole = tfc.reshape(answer, Array.from(order, (letter) => sizes.get(letter) ?? 1));
  return tfc.transpose(whole, Array.from(out, (letter) => order.indexOf(letter)));
}

/** Replaces `...` in the equation by letters. */
export function spelled(equation: string, rankA: number, rankB: number): string {
  const plain = equation.replaceAll(' ', '');
  const [left = '', right = ''] = plain.split(/,|->/);
  const [part, rank] = left.includes('...') ? [left, rankA] : [right, rankB];
  const count = Math.max(0, rank - part.replace('...', '').length);
  return plain.replaceAll('...', 'ZYXWVUTS'.slice(0, count));
}

/** Size of each letter in the given parts of an equation. */
export function sizesOf(...parts: readonly (readonly [letters: string, shape: readonly (number | null)[]])[]): ReadonlyMap<string, number> {
  return new Map(parts.flatMap(([letters, shape]) => Array.from(letters, (letter, i) => [letter, shape[i] ?? 1] as const)));
}

function lettersOf(part: string, keep: (letter: string) => boolean): string {
  return Array.from(part).filter(keep).join('');
}

/**
 * Keras's `Dot`: batch-wise products of two tensors over one axis each.
 *
 * @param axes indices including the batch axis; negative ones count from the end.
 */
export function batchDot(a: tfc.Tensor, b: tfc.Tensor, axes: readonly [number, number], normalize: boolean): tfc.Tensor {
  const [axisA, axisB] = [axes[0] < 0 ? axes[0] + a.rank : axes[0], axes[1] < 0 ? axes[1] + b.rank : axes[1]];
  const left = `n${Array.from({ length: a.rank - 1 }, (_, i) => (i + 1 === axisA ? 'k' : 'abcde'.charAt(i))).join('')}`;
  const right = `n${Array.from({ length: b.rank - 1 }, (_, i) => (i + 1 === axisB ? 'k' : 'vwxyz'.charAt(i))).join('')}`;
  const out = `n${(left.slice(1) + right.slice(1)).replaceAll('k', '')}`;
  const unit = (x: tfc.Tensor, axis: number) => (normalize ? l2Normalize(x, [axis]) : x);
  const dot = contract(`${left},${right}->${out}`, unit(a, axisA), unit(b, axisB));
  return dot.rank === 1 ? tfc.expandDims(dot, 1) : dot;
}

/** Lower bound under the square root of a norm, as in TensorFlow and Keras. */
const NORM_FLOOR = 1e-12;

export function l2Normalize(x: tfc.Tensor, axes: number[] | undefined): tfc.Tensor {
  return tfc.div(x, tfc.sqrt(tfc.maximum(tfc.sum(tfc.square(x), axes, true), NORM_FLOOR)));
}
