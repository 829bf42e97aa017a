import { CROP_SIZE, regionToTile } from './crop-arithmetic';
import type { CropRegion, FaceKeypoints } from './types';

/** Half width and height of the region around the mouth, crop pixels. */
const MOUTH = { across: 6, down: 3 } as const;
/** Rows of the crop that contain the eyes, height of a strip across them, and the columns that it spans. */
const EYES = { from: 12, to: 26, height: 5, left: 10, right: 38 } as const;
/**
 * Minimum contrast (standard deviation) of a mouth and of a strip across the eyes, as shares of the whole crop's. Lower values: of 3,587
 * FER2013 faces about 0.6 % (mouth) and 0.4 % (eyes), of 1,600 press faces none; of 120 drawn masks over photographs all, and about
 * a quarter of 40 drawn hands.
 */
const LEAST = { mouth: 0.2, eyes: 0.11 } as const;

/** Cap: larger values carry no information. */
const MOST = 10;

/**
 * Ratio of the contrast of eyes and mouth to their minimum, the lower of the two: a mask, a bar or a hand over them is flatter
 * than they are.
 *
 * @param luminance [48, 48] of the crop, 0–1.
 * @returns 0–10; up to 1 if something seems to cover the face. 10 for a crop of one tone, where no covering can be seen.
 */
export function visibleContrast(luminance: Float32Array, crop: CropRegion, { mouthCenter }: FaceKeypoints): number {
  const whole = deviation(luminance, 0, CROP_SIZE - 1, 0, CROP_SIZE - 1);
  if (whole === 0) return MOST;
  const { a, b, c, d, e, f } = regionToTile(crop, CROP_SIZE, { x: 0, y: 0 });
  const x = Math.round(a * mouthCenter.x + c * mouthCenter.y + e);
  const y = Math.round(b * mouthCenter.x + d * mouthCenter.y + f);
  const mouth = deviation(luminance, x - MOUTH.across, x + MOUTH.across, y - MOUTH.down, y + MOUTH.down);
  let eyes = Infinity;
  for (let row = EYES.from; row + EYES.height <= EYES.to + 1; row++) {
    eyes = Math.min(eyes, deviation(luminance, EYES.left, EYES.right, row, row + EYES.height - 1));
  }
  return Math.min(MOST, mouth / LEAST.mouth / whole, eyes / LEAST.eyes / whole);
}

/** Probability that eyes or mouth are covered, 0–1, from their contrast alone; from 0.5 on they count as covered. */
export function contrastCovered(luminance: Float32Array, crop: CropRegion, keypoints: FaceKeypoints): number {
  return 1 / (1 + visibleContrast(luminance, crop, keypoints));
}

/** Standard deviation of a part of the crop, both ends included, clipped to the crop. */
function deviation(luminance: Float32Array, left: number, right: number, top: number, bottom: number): number {
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = Math.max(0, top); y <= Math.min(CROP_SIZE - 1, bottom); y++) {
    for (let x = Math.max(0, left); x <= Math.min(CROP_SIZE - 1, right); x++) {
      const value = luminance[y * CROP_SIZE + x] ?? 0;
      sum += value;
      squares += value * value;
      count++;
    }
  }
  return count === 0 ? Infinity : Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}
