import { MienError } from '../../engine/errors';
import { isRecord, type Json } from './json';

/** A layer as tf.layers deserialises it. */
export interface LayerPlan {
  readonly class_name: string;
  readonly config: Json;
}

/** How one class of Keras layers is said to tf.layers. */
interface Rule {
  /** Class in tf.layers, where its name differs. */
  readonly as?: string;
  /** Options handed on; all others (regularisers, constraints, seeds …) do nothing at inference. */
  readonly keep?: readonly string[];
  /** Options that tf.layers lacks: the only values that change nothing. Absent options are fine. */
  readonly only?: Readonly<Record<string, readonly unknown[]>>;
  /** Weights, whose initialisers are set to zeros: theirs are costly, and the file's values replace them. */
  readonly weights?: readonly string[];
  /** Where Keras's own format keeps the weights, below the layer's folder. */
  readonly slots?: readonly string[];
}

const CONVOLUTION = ['strides', 'padding', 'data_format', 'dilation_rate', 'activation', 'use_bias'];
const POOLING = ['pool_size', 'strides', 'padding', 'data_format'];
const RECURRENT = ['units', 'activation', 'recurrent_activation', 'use_bias', 'return_sequences', 'go_backwards'];
const RECURRENT_ONLY = { return_state: [false], stateful: [false], time_major: [false] };
const RECURRENT_WEIGHTS = ['kernel', 'recurrent', 'bias'];
const NOTHING: Rule = { as: 'Activation' };

const RULES: Readonly<Record<string, Rule>> = {
  Dense: { keep: ['units', 'activation', 'use_bias'], weights: ['kernel', 'bias'] },
  Conv1D: { keep: ['filters', 'kernel_size', ...CONVOLUTION], only: { groups: [1] }, weights: ['kernel', 'bias'] },
  Conv2D: { keep: ['filters', 'kernel_size', ...CONVOLUTION], only: { groups: [1] }, weights: ['kernel', 'bias'] },
  Conv2DTranspose: {
    keep: ['filters', 'kernel_size', ...CONVOLUTION],
    only: { output_padding: [null], groups: [1], dilation_rate: [1, '1,1'] },
    weights: ['kernel', 'bias'],
  },
  SeparableConv2D: { keep: ['filters', 'kernel_size', 'depth_multiplier', ...CONVOLUTION], weights: ['depthwise', 'pointwise', 'bias'] },
  DepthwiseConv2D: { keep: ['kernel_size', 'depth_multiplier', ...CONVOLUTION], weights: ['depthwise', 'bias'] },
  BatchNormalization: {
    keep: ['axis', 'epsilon', 'momentum', 'center', 'scale'],
    only: { mode: [0], renorm: [false] },
    weights: ['gamma', 'beta', 'moving_mean', 'moving_variance'],
  },
  LayerNormalization: { keep: ['axis', 'epsilon', 'center', 'scale'], only: { rms_scaling: [false] }, weights: ['gamma', 'beta'] },
  Normalization: { as: 'MienNormalization', keep: ['mean', 'variance'], only: { axis: [-1, '-1', 3, '3', null], invert: [false] } },
  Rescaling: { as: 'MienAffine', keep: ['scale', 'offset'] },
  MaxPooling1D: { keep: POOLING },
  MaxPooling2D: { keep: POOLING },
  AveragePooling1D: { keep: POOLING },
  AveragePooling2D: { keep: POOLING },
  GlobalAveragePooling1D: { only: { keepdims: [false] } },
  GlobalMaxPooling1D: { only: { keepdims: [false] } },
  GlobalAveragePooling2D: { as: 'MienGlobalPooling2D', keep: ['data_format', 'keepdims'] },
  GlobalMaxPooling2D: { as: 'MienGlobalPooling2D', keep: ['data_format', 'keepdims'] },
  // tf.layers refuses what is flat already, as after a global pooling.
  Flatten: { as: 'MienOperation' },
  Reshape: { keep: ['target_shape'] },
  Permute: { keep: ['dims'] },
  RepeatVector: { keep: ['n'] },
  ZeroPadding2D: { keep: ['padding', 'data_format'] },
  Cropping2D: { keep: ['cropping', 'data_format'] },
  UpSampling2D: { keep: ['size', 'data_format', 'interpolation'] },
  Resizing: { keep: ['height', 'width', 'interpolation'], only: { crop_to_aspect_ratio: [false], pad_to_aspect_ratio: [false], antialias: [false] } },
  CenterCrop: { keep: ['height', 'width'] },
  Activation: { keep: ['activation'] },
  Softmax: { keep: ['axis'] },
  ReLU: { keep: ['max_value'] },
  LeakyReLU: { keep: ['alpha'] },
  ThresholdedReLU: { keep: ['theta'] },
  ELU: { keep: ['alpha'] },
  PReLU: { keep: ['shared_axes'], weights: ['alpha'] },
  Add: {},
  Multiply: {},
  Average: {},
  Maximum: {},
  Minimum: {},
  Subtract: { as: 'MienSubtract' },
  Concatenate: { keep: ['axis'] },
  LSTM: { keep: RECURRENT, only: RECURRENT_ONLY, weights: RECURRENT_WEIGHTS, slots: ['cell/vars'] },
  GRU: { keep: RECURRENT, only: RECURRENT_ONLY, weights: RECURRENT_WEIGHTS, slots: ['cell/vars'] },
  SimpleRNN: {
    keep: RECURRENT.filter((key) => key !== 'recurrent_activation'),
    only: RECURRENT_ONLY,
    weights: RECURRENT_WEIGHTS,
    slots: ['cell/vars'],
  },
  // These do something in training alone.
  Dropout: { keep: ['rate'] },
  SpatialDropout1D: { as: 'Dropout', keep: ['rate'] },
  SpatialDropout2D: { as: 'Dropout', keep: ['rate'] },
  AlphaDropout: { keep: ['rate'] },
  GaussianDropout: { keep: ['rate'] },
  GaussianNoise: { keep: ['stddev'] },
  ActivityRegularization: NOTHING,
  Identity: NOTHING,
  RandomFlip: NOTHING,
  RandomRotation: NOTHING,
  RandomZoom: NOTHING,
  RandomTranslation: NOTHING,
  RandomContrast: NOTHING,
  RandomBrightness: NOTHING,
};

/** Keras's activations as tf.layers names them. */
const ACTIVATIONS = new Map([
  ...['linear', 'relu', 'relu6', 'elu', 'selu', 'sigmoid', 'softmax', 'tanh', 'softplus', 'softsign', 'swish', 'mish', 'gelu', 'log_softmax'].map(
    (name) => [name, name] as const,
  ),
  ['silu', 'swish'],
  // As the functions of TensorFlow are called that people hand over.
  ['softmax_v2', 'softmax'],
  ['hard_swish', 'mien_hard_swish'],
  ['hard_silu', 'mien_hard_swish'],
  ['leaky_relu', 'mien_leaky_relu'],
  ['leaky_relu_v2', 'mien_leaky_relu'],
  ['exponential', 'mien_exponential'],
]);

/** An error that names the layer; `detail` reads `name (Class: what of it)`. */
export function unsupported(name: string, kind: string, what = ''): MienError {
  return new MienError('model-file', 'unsupported-layer', `${name} (${kind}${what && `: ${what}`})`);
}

/**
 * One leaf layer for tf.layers, with only the options that count at inference.
 *
 * @param kerasMajor 3 changed `hard_sigmoid`.
 * @throws MienError `model-file/unsupported-layer` for a class or an option that cannot be run exactly.
 */
export function planLayer(kind: string, config: Json, name: string, kerasMajor: number): LayerPlan {
  if (kind === 'Bidirectional' || kind === 'TimeDistributed') return planWrapper(kind, config, name, kerasMajor);
  const rule = ruleOf(kind, name);
  // tf.layers takes it, but forgets to turn some layers' answers back.
  if (config['data_format'] === 'channels_first') throw unsupported(name, kind, 'data_format "channels_first"');
  for (const [option, allowed] of Object.entries(rule.only ?? {})) {
    const value = Array.isArray(config[option]) ? config[option].join() : config[option];
    if (value !== undefined && !allowed.includes(value)) throw unsupported(name, kind, `${option} ${JSON.stringify(config[option])}`);
  }
  const kept: Record<string, unknown> = { name };
  for (const option of rule.keep ?? []) if (config[option] !== undefined) kept[option] = config[option];
  for (const option of ['activation', 'recurrent_activation']) {
    if (option in kept) kept[option] = activationOf(kept[option], kind, name, kerasMajor);
  }
  for (const weight of rule.weights ?? []) kept[`${weight}_initializer`] = 'zeros';
  if (Array.isArray(config['batch_input_shape'])) kept['batch_input_shape'] = config['batch_input_shape'];
  // TensorFlow 2's GRU, the default since, multiplies by the reset gate after the recurrent product: tf.layers has the other.
  if (kind === 'GRU' && config['reset_after'] === true) return { class_name: 'MienGru', config: kept };
  if (kind === 'ReLU') {
    const [slope, threshold] = ['negative_slope', 'threshold'].map((option) => numberOf(config[option]) ?? 0);
    if (slope || threshold) return { class_name: 'MienOperation', config: { name, op: 'bentRelu', slope, threshold, max: numberOf(config['max_value']) ?? undefined } };
  }
  return { class_name: rule.as ?? kind, config: { ...kept, ...adapted(kind, config) } };
}

/** Where Keras's own format keeps the weights of a leaf layer. */
export function weightSlots(kind: string, config: Json, name: string): readonly string[] {
  if (kind === 'Bidirectional') return ['forward_layer/cell/vars', 'backward_layer/cell/vars'];
  if (kind === 'TimeDistributed') return weightSlots(...innerOf(config, name)).map((slot) => `layer/${slot}`);
  return ruleOf(kind, name).slots ?? ['vars'];
}

function ruleOf(kind: string, name: string): Rule {
  // `kind` comes from the file: 'constructor' is no layer.
  const rule = Object.hasOwn(RULES, kind) ? RULES[kind] : undefined;
  if (!rule) throw unsupported(name, kind);
  return rule;
}

/** What some classes say in another way than tf.layers. */
function adapted(kind: string, config: Json): Json {
  switch (kind) {
    case 'BatchNormalization': {
      const { axis } = config;
      return Array.isArray(axis) ? { axis: axis[0] as unknown } : {};
    }
    case 'LSTM':
      // An initialiser, which the file's values replace, and of which tf.layers frees nothing.
      return { unit_forget_bias: false };
    case 'LeakyReLU':
      return { alpha: numberOf(config['negative_slope'] ?? config['alpha']) ?? 0.3 };
    case 'ELU':
      return { alpha: numberOf(config['alpha']) ?? 1 };
    case 'ThresholdedReLU':
      return { theta: numberOf(config['theta']) ?? 1 };
    case 'ReLU':
      return { max_value: numberOf(config['max_value']) };
    case 'Flatten':
      return { op: 'flatten' };
    case 'GlobalMaxPooling2D':
      return { pool: 'max' };
    case 'GlobalAveragePooling2D':
      return { pool: 'average' };
    default:
      return RULES[kind] === NOTHING ? { activation: 'linear' } : {};
  }
}

/** A number, also as Keras 2 writes NumPy's: `{class_name: 'ndarray', config: {value}}` or `{type: 'ndarray', value}`. */
function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (!isRecord(value)) return null;
  return numberOf(value['value'] ?? (isRecord(value['config']) ? value['config']['value'] : null));
}

function activationOf(value: unknown, kind: string, name: string, kerasMajor: number): string {
  if (value === null || value === undefined) return 'linear';
  const named = isRecord(value) && typeof value['config'] === 'string' ? value['config'] : value;
  if (named === 'hard_sigmoid') return kerasMajor >= 3 ? 'mien_hard_sigmoid' : 'hard_sigmoid';
  const known = typeof named === 'string' ? ACTIVATIONS.get(named) : undefined;
  if (known) return known;
  throw unsupported(name, kind, `activation ${JSON.stringify(isRecord(value) ? value['class_name'] : value)}`);
}

function planWrapper(kind: string, config: Json, name: string, kerasMajor: number): LayerPlan {
  const [innerKind, innerConfig, innerName] = innerOf(config, name);
  const layer = planLayer(innerKind, innerConfig, innerName, kerasMajor);
  if (kind === 'TimeDistributed') return { class_name: kind, config: { name, layer } };
  if (!['LSTM', 'GRU', 'SimpleRNN'].includes(innerKind)) throw unsupported(name, kind, innerKind);
  const shape = Array.isArray(config['batch_input_shape']) ? { batch_input_shape: config['batch_input_shape'] } : {};
  return { class_name: kind, config: { name, layer, merge_mode: config['merge_mode'] ?? 'concat', ...shape } };
}

function innerOf(config: Json, name: string): [kind: string, config: Json, name: string] {
  const { layer } = config;
  const inner = isRecord(layer) && isRecord(layer['config']) ? layer['config'] : null;
  if (!isRecord(layer) || !inner) throw new MienError('model-file', 'damaged', `${name}: no layer within`);
  return [String(layer['class_name']), inner, typeof inner['name'] === 'string' ? inner['name'] : name];
}
