import type { Json } from './json';
import { pairOf, unsupported } from './keras-options';

/** Origin of a network: Keras version and backend. */
export interface Origin {
  /** Major version of Keras: version 3 changed `hard_sigmoid`. */
  readonly kerasMajor: number;
  readonly isTheano: boolean;
}

/**
 * Rejects layers that Theano computes differently from TensorFlow, apart from flipped kernels. With "same" padding, Theano centres the kernel,
 * whereas TensorFlow aligns the last window with the end of the picture: the windows coincide only for odd kernels with stride 1. For pooling, the
 * rules differ again. Causal convolutions are rejected because their kernels are not flipped here.
 *
 * @throws MienError `model-file/unsupported-layer`
 */
export function checkTheano(kind: string, config: Json, name: string): void {
  const { padding } = config;
  if (padding !== 'same' && padding !== 'causal') return;
  const window = config['kernel_size'] ?? config['pool_size'] ?? 2;
  if (sidesOf(window).every((side) => side === 1)) return;
  const isAlike = padding === 'same' && 'kernel_size' in config && sidesOf(window).every((side) => side % 2 === 1) && sidesOf(config['strides'] ?? 1).every((step) => step === 1);
  if (!isAlike) throw unsupported(name, kind, `padding "${padding}" of Theano`);
}

/** NaN, which fails every comparison, if there are no numbers. */
function sidesOf(value: unknown): readonly number[] {
  return (Array.isArray(value) && value.length === 1 ? pairOf(value[0]) : pairOf(value)) ?? [NaN];
}
