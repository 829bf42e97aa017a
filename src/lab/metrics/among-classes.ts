/**
 * A model's probabilities renormalized over some of its classes, [faces × classes]. If all of a face's are 0, they become equal.
 *
 * @param own classes of the model, in the order of `shares`.
 */
export function amongClasses(shares: ArrayLike<number>, own: readonly string[], classes: readonly string[], faces: number): Float32Array {
  const columns = classes.map((name) => own.indexOf(name));
  const among = new Float32Array(faces * classes.length);
  for (let face = 0; face < faces; face++) {
    const values = columns.map((column) => shares[face * own.length + column] ?? 0);
    const sum = values.reduce((total, value) => total + value, 0);
    values.forEach((value, k) => (among[face * classes.length + k] = sum > 0 ? value / sum : 1 / classes.length));
  }
  return among;
}
