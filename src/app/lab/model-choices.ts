import { expressionOf, LABEL_ORDERS } from '../../network/label-names';
import type { Scaling } from '../../network/scaling';
import { msg } from '../../words/i18n';

/** Names of the scaling choices; `standard` uses a mean and a deviation. */
export const SCALING_NAMES = {
  unit: msg('0 to 1'),
  'minus-one-to-one': msg('−1 to 1'),
  'per-face': msg('each face standardised'),
  bytes: msg('0 to 255'),
  standard: msg('by mean and deviation'),
} as const;

export type ScalingKind = keyof typeof SCALING_NAMES;

export function scalingKind(scaling: Scaling): ScalingKind {
  return typeof scaling === 'string' ? scaling : 'standard';
}

/** Common values for networks trained on photographs. */
export const STANDARD_SCALING = { mean: 0.485, deviation: 0.229 };

export function isExpression(label: string): boolean {
  return expressionOf(label) !== null;
}

/** Known orders with this number of labels. */
export function ordersOf(count: number): readonly { readonly id: string; readonly name: string; readonly labels: readonly string[] }[] {
  return LABEL_ORDERS.filter(({ labels }) => labels.length === count);
}
