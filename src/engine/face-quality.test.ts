import { describe, expect, it } from 'vitest';
import { CROP_SIZE } from './crop-arithmetic';
import { faceAt } from './face-detector/face-fixture';
import { isUncertain, judgeQuality, measureQuality, type SeenFace } from './face-quality';
import { pixelRect, type PixelRect, type Size } from './geometry';
import type { QualityConcern } from './types';

const FRAME: Size = { width: 640, height: 480 };
const MIDDLE = pixelRect(260, 180, 120, 120);

/** A face whose crop is the square of its box. */
function seen(box: PixelRect = MIDDLE, yawDeg = 0, pitchDeg = 0): SeenFace {
  const center = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const { keypoints, score } = faceAt(box);
  return { box, keypoints, score, crop: { center, side: Math.max(box.width, box.height), rollDeg: 0 }, headPose: { yawDeg, pitchDeg, rollDeg: 0 } };
}

/** A crop from a function of its place, 0–1 in both directions, quantised to 256 levels as pixels are. */
function crop(value: (x: number, y: number) => number): Float32Array {
  return Float32Array.from({ length: CROP_SIZE * CROP_SIZE }, (_, i) => {
    const luminance = value(((i % CROP_SIZE) + 0.5) / CROP_SIZE, (Math.floor(i / CROP_SIZE) + 0.5) / CROP_SIZE);
    return Math.round(255 * Math.min(1, Math.max(0, luminance))) / 255;
  });
}

/** Waves of the given length in pixels: blur leaves only long ones. */
function waves(pixels: number, contrast = 0.4, middle = 0.5): Float32Array {
  const turns = (2 * Math.PI * CROP_SIZE) / pixels;
  return crop((x, y) => middle + contrast * 0.5 * (Math.sin(turns * x) + Math.sin(turns * y)));
}

const SHARP = waves(6);
const kinds = (face: SeenFace, luminance: Float32Array | null = SHARP) =>
  judgeQuality(measureQuality(face, FRAME, luminance)).map((c) => c.kind);

describe('a face', () => {
  it('that is large, frontal, evenly lit, sharp and whole raises no concern', () => {
    expect(kinds(seen())).toEqual([]);
  });

  it.each([
    [23, ['small']],
    [25, []],
  ])('of %d px', (side, expected) => {
    expect(kinds(seen(pixelRect(100, 100, side - 4, side)))).toEqual(expected);
  });

  it.each([
    [44, 0, []],
    [46, 0, ['turned']],
    [-46, 0, ['turned']],
    [0, -46, ['turned']],
    // Neither angle alone is large; together the face looks 47° away.
    [35, 35, ['turned']],
    [170, 0, ['turned']],
  ])('turned %d° to the side and %d° up', (yaw, pitch, expected) => {
    expect(kinds(seen(MIDDLE, yaw, pitch))).toEqual(expected);
  });

  it.each([
    [0.9, 0.8, []],
    [0.69, 0.75, []],
    [0.64, 0.8, ['not-a-face']],
    // A moon or a ball: the detector takes it for a face only with its surroundings.
    [0.85, 0.45, ['not-a-face']],
    [0.85, 0.5, []],
    [0.9, undefined, []],
  ])('that scores %d, and %d without its surroundings', (score, tightScore, expected) => {
    expect(kinds({ ...seen(), score, tightScore })).toEqual(expected);
  });

  it('reports the angle by which it is turned', () => {
    const [concern] = judgeQuality(measureQuality(seen(MIDDLE, -55), FRAME, SHARP));
    expect(concern?.kind).toBe('turned');
    expect(concern?.value).toBeCloseTo(55, 6);
  });

  it.each<[string, Float32Array, readonly QualityConcern['kind'][]]>([
    ['dim', waves(6, 0.1, 0.1), []],
    ['nearly black', waves(6, 0.04, 0.03), ['dark']],
    ['black but for a bright fifth', crop((x) => (Math.floor(25 * x) % 5 === 0 ? 0.3 : 0.01)), []],
    ['bright', waves(6, 0.1, 0.9), []],
    ['burnt out in its larger part', waves(6, 0.4, 1.1), ['bright']],
    ['of little contrast', waves(6, 0.03), []],
  ])('that is %s', (_, luminance, expected) => {
    expect(kinds(seen(), luminance)).toEqual(expected);
  });

  it.each<[number, readonly QualityConcern['kind'][]]>([
    [6, []],
    [9, []],
    [16, ['blurred']],
    [30, ['blurred']],
  ])('whose finest detail is waves of %d px', (pixels, expected) => {
    expect(kinds(seen(), waves(pixels))).toEqual(expected);
  });

  it('is as sharp in low contrast and poor light as in good', () => {
    const of = (luminance: Float32Array) => measureQuality(seen(), FRAME, luminance).blurred;
    expect(of(waves(12, 0.15, 0.3))).toBeCloseTo(of(waves(12, 0.4, 0.5)) ?? NaN, 1);
  });

  it.each([
    ['left', pixelRect(-39, 180, 120, 120), ['cut-off']],
    ['left, a little', pixelRect(-33, 180, 120, 120), []],
    ['right', pixelRect(640 - 81, 180, 120, 120), ['cut-off']],
    ['top', pixelRect(260, -39, 120, 120), ['cut-off']],
    // At the bottom it hides the mouth.
    ['bottom', pixelRect(260, 480 - 97, 120, 120), ['cut-off']],
    ['bottom, a little', pixelRect(260, 480 - 105, 120, 120), []],
  ])('cut off: %s', (_, box, expected) => {
    expect(kinds(seen(box))).toEqual(expected);
  });

  it('that was not cropped is judged by its place alone', () => {
    expect(kinds(seen(pixelRect(-70, 180, 120, 120)), null)).toEqual(['cut-off']);
  });

  it('that is plain gray is not blurred, and its sharpness is a number', () => {
    const measures = measureQuality(seen(), FRAME, crop(() => 0.5));
    expect(judgeQuality(measures)).toEqual([]);
    expect(measures.blurred).toBe(10);
  });

  it('may have several concerns, in a fixed order', () => {
    expect(kinds(seen(pixelRect(-8, 20, 20, 20), 60), waves(6, 0.02, 0.04))).toEqual(['small', 'turned', 'dark', 'cut-off']);
  });
});

describe('a covered face', () => {
  it('is reported where it can be seen, and not where light, blur or size hide the evidence', () => {
    expect(judgeQuality({ covered: 0.5 })).toEqual([{ kind: 'covered', value: 0.5 }]);
    expect(judgeQuality({ covered: 0.9, hiddenPart: 'eyes' })).toEqual([{ kind: 'covered', value: 0.9, part: 'eyes' }]);
    expect(judgeQuality({ covered: 0.45, hiddenPart: 'eyes' })).toEqual([]);
    expect(judgeQuality({ bright: 1, covered: 0.5 })).toEqual([{ kind: 'bright', value: 1 }]);
    expect(judgeQuality({ small: 20, covered: 0.5 })).toEqual([{ kind: 'small', value: 20 }]);
  });
});

describe('a concern that was raised before', () => {
  const before: readonly QualityConcern[] = [{ kind: 'turned', value: 46 }];

  it('stays until its measure has clearly recovered', () => {
    expect(judgeQuality({ turned: 42 }, before)).toEqual([{ kind: 'turned', value: 42 }]);
    expect(judgeQuality({ turned: 39 }, before)).toEqual([]);
    expect(judgeQuality({ turned: 42 })).toEqual([]);
  });

  it('does not raise another', () => {
    expect(judgeQuality({ small: 25 }, before)).toEqual([]);
  });
});

describe('isUncertain', () => {
  it('is true without a clear expression, and with any concern', () => {
    expect(isUncertain(0.9, [])).toBe(false);
    expect(isUncertain(0.44, [])).toBe(true);
    expect(isUncertain(0.9, [{ kind: 'dark', value: 0.02 }])).toBe(true);
  });
});
