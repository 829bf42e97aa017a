import { EXPRESSIONS, toProbabilities, type Expression } from '../engine/labels';
import type { ClassifiedFace, FrameResult, SkippedFace } from '../engine/types';

const POINT = { x: 0, y: 0 };
const BASE = {
  appearance: null,
  box: { x: 10, y: 20, width: 30, height: 40 },
  score: 0.9,
  keypoints: {
    rightEye: POINT,
    leftEye: POINT,
    noseTip: POINT,
    mouthCenter: POINT,
    rightEarTragion: POINT,
    leftEarTragion: POINT,
  },
  crop: { center: POINT, side: 40, rollDeg: 0 },
  headPose: { yawDeg: 0, pitchDeg: 0, rollDeg: 0 },
  concerns: [],
};

/** For tests. Divides the rest of the probability equally among the other six. */
export function classifiedFace(track: number, label: Expression, p = 0.7, uncertain = false): ClassifiedFace {
  const smoothed = toProbabilities(EXPRESSIONS.map((e) => (e === label ? p : (1 - p) / 6)));
  return { ...BASE, track, status: 'classified', raw: smoothed, smoothed, label, confidence: p, uncertain };
}

export function skippedFace(track: number): SkippedFace {
  return { ...BASE, track, status: 'skipped', reason: 'face-too-small' };
}

export function frameOf(timestampMs: number, ...faces: FrameResult['faces'][number][]): FrameResult {
  return {
    frame: { width: 640, height: 480 },
    timestampMs,
    faces,
    timings: { detectMs: 1, cropMs: 1, classifyMs: 1, totalMs: 3 },
    backends: faces.length > 0 ? ['wasm'] : [],
  };
}
