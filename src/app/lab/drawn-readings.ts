import { EXPRESSIONS } from '../../engine/labels';
import { expressionOf } from '../../network/label-names';
import { PROBE_FACES } from '../../network/probe-faces';

/** How the drawn faces of one expression are read. */
export interface DrawnReading {
  /** As many as there are drawn people; the label that the model gives to each. */
  readonly labels: readonly string[];
  readonly right: number;
}

/** Every output has a name, no name is given twice, and two or more are expressions unless Mien itself wrote them into the file. */
export function areUsable(labels: readonly string[], isStated: boolean): boolean {
  const names = labels.map((label) => label.trim().toLowerCase());
  return names.every((name) => name !== '') && new Set(names).size === names.length && (isStated || names.filter((name) => expressionOf(name) !== null).length >= 2);
}

/** @param answers [`looks` × 7 × classes], person by person, each with all expressions. */
export function readDrawn(answers: Float32Array, labels: readonly string[]): DrawnReading[] | null {
  if (!labels.some((label) => expressionOf(label) !== null)) return null;
  return EXPRESSIONS.map((expression, e) => {
    const given = Array.from({ length: PROBE_FACES.looks }, (_, person) => {
      const from = (person * EXPRESSIONS.length + e) * labels.length;
      const shares = answers.subarray(from, from + labels.length);
      return labels[shares.indexOf(Math.max(...shares))] ?? '';
    });
    return { labels: given, right: given.filter((label) => expressionOf(label) === expression).length };
  });
}
