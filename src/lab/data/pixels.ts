/** Side of the faces in fer2013.csv, in pixels. */
export const FER2013_SIDE = 48;

/** Parses `"70 80 …"`, 2,304 integers from 0 to 255, as luminance; null for anything else. */
export function pixelsOf(text: string): Uint8Array | null {
  const numbers = text.trim().split(/\s+/).map(Number);
  const luminance = Uint8Array.from(numbers);
  return numbers.length === FER2013_SIDE ** 2 && numbers.every((number, i) => number === luminance[i]) ? luminance : null;
}
