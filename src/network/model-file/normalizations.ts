import * as tfc from '@tensorflow/tfjs-core';
import { known, numberIn, type Options, type WeightedKind } from './weighted-kind';

/** Scale and offset of the last axis, unless disabled by the options. */
const CENTER_AND_SCALE = [
  ['scale', 'gamma'],
  ['center', 'beta'],
] as const;

function centerAndScale(options: Options, size: number): (readonly [name: string, shape: readonly number[]])[] {
  return CENTER_AND_SCALE.flatMap(([option, name]) => (options[option] === false ? [] : [[name, [size]] as const]));
}

/** Scale and offset among a layer's weights. */
function gammaAndBeta(weights: readonly tfc.Tensor[], options: Options): { gamma: tfc.Tensor | null; beta: tfc.Tensor | null } {
  const hasScale = options['scale'] !== false;
  return { gamma: hasScale ? known(weights[0]) : null, beta: options['center'] === false ? null : known(weights[hasScale ? 1 : 0]) };
}

/** Batch normalization along an axis other than the last; the backends disagree on tf.layers's version. */
const axisNormalization: WeightedKind = {
  weights([shape], options) {
    const size = known(known(shape).at(numberIn(options, 'axis')));
    return [...centerAndScale(options, size), ['moving_mean', [size]], ['moving_variance', [size]]];
  },
  call([input], weights, options) {
    const x = known(input);
    const along = (value: tfc.Tensor) => tfc.reshape(value, x.shape.map((_, axis) => (axis === numberIn(options, 'axis') ? value.size : 1)));
    const { gamma, beta } = gammaAndBeta(weights, options);
    const [mean, variance] = weights.slice(-2).map(along);
    const even = tfc.div(tfc.sub(x, known(mean)), tfc.sqrt(tfc.add(known(variance), numberIn({ epsilon: 1e-3, ...options }, 'epsilon'))));
    const scaled = gamma ? tfc.mul(even, along(gamma)) : even;
    return beta ? tfc.add(scaled, along(beta)) : scaled;
  },
};

const groupNormalization: WeightedKind = {
  weights: ([shape], options) => centerAndScale(options, shape?.at(-1) ?? 1),
  call([input], weights, options) {
    const x = known(input);
    const channels = known(x.shape.at(-1));
    const asked = numberIn(options, 'groups');
    const groups = asked === -1 ? channels : asked;
    const apart = tfc.reshape(x, [known(x.shape[0]), -1, groups, channels / groups]);
    const { mean, variance } = tfc.moments(apart, [1, 3], true);
    const even = tfc.div(tfc.sub(apart, mean), tfc.sqrt(tfc.add(variance, numberIn({ epsilon: 1e-3, ...options }, 'epsilon'))));
    const { gamma, beta } = gammaAndBeta(weights, options);
    const scaled = gamma ? tfc.mul(tfc.reshape(even, x.shape), gamma) : tfc.reshape(even, x.shape);
    return beta ? tfc.add(scaled, beta) : scaled;
  },
};

/** Root-mean-square normalization. */
const rmsNormalization: WeightedKind = {
  weights: ([shape]) => [['scale', [shape?.at(-1) ?? 1]]],
  call([input], [scale], options) {
    const x = known(input);
    const root = tfc.sqrt(tfc.add(tfc.mean(tfc.square(x), -1, true), numberIn({ epsilon: 1e-6, ...options }, 'epsilon')));
    return tfc.mul(tfc.div(x, root), known(scale));
  },
};

/** ConvNeXt's layer scale: a factor per channel. */
const layerScale: WeightedKind = {
  weights: ([shape]) => [['gamma', [shape?.at(-1) ?? 1]]],
  call: ([input], [gamma]) => tfc.mul(known(input), known(gamma)),
};

export const NORMALIZATIONS = { axisNormalization, groupNormalization, rmsNormalization, layerScale } as const;
