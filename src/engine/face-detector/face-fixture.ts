import { type PixelRect } from '../geometry';
import type { FaceDetection } from '../types';

/** For tests: a face with its keypoints where BlazeFace has them relative to the box. */
export function faceAt(box: PixelRect, score = 0.9): FaceDetection {
  const at = (x: number, y: number) => ({ x: box.x + x * box.width, y: box.y + y * box.height });
  return {
    box,
    score,
    keypoints: {
      rightEye: at(0.3, 0.27),
      leftEye: at(0.7, 0.27),
      noseTip: at(0.5, 0.5),
      mouthCenter: at(0.5, 0.72),
      rightEarTragion: at(0.1, 0.35),
      leftEarTragion: at(0.9, 0.35),
    },
  };
}
