import type { PixelPoint } from './geometry';
import type { FaceKeypoints, HeadPose } from './types';

type Vector = readonly [number, number, number];

/**
 * Positions of the six keypoints on a generic adult head, mm: x to the image's right when it faces the camera, y down, z away from
 * the camera; the origin is midway between the eyes.
 *
 * Depths of nose and mouth are those of MediaPipe's canonical face model. The rest is where BlazeFace itself puts the points,
 * which differs from the anatomy (its ears are nearer together): medians of 2,847 faces (FER2013's `valid` and 80 press
 * photographs). The depth of the ears is fitted so that yaw agrees with the foreshortening of the eye distance, cos yaw:
 * within 1.5° in every step of ten up to 70°. Mean pitch is +1.4° on one set and −1.0° on the other, so that the average face
 * looks straight ahead.
 */
const GENERIC_HEAD: Readonly<Record<keyof FaceKeypoints, Vector>> = {
  rightEye: [-31.5, 0, 0],
  leftEye: [31.5, 0, 0],
  noseTip: [0, 31.5, -40],
  mouthCenter: [0, 65, -24],
  rightEarTragion: [-66, 17, 56],
  leftEarTragion: [66, 17, 56],
};

const NAMES = Object.keys(GENERIC_HEAD) as (keyof FaceKeypoints)[];
/** Three rows of six: (HᵀH)⁻¹Hᵀ of the head's centred points H, so that least squares is one product. */
const PSEUDO_INVERSE = pseudoInverse(NAMES.map((name) => GENERIC_HEAD[name]));

const FRONTAL: HeadPose = { yawDeg: 0, pitchDeg: 0, rollDeg: 0 };

/**
 * Estimates head pose from six keypoints by a weak-perspective (scaled orthographic) fit to a generic head.
 *
 * POS (DeMenthon & Davis, "Model-based object pose in 25 lines of code", IJCV 1995): least squares gives the first two rows
 * of scale · rotation; scaled to equal length and made orthogonal, they give the rotation. It is decomposed as roll · yaw ·
 * pitch: roll is the angle of the eye line on screen, yaw and pitch are those of the face turned upright.
 *
 * @returns degrees, signs as in `HeadPose`, yaw within ±90, the others within ±180; all 0 if the points are
 *   not finite or too close to a line.
 */
export function estimateHeadPose(keypoints: FaceKeypoints): HeadPose {
  const points = NAMES.map((name) => keypoints[name]);
  const rotation = orthonormal(project(points.map((p) => p.x)), project(points.map((p) => p.y)));
  if (!rotation) return FRONTAL;
  const [right, down] = rotation;
  const away = cross(right, down);
  return {
    yawDeg: degrees(Math.asin(Math.min(1, Math.max(-1, away[0])))),
    pitchDeg: degrees(Math.atan2(-away[1], away[2])),
    rollDeg: degrees(Math.atan2(down[0], right[0])),
  };
}

/** Projections of unit vectors along a head's own axes: shortened where they point at the camera or away from it. */
export interface HeadAxes {
  /** To the image's right when the head faces the camera: the person's own left. */
  readonly right: PixelPoint;
  readonly up: PixelPoint;
  /** Direction of the nose. */
  readonly ahead: PixelPoint;
}

/** The axes of a head in this pose on the screen, y down. */
export function headAxes({ yawDeg, pitchDeg, rollDeg }: HeadPose): HeadAxes {
  const [sinYaw, cosYaw] = sinCos(yawDeg);
  const [sinPitch, cosPitch] = sinCos(pitchDeg);
  const [sinRoll, cosRoll] = sinCos(rollDeg);
  const rolled = (x: number, y: number): PixelPoint => ({ x: x * cosRoll - y * sinRoll, y: x * sinRoll + y * cosRoll });
  return {
    right: rolled(cosYaw, 0),
    up: rolled(-sinPitch * sinYaw, -cosPitch),
    ahead: rolled(cosPitch * sinYaw, -sinPitch),
  };
}

function sinCos(angleDeg: number): [sin: number, cos: number] {
  const radians = (angleDeg * Math.PI) / 180;
  return [Math.sin(radians), Math.cos(radians)];
}

/** Row of scale · rotation that best maps the head onto one image coordinate of its points. */
function project(coordinates: readonly number[]): Vector {
  const [x, y, z] = PSEUDO_INVERSE.map((row) => row.reduce((sum, weight, i) => sum + weight * (coordinates[i] ?? NaN), 0));
  return [x ?? NaN, y ?? NaN, z ?? NaN];
}

/** The two orthogonal unit vectors nearest to the directions of a and b; null if either is zero or they are parallel. */
function orthonormal(a: Vector, b: Vector): [Vector, Vector] | null {
  const i = unit(a);
  const j = unit(b);
  const sum = i && j && unit(combine(i, j, 1));
  const difference = i && j && unit(combine(i, j, -1));
  if (!sum || !difference) return null;
  const half = Math.SQRT1_2;
  return [scaled(combine(sum, difference, 1), half), scaled(combine(sum, difference, -1), half)];
}

function unit(v: Vector): Vector | null {
  const length = Math.hypot(...v);
  return Number.isFinite(length) && length > 1e-9 ? scaled(v, 1 / length) : null;
}

function combine(a: Vector, b: Vector, weight: number): Vector {
  return [a[0] + weight * b[0], a[1] + weight * b[1], a[2] + weight * b[2]];
}

function scaled(v: Vector, factor: number): Vector {
  return [v[0] * factor, v[1] * factor, v[2] * factor];
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}

/** Uses Cramer's rule on the 3×3 normal matrix; the points must not lie in a plane. */
function pseudoInverse(points: readonly Vector[]): readonly (readonly number[])[] {
  const middle = scaled(
    points.reduce((sum, p) => combine(sum, p, 1), [0, 0, 0]),
    1 / points.length,
  );
  const centred = points.map((p) => combine(p, middle, -1));
  const column = (axis: 0 | 1 | 2): Vector =>
    centred.reduce<Vector>((sum, p) => combine(sum, p, p[axis]), [0, 0, 0]);
  const [x, y, z] = [column(0), column(1), column(2)];
  const determinant = dot(x, cross(y, z));
  const inverse = [cross(y, z), cross(z, x), cross(x, y)].map((row) => scaled(row, 1 / determinant));
  return inverse.map((row) => centred.map((p) => dot(row, p)));
}
