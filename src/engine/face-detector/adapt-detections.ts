import type { FaceDetectorResult } from '@mediapipe/tasks-vision';
import { pixelRect, type PixelPoint, type PixelRect, type Size } from '../geometry';
import type { FaceDetection } from '../types';

/**
 * BlazeFace's answer for a picture of `region` as detections in frame pixels.
 *
 * @param picture Size in pixels of what the network was given, which shows all of `region`.
 * Entries that lack one of the six keypoints, or hold anything but finite numbers, are left out.
 */
export function adaptDetections(result: FaceDetectorResult, picture: Size, region: PixelRect): FaceDetection[] {
  const scaleX = region.width / picture.width;
  const scaleY = region.height / picture.height;
  return result.detections.flatMap(({ boundingBox, categories, keypoints }) => {
    const score = categories[0]?.score ?? NaN;
    const points = keypoints.map(
      ({ x, y }): PixelPoint => ({ x: region.x + x * region.width, y: region.y + y * region.height }),
    );
    const [rightEye, leftEye, noseTip, mouthCenter, rightEarTragion, leftEarTragion] = points;
    if (!boundingBox || !rightEye || !leftEye || !noseTip || !mouthCenter || !rightEarTragion || !leftEarTragion) return [];
    const box = pixelRect(
      region.x + boundingBox.originX * scaleX,
      region.y + boundingBox.originY * scaleY,
      boundingBox.width * scaleX,
      boundingBox.height * scaleY,
    );
    const numbers = [score, box.x, box.y, box.width, box.height, ...points.flatMap(({ x, y }) => [x, y])];
    if (!numbers.every(Number.isFinite) || box.width <= 0 || box.height <= 0) return [];
    return [{ box, score, keypoints: { rightEye, leftEye, noseTip, mouthCenter, rightEarTragion, leftEarTragion } }];
  });
}
