import { MienError } from '../../engine/errors';
import { isRecord, listOf, type Json } from './json';
import { planActivation } from './keras-activations';
import { numberOf, pairOf, unsupported, type LayerPlan } from './keras-options';
import { NOTHING, RULES, type Rule } from './keras-rules';
import { checkTheano, type Origin } from './theano';
import { entryInKeras2 } from './keras1';

/** Custom layers that support channels-first data. */
const TAKES_CHANNELS_FIRST = new Set(['Flatten', 'GlobalAveragePooling2D', 'GlobalMaxPooling2D']);

/**
 * Translates one leaf layer to tf.layers, with only the options that matter at inference.
 *
 * @param config with `channels_last` if the caller transposes around a channels-first layer.
 * @throws MienError `model-file/unsupported-layer` for a class or an option that cannot be run exactly.
 */
export function planLayer(kind: string, config: Json, name: string, origin: Origin): LayerPlan {
  if (kind === 'Bidirectional' || kind === 'TimeDistributed') return planWrapper(kind, config, name, origin);
  const rule = ruleOf(kind, name);
  for (const [option, allowed] of Object.entries(rule.only ?? {})) {
    const value = Array.isArray(config[option]) ? config[option].join() : config[option];
    if (value !== undefined && !allowed.includes(value)) throw unsupported(name, kind, `${option} ${JSON.stringify(config[option])}`);
  }
  // tf.layers accepts it, but fails to transpose the output of some layers; `keras-config.ts` transposes around picture layers.
  if (config['data_format'] === 'channels_first' && !TAKES_CHANNELS_FIRST.has(kind)) throw unsupported(name, kind, 'data_format "channels_first"');
  if (origin.isTheano) checkTheano(kind, config, name);
  const kept: Record<string, unknown> = { name };
  for (const option of rule.keep ?? []) if (config[option] !== undefined) kept[option] = config[option];
  for (const option of ['activation', 'recurrent_activation']) {
    if (option in kept) kept[option] = planActivation(kept[option], kind, name, origin.kerasMajor);
  }
  for (const weight of rule.weights ?? []) kept[`${weight}_initializer`] = 'zeros';
  if (Array.isArray(config['batch_input_shape'])) kept['batch_input_shape'] = config['batch_input_shape'];
  return { class_name: classOf(kind, rule), config: { ...kept, ...own(rule), ...adapted(kind, config, name) }, ...instead(kind, kept, config) };
}

/** Location of a leaf layer's weights in Keras's native format. */
export function weightSlots(kind: string, config: Json, name: string): readonly string[] {
  if (kind === 'Bidirectional') return ['forward_layer/cell/vars', 'backward_layer/cell/vars'];
  if (kind === 'TimeDistributed') return weightSlots(...innerOf(config, name)).map((slot) => `layer/${slot}`);
  return ruleOf(kind, name).slots ?? ['vars'];
}

function ruleOf(kind: string, name: string): Rule {
  // `kind` comes from the file: 'constructor' is not a layer.
  const rule = Object.hasOwn(RULES, kind) ? RULES[kind] : undefined;
  if (!rule) throw unsupported(name, kind);
  return rule;
}

function classOf(kind: string, rule: Rule): string {
  if (rule.op !== undefined) return 'MienOperation';
  return rule.kind === undefined ? (rule.as ?? kind) : 'MienWeighted';
}

function own({ op, kind }: Rule): Json {
  return { ...(op !== undefined && { op }), ...(kind !== undefined && { kind }) };
}

/** A custom layer that replaces a tf.layers one without an option that the file uses; null if not needed. */
function instead(kind: string, kept: Json, config: Json): LayerPlan | null {
  const { groups, dilation_rate: dilation } = config;
  const isGrouped = typeof groups === 'number' && groups > 1;
  if ((kind === 'Conv1D' || kind === 'Conv2D') && (isGrouped || config['padding'] === 'causal')) {
    return { class_name: 'MienWeighted', config: { ...kept, kind: 'groupedConvolution' } };
  }
  if (kind === 'DepthwiseConv2D' && pairOf(dilation)?.some((rate) => rate > 1)) {
    return { class_name: 'MienWeighted', config: { ...kept, kind: 'depthwiseConvolution' } };
  }
  const axis = kind === 'BatchNormalization' ? axisOf(config) : -1;
  if (axis === 1 || axis === 2) return { class_name: 'MienWeighted', config: { ...kept, axis, kind: 'axisNormalization' } };
  // TensorFlow 2's GRU, the default since then, applies the reset gate after the recurrent product; tf.layers has the other variant.
  if (kind === 'GRU' && config['reset_after'] === true) return { class_name: 'MienGru', config: kept };
  const [slope, threshold] = ['negative_slope', 'threshold'].map((option) => numberOf(config[option]) ?? 0);
  if (kind === 'ReLU' && (slope || threshold)) {
    return { class_name: 'MienOperation', config: { name: kept['name'], op: 'bentRelu', slope, threshold, max: numberOf(config['max_value']) ?? undefined } };
  }
  return null;
}

/** Axis of a batch normalization; TensorFlow writes it as a single-element list. */
function axisOf({ axis }: Json): number {
  const single: unknown = Array.isArray(axis) ? axis[0] : axis;
  return typeof single === 'number' ? single : -1;
}

/** Options whose form differs between Keras and tf.layers. */
function adapted(kind: string, config: Json, name: string): Json {
  switch (kind) {
    case 'BatchNormalization':
      return { axis: axisOf(config) };
    case 'LSTM':
      // An initializer, overwritten by the file's values, whose tensors tf.layers leaks.
      return { unit_forget_bias: false };
    case 'LeakyReLU':
      return { alpha: numberOf(config['negative_slope'] ?? config['alpha']) ?? 0.3 };
    case 'ELU':
      return { value: numberOf(config['alpha']) ?? 1 };
    case 'ThresholdedReLU':
      return { theta: numberOf(config['theta']) ?? 1 };
    case 'ReLU':
      return { max_value: numberOf(config['max_value']) };
    case 'GlobalMaxPooling2D':
      return { pool: 'max' };
    case 'GlobalAveragePooling2D':
      return { pool: 'average' };
    case 'GlobalAveragePooling1D':
    case 'GlobalMaxPooling1D':
      return { axis: 1 };
    case 'ZeroPadding1D':
      return { pads: [[0, 0], sidesOf(config['padding'], kind, name), [0, 0]] };
    case 'Cropping1D': {
      const [start, stop] = sidesOf(config['cropping'], kind, name);
      return { cuts: [{ kind: 'part', start: null, stop: null, step: null }, { kind: 'part', start, stop: stop === 0 ? null : -stop, step: null }] };
    }
    case 'Reshape':
      return { shape: [null, ...listOf(config['target_shape'], `${name}: target_shape`)] };
    case 'UpSampling1D':
      return { axis: 1, times: config['size'] ?? 2 };
    case 'UpSampling2D':
      return { size: sidesOf(config['size'] ?? 2, kind, name), nearest: config['interpolation'] !== 'bilinear' };
    case 'Resizing':
    case 'CenterCrop':
      return { size: [config['height'], config['width']], nearest: config['interpolation'] === 'nearest' };
    case 'CustomScaleLayer':
      return { value: numberOf(config['scale']) ?? 1 };
    case 'Dot':
      return { axis: config['axes'] };
    default:
      return RULES[kind] === NOTHING ? { activation: 'linear' } : {};
  }
}

function sidesOf(value: unknown, kind: string, name: string): [number, number] {
  const sides = pairOf(value);
  if (!sides) throw unsupported(name, kind, JSON.stringify(value));
  return sides;
}

function planWrapper(kind: string, config: Json, name: string, origin: Origin): LayerPlan {
  const [innerKind, innerConfig, innerName] = innerOf(config, name);
  const layer = planLayer(innerKind, innerConfig, innerName, origin);
  if (kind === 'TimeDistributed') return { class_name: kind, config: { name, layer } };
  if (!['LSTM', 'GRU', 'SimpleRNN'].includes(innerKind)) throw unsupported(name, kind, innerKind);
  if (innerConfig['return_state'] === true) throw unsupported(name, kind, 'return_state true');
  const shape = Array.isArray(config['batch_input_shape']) ? { batch_input_shape: config['batch_input_shape'] } : {};
  return { class_name: kind, config: { name, layer, merge_mode: config['merge_mode'] ?? 'concat', ...shape } };
}

function innerOf(config: Json, name: string): [kind: string, config: Json, name: string] {
  const layer = isRecord(config['layer']) ? entryInKeras2(config['layer']) : null;
  const inner = isRecord(layer?.['config']) ? layer['config'] : null;
  if (!layer || !inner) throw new MienError('model-file', 'damaged', `${name}: no layer within`);
  return [String(layer['class_name']), inner, typeof inner['name'] === 'string' ? inner['name'] : name];
}
