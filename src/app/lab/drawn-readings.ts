import { EXPRESSIONS } from '../../engine/labels';
import { expressionOf } from '../../network/label-names';
import { PROBE_FACES } from '../../network/probe-faces';

/** Answers for the drawn faces of one expression. */
export interface DrawnReading {
  /** The model's label for each drawn person. */
  readonly labels: readonly string[];
  readonly right: number;
}

/** True if all outputs have distinct names, and at least two are expressions, unless Mien itself wrote the names into the file. */
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
