/** Translation of a Keras layer class to tf.layers. */
export interface Rule {
  /** Class in tf.layers, if named differently. */
  readonly as?: string;
  /** Operation of a `MienOperation`, or kind of a `MienWeighted`. */
  readonly op?: string;
  readonly kind?: string;
  /** Options to pass on; all others (regularizers, constraints, seeds …) have no effect at inference. */
  readonly keep?: readonly string[];
  /** Options missing in tf.layers: the only values without effect. Options may be absent. */
  readonly only?: Readonly<Record<string, readonly unknown[]>>;
  /** Weights whose initializers are replaced by zeros: the originals are slow, and the file's values overwrite them. */
  readonly weights?: readonly string[];
  /** Location of the weights in Keras's native format, relative to the layer's folder. */
  readonly slots?: readonly string[];
}

const CONVOLUTION = ['strides', 'padding', 'data_format', 'dilation_rate', 'activation', 'use_bias'];
const POOLING = ['pool_size', 'strides', 'padding', 'data_format'];
const RECURRENT = ['units', 'activation', 'recurrent_activation', 'use_bias', 'return_sequences', 'return_state', 'go_backwards'];
const RECURRENT_ONLY = { stateful: [false], time_major: [false] };
const RECURRENT_WEIGHTS = ['kernel', 'recurrent', 'bias'];
const RESIZING_ONLY = { interpolation: ['bilinear', 'nearest'], crop_to_aspect_ratio: [false], pad_to_aspect_ratio: [false], antialias: [false] };
const POOL_2D: Rule = { as: 'MienGlobalPooling2D', keep: ['data_format', 'keepdims'] };
/** Over a sequence, whose axis is the first after the batch. */
const pool1D = (op: string): Rule => ({ op, keep: ['keepdims'], only: { data_format: ['channels_last'] } });

/** Layers with an effect only in training. */
export const NOTHING: Rule = { as: 'Activation' };
const IDLE = [
  ...['ActivityRegularization', 'Identity', 'StochasticDepth', 'RandomFlip', 'RandomRotation', 'RandomZoom', 'RandomTranslation', 'RandomContrast'],
  ...['RandomBrightness', 'RandomHeight', 'RandomWidth', 'RandomShear', 'RandomHue', 'RandomSaturation', 'RandomSharpness', 'RandomGaussianBlur'],
  ...['RandomGrayscale', 'RandomColorJitter', 'RandomColorDegeneration', 'RandomPosterization', 'RandomInvert', 'RandomPerspective'],
  ...['RandomErasing', 'RandomElasticTransform', 'RandAugment', 'AugMix', 'MixUp', 'CutMix'],
];

export const RULES: Readonly<Record<string, Rule>> = {
  Dense: { keep: ['units', 'activation', 'use_bias'], weights: ['kernel', 'bias'] },
  EinsumDense: { kind: 'einsumDense', keep: ['equation', 'output_shape', 'bias_axes', 'activation'] },
  Conv1D: { keep: ['filters', 'kernel_size', 'groups', ...CONVOLUTION], weights: ['kernel', 'bias'] },
  Conv2D: { keep: ['filters', 'kernel_size', 'groups', ...CONVOLUTION], weights: ['kernel', 'bias'] },
  Conv2DTranspose: {
    keep: ['filters', 'kernel_size', ...CONVOLUTION],
    only: { output_padding: [null], groups: [1], dilation_rate: [1, '1,1'] },
    weights: ['kernel', 'bias'],
  },
  SeparableConv1D: { kind: 'separableConvolution', keep: ['filters', 'kernel_size', 'depth_multiplier', ...CONVOLUTION] },
  SeparableConv2D: { keep: ['filters', 'kernel_size', 'depth_multiplier', ...CONVOLUTION], weights: ['depthwise', 'pointwise', 'bias'] },
  DepthwiseConv1D: { kind: 'depthwiseConvolution', keep: ['kernel_size', 'depth_multiplier', ...CONVOLUTION] },
  DepthwiseConv2D: { keep: ['kernel_size', 'depth_multiplier', ...CONVOLUTION], weights: ['depthwise', 'bias'] },
  BatchNormalization: {
    keep: ['axis', 'epsilon', 'momentum', 'center', 'scale'],
    only: { mode: [0], renorm: [false] },
    weights: ['gamma', 'beta', 'moving_mean', 'moving_variance'],
  },
  LayerNormalization: { keep: ['axis', 'epsilon', 'center', 'scale'], only: { rms_scaling: [false] }, weights: ['gamma', 'beta'] },
  GroupNormalization: { kind: 'groupNormalization', keep: ['groups', 'epsilon', 'center', 'scale'], only: { axis: [-1, '-1', 3, '3'] } },
  RMSNormalization: { kind: 'rmsNormalization', keep: ['epsilon'], only: { axis: [-1, '-1'] } },
  UnitNormalization: { op: 'normalize', keep: ['axis'] },
  LayerScale: { kind: 'layerScale' },
  Normalization: { as: 'MienNormalization', keep: ['axis', 'mean', 'variance', 'invert'] },
  Rescaling: { as: 'MienAffine', keep: ['scale', 'offset'] },
  Attention: { kind: 'attention', keep: ['use_scale', 'score_mode'] },
  AdditiveAttention: { kind: 'additiveAttention', keep: ['use_scale'] },
  MultiHeadAttention: {
    kind: 'multiHeadAttention',
    keep: ['num_heads', 'key_dim', 'value_dim', 'use_bias', 'output_shape'],
    only: { use_gate: [false], sliding_window: [null], softmax_robust_masking: [false] },
    // Keras 2 prefixes them with an underscore.
    slots: ['query', 'key', 'value', 'output'].flatMap((name) => [`_${name}_dense/vars`, `${name}_dense/vars`]),
  },
  MaxPooling1D: { keep: POOLING },
  MaxPooling2D: { keep: POOLING },
  AveragePooling1D: { keep: POOLING },
  AveragePooling2D: { keep: POOLING },
  GlobalAveragePooling1D: pool1D('mean'),
  GlobalMaxPooling1D: pool1D('max'),
  GlobalAveragePooling2D: POOL_2D,
  GlobalMaxPooling2D: POOL_2D,
  // tf.layers rejects input that is flat already, as after a global pooling.
  Flatten: { op: 'flatten', keep: ['data_format'] },
  // tf.layers leaves a −1 in its shape unknown, so that later layers have no size.
  Reshape: { op: 'reshape' },
  Permute: { keep: ['dims'] },
  RepeatVector: { keep: ['n'] },
  ZeroPadding1D: { op: 'pad' },
  ZeroPadding2D: { keep: ['padding', 'data_format'] },
  Cropping1D: { op: 'slice' },
  Cropping2D: { keep: ['cropping', 'data_format'] },
  UpSampling1D: { op: 'repeat' },
  // tf.layers measures pixel distances from the corners.
  UpSampling2D: { op: 'enlarge', keep: ['size', 'data_format'], only: { interpolation: ['nearest', 'bilinear'] } },
  Resizing: { op: 'resize', only: { ...RESIZING_ONLY, data_format: ['channels_last', null] } },
  CenterCrop: { op: 'crop', only: { data_format: ['channels_last', null] } },
  Activation: { keep: ['activation'] },
  Softmax: { op: 'softmax', keep: ['axis'] },
  ReLU: { keep: ['max_value'] },
  LeakyReLU: { keep: ['alpha'] },
  ThresholdedReLU: { keep: ['theta'] },
  ELU: { op: 'elu' },
  PReLU: { keep: ['shared_axes'], weights: ['alpha'] },
  Add: {},
  Multiply: {},
  Average: {},
  Maximum: {},
  Minimum: {},
  Subtract: { as: 'MienSubtract' },
  Concatenate: { keep: ['axis'] },
  // InceptionResNetV2's custom layer in keras.applications.
  CustomScaleLayer: { op: 'addScaled' },
  Dot: { op: 'dot', keep: ['normalize'] },
  LSTM: { keep: RECURRENT, only: RECURRENT_ONLY, weights: RECURRENT_WEIGHTS, slots: ['cell/vars'] },
  GRU: { keep: RECURRENT, only: RECURRENT_ONLY, weights: RECURRENT_WEIGHTS, slots: ['cell/vars'] },
  SimpleRNN: {
    keep: RECURRENT.filter((key) => key !== 'recurrent_activation'),
    only: RECURRENT_ONLY,
    weights: RECURRENT_WEIGHTS,
    slots: ['cell/vars'],
  },
  Dropout: { keep: ['rate'] },
  SpatialDropout1D: { as: 'Dropout', keep: ['rate'] },
  SpatialDropout2D: { as: 'Dropout', keep: ['rate'] },
  AlphaDropout: { keep: ['rate'] },
  GaussianDropout: { keep: ['rate'] },
  GaussianNoise: { keep: ['stddev'] },
  ...Object.fromEntries(IDLE.map((kind) => [kind, NOTHING])),
};

/** Picture layers that tf.layers runs channels-last; channels-first ones are wrapped in transpositions. */
export const TURNED_WITH_CHANNELS_FIRST: ReadonlySet<string> = new Set([
  ...['Conv2D', 'Conv2DTranspose', 'SeparableConv2D', 'DepthwiseConv2D', 'MaxPooling2D', 'AveragePooling2D'],
  ...['ZeroPadding2D', 'Cropping2D', 'UpSampling2D'],
]);
