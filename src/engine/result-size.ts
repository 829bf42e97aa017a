import type { PixelPoint, PixelRect, Size } from './geometry';
import type { FaceKeypoints, FaceObservation, FrameResult } from './types';

/** Mapping of one picture's pixels into another's. */
interface Placement {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

type Placed = Pick<FrameResult, 'frame' | 'faces'>;

/** Converts a result of a downscaled picture to the picture's own pixels. */
export function inPixelsOf(size: Size, result: FrameResult): FrameResult {
  return placed(size, result, { scale: size.width / result.frame.width, x: 0, y: 0 });
}

/** Converts a result to another picture's pixels, with its frame fitted in, centred: a rotated camera changes its size. */
export function fittedInto<T extends Placed>(size: Size, result: T): T {
  return placed(size, result, fitting(size, result.frame));
}

/** Places a frame's box as `fittedInto` does. */
export function boxFittedInto(size: Size, frame: Size, box: PixelRect): PixelRect {
  return placedRect(box, fitting(size, frame));
}

function fitting(size: Size, frame: Size): Placement {
  const scale = Math.min(size.width / frame.width, size.height / frame.height);
  return { scale, x: (size.width - frame.width * scale) / 2, y: (size.height - frame.height * scale) / 2 };
}

function placed<T extends Placed>(size: Size, result: T, to: Placement): T {
  if (to.scale === 1 && to.x === 0 && to.y === 0) return result;
  return { ...result, frame: size, faces: result.faces.map((face) => placedFace(face, to)) };
}

function placedFace(face: FaceObservation, to: Placement): FaceObservation {
  const { box, keypoints, crop } = face;
  return {
    ...face,
    box: placedRect(box, to),
    keypoints: placedKeypoints(keypoints, to),
    crop: { ...crop, center: placedPoint(crop.center, to), side: crop.side * to.scale },
  };
}

function placedPoint({ x, y }: PixelPoint, to: Placement): PixelPoint {
  return { x: x * to.scale + to.x, y: y * to.scale + to.y };
}

function placedRect({ x, y, width, height }: PixelRect, to: Placement): PixelRect {
  return { x: x * to.scale + to.x, y: y * to.scale + to.y, width: width * to.scale, height: height * to.scale };
}

function placedKeypoints(keypoints: FaceKeypoints, to: Placement): FaceKeypoints {
  return {
    rightEye: placedPoint(keypoints.rightEye, to),
    leftEye: placedPoint(keypoints.leftEye, to),
    noseTip: placedPoint(keypoints.noseTip, to),
    mouthCenter: placedPoint(keypoints.mouthCenter, to),
    rightEarTragion: placedPoint(keypoints.rightEarTragion, to),
    leftEarTragion: placedPoint(keypoints.leftEarTragion, to),
  };
}
