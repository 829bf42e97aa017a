/** A model's answers for the faces of a data set. */
export interface Answers {
  /** Class names, in the order of the probabilities. */
  readonly classes: readonly string[];
  /** Class of each face, 0, 1, 2 …; −1 if unknown. */
  readonly labels: readonly number[];
  /** [faces × classes], 0–1; each face's sum to 1. */
  readonly probabilities: ArrayLike<number>;
}

/** Answer for one face: the most probable class (the first one of a tie) and its probability. */
export interface Answer {
  readonly predicted: number;
  readonly confidence: number;
}

export function answerTo({ classes, probabilities }: Answers, face: number): Answer {
  let predicted = 0;
  let confidence = -Infinity;
  for (let k = 0; k < classes.length; k++) {
    const probability = probabilities[face * classes.length + k] ?? NaN;
    if (probability > confidence) [predicted, confidence] = [k, probability];
  }
  return { predicted, confidence };
}

/** Indices of the labelled faces. */
export function labelled({ labels }: Answers): number[] {
  return labels.flatMap((label, face) => (label >= 0 ? [face] : []));
}
