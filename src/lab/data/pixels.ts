/** Pixels on a side of the faces in fer2013.csv. */
export const FER2013_SIDE = 48;

/** Luminance out of `"70 80 …"`, 2,304 whole numbers from 0 to 255; null where it is anything else. */
export function pixelsOf(text: string): Uint8Array | null {
  const numbers = text.trim().split(/\s+/).map(Number);
  const luminance = Uint8Array.from(numbers);
  return numbers.length === FER2013_SIDE ** 2 && numbers.every((number, i) => number === luminance[i]) ? luminance : null;
}
