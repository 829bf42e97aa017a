import type { Expression } from '../../engine/labels';
import { expressionOf, LABEL_ORDERS, type LabelOrder } from '../../network/label-names';

/** Maps a data set's labels to expressions. */
export interface LabelMapping {
  /** Label as written → expression; null: none of the seven, excluded unless the user maps it. */
  readonly expressions: ReadonlyMap<string, Expression | null>;
  /** Order used to map numbers; null if labels are names. */
  readonly order: LabelOrder | null;
  /** Other orders that fit the same numbers; only the user can decide, by looking at examples. */
  readonly alternatives: readonly LabelOrder[];
}

/** Numbering conventions of data sets, most likely first. */
const NUMBERED = ['fer2013', 'raf-db', 'affectnet', 'ferplus', 'affectnet-7', 'ferplus-7', 'alphabetical', 'alphabetical-8', 'ck-plus-numbers', 'fer2013-8', 'ck-plus'];

/** Proposes expressions for labels: names by known words, numbers by the orders that contain all of them. */
export function proposeMapping(labels: readonly string[]): LabelMapping {
  const distinct = [...new Set(labels)].filter((label) => label !== '');
  const numbers = distinct.map((label) => (/^\d{1,2}$/.test(label) ? Number(label) : NaN));
  if (distinct.length === 0 || numbers.some(Number.isNaN)) {
    return { expressions: new Map(distinct.map((label) => [label, expressionOf(label)])), order: null, alternatives: [] };
  }
  const [order, ...alternatives] = ordersWith(numbers);
  if (!order) return { expressions: new Map(distinct.map((label) => [label, null])), order: null, alternatives: [] };
  return { ...mappingBy(order, distinct), alternatives };
}

/** Maps numbers by a chosen order. */
export function mappingBy(order: LabelOrder, labels: readonly string[]): LabelMapping {
  const expressions = new Map(labels.map((label) => [label, expressionOf(order.labels[Number(label) - order.first] ?? '')]));
  return { expressions, order, alternatives: [] };
}

/** True for the numbers that data sets use for expressions, 0 to 8. */
export function isOrderedNumber(label: string): boolean {
  return /^[0-8]$/.test(label);
}

/** Orders that contain all the numbers, tightest fit first. */
function ordersWith(numbers: readonly number[]): LabelOrder[] {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const orders = NUMBERED.flatMap((id) => LABEL_ORDERS.find((order) => order.id === id) ?? []);
  const holds = orders.filter(({ first, labels }) => least >= first && most < first + labels.length);
  const spare = ({ first, labels }: LabelOrder) => first + labels.length - 1 - most + (least - first);
  return holds.sort((a, b) => spare(a) - spare(b));
}
