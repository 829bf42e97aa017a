/** Minimum range of green levels (of 256); green is the largest part of luminance. */
const LEAST_RANGE = 16;
/** Every fourth row and column is sampled; the smallest detectable faces are several times as wide. */
const STRIDE = 4;

/** Whether a picture is nearly uniform, e.g. sky, a wall or a covered camera: it cannot show a detectable face. */
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
