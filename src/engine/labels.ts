/** The seven expressions, in the order of every tensor, chart, file and card. */
export const EXPRESSIONS = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'] as const;

export type Expression = (typeof EXPRESSIONS)[number];

/** A probability (0–1) for each expression; they sum to 1. */
export type Probabilities = Readonly<Record<Expression, number>>;

/** Labels seven numbers in the order of `EXPRESSIONS`. */
export function toProbabilities(values: ArrayLike<number>): Probabilities {
  if (values.length !== EXPRESSIONS.length) {
    throw new RangeError(`expected ${EXPRESSIONS.length} probabilities, got ${values.length}`);
  }
  return Object.fromEntries(EXPRESSIONS.map((e, i) => [e, values[i]])) as Record<Expression, number>;
}

/**
 * Lead (0–1) of the most probable expression below which the first two are a close call. On the 84 of 2,854 FER2013 `valid` faces with
 * a FER+ majority where `mien-s` 1.7.0 leads by less, the first is correct on 43 and the second on 33: hardly better than chance between
 * the two (57 %, 95 % interval 45–68 %). At least the lead at which a held label changes at once, so that a lagging label is always
 * part of a close call.
 */
export const CLOSE_CALL = 0.1;

/** Expressions to name. */
export interface Verdict {
  /** The most probable expression. */
  readonly label: Expression;
  /** The second one if it is a close call between the two; else null. */
  readonly closeCall: Expression | null;
}

export function verdictOf(probabilities: Probabilities): Verdict {
  const { label, confidence } = dominant(probabilities);
  const others = EXPRESSIONS.filter((e) => e !== label);
  const next = others.reduce((best, e) => (probabilities[e] > probabilities[best] ? e : best));
  return { label, closeCall: confidence - probabilities[next] < CLOSE_CALL ? next : null };
}

/** The most probable expression and its probability; the first one wins a tie. */
export function dominant(probabilities: Probabilities): { label: Expression; confidence: number } {
  let label: Expression = EXPRESSIONS[0];
  for (const e of EXPRESSIONS) if (probabilities[e] > probabilities[label]) label = e;
  return { label, confidence: probabilities[label] };
}

/** Whether the probabilities differ: a model with none of the seven expressions gives each the same. */
export function tellsExpressions(probabilities: Probabilities): boolean {
  return EXPRESSIONS.some((e) => Math.abs(probabilities[e] - probabilities[EXPRESSIONS[0]]) > 1e-6);
}
