import { area, intersection, overlap, pixelRect, type PixelPoint, type PixelRect } from '../geometry';
import type { FaceDetection, FaceKeypoints } from '../types';

/** Minimum intersection over union of two boxes of the same face … */
const SAME_FACE_OVERLAP = 0.3;
/** … or minimum share of the smaller box inside the other: a part of a face, seen in a tile. */
const SAME_FACE_CONTAINED = 0.5;

/**
 * Averages detections of the same place (weighted by score, as in BlazeFace's own suppression, Bazarevsky et al. 2019), with
 * the best score of each; best first. One box may still lie inside another: which of them is a face is not known yet.
 */
export function mergeDetections(detections: readonly FaceDetection[]): FaceDetection[] {
  const merged: FaceDetection[] = [];
  let rest = [...detections].sort((a, b) => b.score - a.score);
  for (let best = rest[0]; best; best = rest[0]) {
    const { box, score } = best;
    const same = rest.filter((d) => overlap(box, d.box) >= SAME_FACE_OVERLAP);
    rest = rest.filter((d) => !same.includes(d));
    merged.push(averageDetections(same, score));
  }
  return merged;
}

/** Keeps for each face the detection that most looks agree on, without averaging. */
export function mergeBySupport<T extends FaceDetection & { readonly support: number }>(detections: readonly T[]): T[] {
  const kept: T[] = [];
  for (const face of detections.toSorted((a, b) => b.support - a.support)) {
    if (!kept.some((better) => isSameFace(better.box, face.box))) kept.push(face);
  }
  return kept;
}

/** Whether two boxes show the same face, or one shows a part of the other's. */
export function isSameFace(a: PixelRect, b: PixelRect): boolean {
  return overlap(a, b) >= SAME_FACE_OVERLAP || contained(a, b) >= SAME_FACE_CONTAINED;
}

/**
 * Keeps detections that score at least `alone` or agree with another look. One look never finds the same face twice, so two
 * boxes of the same face are from two looks.
 */
export function trusted(detections: readonly FaceDetection[], alone: number): FaceDetection[] {
  return detections.filter(
    (face) =>
      face.score >= alone || detections.some((other) => other !== face && overlap(other.box, face.box) >= SAME_FACE_OVERLAP),
  );
}

/** Share (0–1) of the smaller rectangle that the other covers. */
function contained(a: PixelRect, b: PixelRect): number {
  return area(intersection(a, b)) / Math.min(area(a), area(b));
}

/** Mean of boxes and keypoints, weighted by score. */
export function averageDetections(faces: readonly FaceDetection[], score: number): FaceDetection {
  const total = faces.reduce((sum, face) => sum + face.score, 0);
  const mean = (value: (face: FaceDetection) => number): number =>
    faces.reduce((sum, face) => sum + face.score * value(face), 0) / total;
  const point = (name: keyof FaceKeypoints): PixelPoint => ({
    x: mean((face) => face.keypoints[name].x),
    y: mean((face) => face.keypoints[name].y),
  });
  return {
    box: pixelRect(
      mean(({ box }) => box.x),
      mean(({ box }) => box.y),
      mean(({ box }) => box.width),
      mean(({ box }) => box.height),
    ),
    score,
    keypoints: {
      rightEye: point('rightEye'),
      leftEye: point('leftEye'),
      noseTip: point('noseTip'),
      mouthCenter: point('mouthCenter'),
      rightEarTragion: point('rightEarTragion'),
      leftEarTragion: point('leftEarTragion'),
    },
  };
}
