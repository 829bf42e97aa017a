/** Concatenates arrays. */
export function joined<A extends Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>>(Kind: new (length: number) => A, parts: readonly ArrayLike<number>[]): A {
  const whole = new Kind(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
