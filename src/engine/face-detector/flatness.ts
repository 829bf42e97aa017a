/** Of the 256 levels of green, the largest part of luminance. */
const LEAST_RANGE = 16;
/** Of rows and columns one in so many is looked at; the smallest faces that are found are several times as wide. */
const STRIDE = 4;

/** Whether a picture is all of about one tone, such as sky, a wall or a covered camera: no face can be made out in it. */
export function isFlat({ data, width, height }: ImageData): boolean {
  let low = 255;
  let high = 0;
  for (let y = 0; y < height; y += STRIDE) {
    for (let x = 0; x < width; x += STRIDE) {
      const green = data[4 * (y * width + x) + 1] ?? 0;
      if (green < low) low = green;
      if (green > high) high = green;
      if (high - low >= LEAST_RANGE) return false;
    }
  }
  return true;
}
