import { isRecord, type Json } from './json';
import { unsupported } from './keras-options';

/** Class names of Keras 1 and TensorFlow 1, and a built-in one that TensorFlow 2 registered as custom. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['Convolution1D', 'Conv1D'],
  ['Convolution2D', 'Conv2D'],
  ['AtrousConvolution2D', 'Conv2D'],
  ['Deconvolution2D', 'Conv2DTranspose'],
  ['SeparableConvolution2D', 'SeparableConv2D'],
  ['BatchNormalizationV1', 'BatchNormalization'],
  ['BatchNormalizationV2', 'BatchNormalization'],
  ['SyncBatchNormalization', 'BatchNormalization'],
  ['Custom>CustomScaleLayer', 'CustomScaleLayer'],
]);

/** Option names of Keras 1. */
const OPTIONS: Readonly<Record<string, string>> = {
  ...{ nb_filter: 'filters', filter_length: 'kernel_size', subsample: 'strides', subsample_length: 'strides', border_mode: 'padding' },
  ...{ atrous_rate: 'dilation_rate', bias: 'use_bias', pool_length: 'pool_size', stride: 'strides', output_dim: 'units', p: 'rate', sigma: 'stddev' },
};

const MERGES: Readonly<Record<string, string>> = { sum: 'Add', mul: 'Multiply', ave: 'Average', max: 'Maximum', concat: 'Concatenate' };

/**
 * Converts a layer of any version to Keras 2's form.
 *
 * @throws MienError `model-file/unsupported-layer` if Keras 1 computed it differently.
 */
export function inKeras2(kind: string, config: Json, name: string): { readonly kind: string; readonly config: Json } {
  const ordering = config['dim_ordering'];
  if (ordering === 'th') throw unsupported(name, kind, 'dim_ordering "th"');
  if ('inner_activation' in config) throw unsupported(name, kind, 'Keras 1');
  if (config['border_mode'] === 'full') throw unsupported(name, kind, 'border_mode "full"');
  if (kind === 'Merge') {
    const merge = MERGES[String(config['mode'])];
    if (merge === undefined) throw unsupported(name, kind, `mode ${JSON.stringify(config['mode'])}`);
    return { kind: merge, config: { ...config, axis: config['concat_axis'] ?? -1 } };
  }
  const said = Object.entries(config).map(([option, value]) => [OPTIONS[option] ?? option, value] as const);
  const { nb_row: rows, nb_col: columns } = config;
  const size = rows === undefined ? {} : { kernel_size: [rows, columns] };
  const isOld = RENAMED.has(kind) || ordering !== undefined || said.some(([option], i) => option !== Object.keys(config)[i]);
  return { kind: RENAMED.get(kind) ?? kind, config: isOld ? { ...Object.fromEntries(said), ...size, ...(ordering === 'tf' && { data_format: 'channels_last' }) } : config };
}

/** Converts an entry of a model's layer list, or the layer inside a wrapper, to Keras 2's form. */
export function entryInKeras2(entry: Json): Json {
  const { class_name: kind, config } = entry;
  if (typeof kind !== 'string' || !isRecord(config)) return entry;
  const modern = inKeras2(kind, config, String(entry['name'] ?? config['name']));
  return { ...entry, class_name: modern.kind, config: modern.config };
}
