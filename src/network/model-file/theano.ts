import type { Json } from './json';
import { pairOf, unsupported } from './keras-options';

/** What wrote and computed a network. */
export interface Origin {
  /** Of Keras's version: 3 changed `hard_sigmoid`. */
  readonly kerasMajor: number;
  readonly isTheano: boolean;
}

/**
 * Refuses what Theano computes in another way than TensorFlow, beyond turned kernels. With the padding "same" it puts half of
 * the kernel on every side, where TensorFlow lets the last kernel end with the picture: their windows lie alike only for odd
 * kernels that step by one. With pooling, it pads by other rules still. Before a causal convolution, kernels are not turned here.
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

/** Of no numbers: none that is alike. */
function sidesOf(value: unknown): readonly number[] {
  return (Array.isArray(value) && value.length === 1 ? pairOf(value[0]) : pairOf(value)) ?? [NaN];
}
