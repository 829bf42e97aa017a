import { isRecord, type Json } from './json';
import { numberOf, unsupported } from './keras-options';

/** Maps Keras's activations to their names in tf.layers. */
const ACTIVATIONS = new Map([
  ...['linear', 'relu', 'relu6', 'elu', 'selu', 'sigmoid', 'softmax', 'tanh', 'softplus', 'softsign', 'swish', 'mish', 'gelu', 'log_softmax'].map(
    (name) => [name, name] as const,
  ),
  ['silu', 'swish'],
  // Names of TensorFlow's functions, which are used as activations too.
  ['softmax_v2', 'softmax'],
  ['hard_swish', 'mien_hard_swish'],
  ['hard_silu', 'mien_hard_swish'],
  ['leaky_relu', 'mien_leaky_relu'],
  ['leaky_relu_v2', 'mien_leaky_relu'],
  ['exponential', 'mien_exponential'],
  ['celu', 'mien_celu'],
  ['hard_tanh', 'mien_hard_tanh'],
  ['tanh_shrink', 'mien_tanh_shrink'],
  ['log_sigmoid', 'mien_log_sigmoid'],
  ['squareplus', 'mien_squareplus'],
]);

/**
 * Activation option for a tf.layers layer.
 *
 * @param kerasMajor version 3 changed `hard_sigmoid`.
 * @throws MienError `model-file/unsupported-layer` with the names of the layer and the activation.
 */
export function planActivation(value: unknown, kind: string, name: string, kerasMajor: number): string | Json {
  if (value === null || value === undefined) return 'linear';
  const named = isRecord(value) && typeof value['config'] === 'string' ? value['config'] : value;
  if (named === 'hard_sigmoid') return kerasMajor >= 3 ? 'mien_hard_sigmoid' : 'hard_sigmoid';
  const known = typeof named === 'string' ? ACTIVATIONS.get(named) : undefined;
  const plan = known ?? layerAsActivation(value, kind, name, kerasMajor);
  if (plan !== null) return plan;
  throw unsupported(name, kind, `activation ${JSON.stringify(isRecord(value) ? (named === value ? value['class_name'] : named) : value)}`);
}

/** A layer used as an activation, as in `Dense(64, activation=LeakyReLU(0.1))`; null for other values. */
function layerAsActivation(value: unknown, kind: string, name: string, kerasMajor: number): string | Json | null {
  if (!isRecord(value) || !isRecord(value['config'])) return null;
  const { config } = value;
  switch (value['class_name']) {
    case 'LeakyReLU':
      return { class_name: 'MienBentRelu', config: { slope: numberOf(config['negative_slope'] ?? config['alpha']) ?? 0.3 } };
    case 'ReLU':
      return {
        class_name: 'MienBentRelu',
        config: { slope: numberOf(config['negative_slope']) ?? 0, threshold: numberOf(config['threshold']) ?? 0, max: numberOf(config['max_value']) ?? undefined },
      };
    case 'ELU':
      return (numberOf(config['alpha']) ?? 1) === 1 ? 'elu' : null;
    case 'Softmax':
      return (config['axis'] ?? -1) === -1 ? 'softmax' : null;
    case 'Activation':
      return planActivation(config['activation'], kind, name, kerasMajor);
    default:
      return null;
  }
}
