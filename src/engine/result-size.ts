import type { PixelPoint, PixelRect, Size } from '../engine/geometry';
import type { FaceKeypoints, FaceObservation, FrameResult } from '../engine/types';

/** A result of a picture that was read smaller than it is, in the picture's own pixels. */
export function inPixelsOf(size: Size, result: FrameResult): FrameResult {
  const scale = size.width / result.frame.width;
  if (scale === 1) return result;
  return { ...result, frame: size, faces: result.faces.map((face) => scaled(face, scale)) };
}

function scaled(face: FaceObservation, scale: number): FaceObservation {
  const { box, keypoints, crop } = face;
  return {
    ...face,
    box: scaledRect(box, scale),
    keypoints: scaledKeypoints(keypoints, scale),
    crop: { ...crop, center: scaledPoint(crop.center, scale), side: crop.side * scale },
  };
}

function scaledPoint({ x, y }: PixelPoint, scale: number): PixelPoint {
  return { x: x * scale, y: y * scale };
}

function scaledRect({ x, y, width, height }: PixelRect, scale: number): PixelRect {
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
}

function scaledKeypoints(keypoints: FaceKeypoints, scale: number): FaceKeypoints {
  return {
    rightEye: scaledPoint(keypoints.rightEye, scale),
    leftEye: scaledPoint(keypoints.leftEye, scale),
    noseTip: scaledPoint(keypoints.noseTip, scale),
    mouthCenter: scaledPoint(keypoints.mouthCenter, scale),
    rightEarTragion: scaledPoint(keypoints.rightEarTragion, scale),
    leftEarTragion: scaledPoint(keypoints.leftEarTragion, scale),
  };
}
