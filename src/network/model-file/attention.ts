import * as tfc from '@tensorflow/tfjs-core';
import { contract, sizesOf, spelled } from './contraction';
import { known, numberIn, numbersIn, type Options, type WeightedKind } from './weighted-kind';

type Shape = readonly (number | null)[];

/** Query, value and key among the inputs of an attention layer; the key defaults to the value. */
function roles<T>(inputs: readonly T[]): { query: T; value: T; key: T } {
  const query = known(inputs[0]);
  const value = inputs[1] ?? query;
  return { query, value, key: inputs[2] ?? value };
}

/** Mixes the values by the softmax of the scores [n, queries, keys]. */
function attend(scores: tfc.Tensor, value: tfc.Tensor): tfc.Tensor {
  return tfc.matMul(tfc.softmax(scores), value);
}

/** tanh of the sum of every query with every key. */
function pairs(query: tfc.Tensor, key: tfc.Tensor): tfc.Tensor {
  return tfc.tanh(tfc.add(tfc.expandDims(query, 2), tfc.expandDims(key, 1)));
}

/** Luong attention: dot product of keys and queries, optionally scaled. */
const attention: WeightedKind = {
  weights: (_, options) => [
    ...(options['useScale'] === true ? [['scale', []] as const] : []),
    ...(options['scoreMode'] === 'concat' ? [['concat_score_weight', []] as const] : []),
  ],
  call(inputs, weights, options) {
    const { query, value, key } = roles(inputs);
    const scale = options['useScale'] === true ? known(weights[0]) : 1;
    if (options['scoreMode'] !== 'concat') return attend(tfc.mul(tfc.matMul(query, key, false, true), scale), value);
    const sums = tfc.sum(tfc.tanh(tfc.mul(scale, tfc.add(tfc.expandDims(query, 2), tfc.expandDims(key, 1)))), -1);
    return attend(tfc.mul(known(weights.at(-1)), sums), value);
  },
};

/** Bahdanau attention: sums of queries and keys. */
const additiveAttention: WeightedKind = {
  weights: ([shape], options) => (options['useScale'] === false ? [] : [['scale', [shape?.at(-1) ?? 1]]]),
  call(inputs, weights) {
    const { query, value, key } = roles(inputs);
    const sums = pairs(query, key);
    return attend(tfc.sum(weights[0] ? tfc.mul(weights[0], sums) : sums, -1), value);
  },
};

/** Flattens all axes between batch and features into one. */
function sequence(x: tfc.Tensor): tfc.Tensor {
  return x.rank === 3 ? x : tfc.reshape(x, [known(x.shape[0]), -1, known(x.shape.at(-1))]);
}

function headsOf(options: Options): { heads: number; keySize: number; valueSize: number; bias: boolean } {
  const keySize = numberIn(options, 'keyDim');
  return { heads: numberIn(options, 'numHeads'), keySize, valueSize: typeof options['valueDim'] === 'number' ? options['valueDim'] : keySize, bias: options['useBias'] !== false };
}

const multiHeadAttention: WeightedKind = {
  weights(shapes, options) {
    const { heads, keySize, valueSize, bias } = headsOf(options);
    const { query, value, key } = roles<Shape>(shapes);
    const width = (shape: Shape) => shape.at(-1) ?? 1;
    const outputs = options['outputShape'] === null || options['outputShape'] === undefined ? width(query) : known(numbersIn(options, 'outputShape', 1)[0]);
    const dense = (name: string, kernel: readonly number[], sizes: readonly number[]) => [
      [`${name}_kernel`, kernel] as const,
      ...(bias ? [[`${name}_bias`, sizes] as const] : []),
    ];
    return [
      ...dense('query', [width(query), heads, keySize], [heads, keySize]),
      ...dense('key', [width(key), heads, keySize], [heads, keySize]),
      ...dense('value', [width(value), heads, valueSize], [heads, valueSize]),
      ...dense('output', [heads, valueSize, outputs], [outputs]),
    ];
  },
  call(inputs, weights, options) {
    const { keySize, bias } = headsOf(options);
    const { query, value, key } = roles(inputs);
    const projected = (equation: string, x: tfc.Tensor, dense: number) => {
      const product = contract(equation, x, known(weights[bias ? 2 * dense : dense]));
      return bias ? tfc.add(product, known(weights[2 * dense + 1])) : product;
    };
    const into = (x: tfc.Tensor, dense: number) => projected('ntd,dhk->nthk', sequence(x), dense);
    const scores = contract('nqhk,nthk->nhqt', tfc.mul(into(query, 0), 1 / Math.sqrt(keySize)), into(key, 1));
    const mixed = contract('nhqt,nthk->nqhk', tfc.softmax(scores), into(value, 2));
    const answer = projected('nqhk,hko->nqo', mixed, 3);
    return tfc.reshape(answer, [...query.shape.slice(0, -1), known(answer.shape.at(-1))]);
  },
};

function equationOf(options: Options, rank: number, kernelRank: number): string {
  if (typeof options['equation'] !== 'string') throw new Error('an equation is missing');
  return spelled(options['equation'], rank, kernelRank);
}

/** A dense layer over arbitrary axes. */
const einsumDense: WeightedKind = {
  weights([shape], options) {
    const input = known(shape);
    const [left = '', kernel = '', out = ''] = equationOf(options, input.length, 0).split(/,|->/);
    // The options state the output axes after the batch; null where the input determines them.
    const said = options['outputShape'] as readonly (number | null)[] | number;
    const sizes = new Map([...sizesOf([left, input])].concat(outputSizes(out, typeof said === 'number' ? [said] : said, left)));
    const biasAxes = typeof options['biasAxes'] === 'string' ? options['biasAxes'] : null;
    const first = out.search(new RegExp(`[${biasAxes ?? out}]`));
    return [
      ['kernel', Array.from(kernel, (letter) => sizes.get(letter) ?? 1)],
      ...(biasAxes === null ? [] : [['bias', Array.from(out.slice(first), (letter) => (biasAxes.includes(letter) ? (sizes.get(letter) ?? 1) : 1))] as const]),
    ];
  },
  call([input], [kernel, bias], options) {
    const x = known(input);
    const product = contract(equationOf(options, x.rank, known(kernel).rank), x, known(kernel));
    return bias ? tfc.add(product, bias) : product;
  },
};

/** Sizes stated for the last output axes, unless the input determines them. */
function outputSizes(out: string, said: readonly (number | null)[], left: string): [string, number][] {
  return Array.from(out.slice(-said.length), (letter, i) => [letter, said[i] ?? null] as const).flatMap(([letter, size]) =>
    size === null || left.includes(letter) ? [] : [[letter, size]],
  );
}

export const ATTENTION = { attention, additiveAttention, multiHeadAttention, einsumDense } as const;
