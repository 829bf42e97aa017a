/** The seven expressions, in the order of every tensor, chart, file and card. */
export const EXPRESSIONS = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'] as const;

export type Expression = (typeof EXPRESSIONS)[number];

/** A probability (0–1) for each expression; they sum to 1. */
export type Probabilities = Readonly<Record<Expression, number>>;

/** Names seven numbers in the order of `EXPRESSIONS`. */
export function toProbabilities(values: ArrayLike<number>): Probabilities {
  if (values.length !== EXPRESSIONS.length) {
    throw new RangeError(`expected ${EXPRESSIONS.length} probabilities, got ${values.length}`);
  }
  return Object.fromEntries(EXPRESSIONS.map((e, i) => [e, values[i]])) as Record<Expression, number>;
}

/** The most probable expression and its probability; the first one wins a tie. */
export function dominant(probabilities: Probabilities): { label: Expression; confidence: number } {
  let label: Expression = EXPRESSIONS[0];
  for (const e of EXPRESSIONS) if (probabilities[e] > probabilities[label]) label = e;
  return { label, confidence: probabilities[label] };
}
