import * as tfc from '@tensorflow/tfjs-core';
import { known, numberIn, numbersIn, type Options, type WeightedKind } from './weighted-kind';

/** Treats a sequence as a picture with a height of one pixel, so that both share one implementation. */
function asPicture(x: tfc.Tensor): tfc.Tensor4D {
  return (x.rank === 3 ? tfc.expandDims(x, 1) : x) as tfc.Tensor4D;
}

interface Frame {
  readonly strides: [number, number];
  readonly dilations: [number, number];
  readonly padding: 'same' | 'valid';
}

/** Options of a 1-D or 2-D convolution, expressed in 2-D. */
function frameOf(options: Options, axes: number): Frame {
  const pair = (name: string): [number, number] => {
    const [first = 1, second = 1] = numbersIn(options, name, axes);
    return axes === 1 ? [1, first] : [first, second];
  };
  return { strides: pair('strides'), dilations: pair('dilationRate'), padding: options['padding'] === 'same' ? 'same' : 'valid' };
}

/** Left padding of a causal convolution, which uses only past values. */
function padded(x: tfc.Tensor4D, kernel: tfc.Tensor, options: Options): tfc.Tensor4D {
  if (options['padding'] !== 'causal') return x;
  const before = (known(kernel.shape[1]) - 1) * known(numbersIn(options, 'dilationRate', 1)[0]);
  return tfc.pad(x, [[0, 0], [0, 0], [before, 0], [0, 0]]);
}

/** Applies a picture convolution to sequences or pictures. */
function convolved(input: tfc.Tensor | undefined, options: Options, bias: tfc.Tensor | undefined, convolve: (x: tfc.Tensor4D, frame: Frame) => tfc.Tensor): tfc.Tensor {
  const x = known(input);
  const answer = convolve(asPicture(x), frameOf(options, x.rank - 2));
  const biased = bias ? tfc.add(answer, bias) : answer;
  return x.rank === 3 ? tfc.squeeze(biased, [1]) : biased;
}

function asKernel(kernel: tfc.Tensor | undefined): tfc.Tensor4D {
  const own = known(kernel);
  return (own.rank === 3 ? tfc.expandDims(own, 0) : own) as tfc.Tensor4D;
}

function hasBias(options: Options): boolean {
  return options['useBias'] !== false;
}

function groupsOf(options: Options): number {
  return numberIn({ groups: 1, ...options }, 'groups');
}

/** A convolution with groups of channels, or a causal one. */
const groupedConvolution: WeightedKind = {
  weights([shape], options) {
    const [axes, channels] = [known(shape).length - 2, known(known(shape).at(-1))];
    const filters = numberIn(options, 'filters');
    return [
      ['kernel', [...numbersIn(options, 'kernelSize', axes), channels / groupsOf(options), filters]],
      ...(hasBias(options) ? [['bias', [filters]] as const] : []),
    ];
  },
  call([input], [kernel, bias], options) {
    const groups = groupsOf(options);
    const all = asKernel(kernel);
    return convolved(input, options, bias, (x, { strides, dilations, padding }) => {
      const whole = padded(x, all, options);
      const [height, width, depth, filters] = all.shape;
      if (depth === 1) {
        return tfc.depthwiseConv2d(whole, tfc.reshape<tfc.Rank.R4>(all, [height, width, groups, filters / groups]), strides, padding, 'NHWC', dilations);
      }
      const kernels = tfc.split<tfc.Tensor4D>(all, groups, 3);
      return tfc.concat(
        tfc.split<tfc.Tensor4D>(whole, groups, 3).map((part, i) => tfc.conv2d(part, known(kernels[i]), strides, padding, 'NHWC', dilations)),
        3,
      );
    });
  },
};

function depthwiseSizes(shape: readonly (number | null)[] | undefined, options: Options): { kernel: number[]; channels: number } {
  const [axes, channels] = [known(shape).length - 2, known(known(shape).at(-1))];
  const multiplier = numberIn({ depthMultiplier: 1, ...options }, 'depthMultiplier');
  return { kernel: [...numbersIn(options, 'kernelSize', axes), channels, multiplier], channels: channels * multiplier };
}

/** Depthwise convolution; tf.layers ignores its dilation, and has none for sequences. */
const depthwiseConvolution: WeightedKind = {
  weights([shape], options) {
    const { kernel, channels } = depthwiseSizes(shape, options);
    return [['depthwise_kernel', kernel], ...(hasBias(options) ? [['bias', [channels]] as const] : [])];
  },
  call: ([input], [kernel, bias], options) =>
    convolved(input, options, bias, (x, { strides, dilations, padding }) =>
      tfc.depthwiseConv2d(padded(x, asKernel(kernel), options), asKernel(kernel), strides, padding, 'NHWC', dilations),
    ),
};

/** Separable convolution for sequences: depthwise, then pointwise. */
const separableConvolution: WeightedKind = {
  weights([shape], options) {
    const { kernel, channels } = depthwiseSizes(shape, options);
    const filters = numberIn(options, 'filters');
    return [
      ['depthwise_kernel', kernel],
      ['pointwise_kernel', [...kernel.slice(0, -2).map(() => 1), channels, filters]],
      ...(hasBias(options) ? [['bias', [filters]] as const] : []),
    ];
  },
  call: ([input], [depthwise, pointwise, bias], options) =>
    convolved(input, options, bias, (x, { strides, dilations, padding }) =>
      tfc.conv2d(
        tfc.depthwiseConv2d<tfc.Tensor4D>(padded(x, asKernel(depthwise), options), asKernel(depthwise), strides, padding, 'NHWC', dilations),
        asKernel(pointwise),
        1,
        'valid',
      ),
    ),
};

export const CONVOLUTIONS = { groupedConvolution, depthwiseConvolution, separableConvolution } as const;
