import { describe, expect, it } from 'vitest';
import {
  averageColors,
  averageLuminance,
  cropRegion,
  CROP_SIZE,
  isDrawable,
  reachesOutside,
  regionToTile,
  replicateBorder,
  standardise,
  tileScale,
  type Affine,
} from './crop-arithmetic';
import { pixelRect, type PixelPoint } from './geometry';
import type { CropRegion, FaceDetection } from './types';

const PIXELS = CROP_SIZE * CROP_SIZE;

function detection(rightEye: PixelPoint, leftEye: PixelPoint, box = pixelRect(100, 100, 100, 100)): FaceDetection {
  const p = { x: 150, y: 150 };
  return { box, score: 0.9, keypoints: { rightEye, leftEye, noseTip: p, mouthCenter: p, rightEarTragion: p, leftEarTragion: p } };
}

const apply = ({ a, b, c, d, e, f }: Affine, { x, y }: PixelPoint): PixelPoint => ({ x: a * x + c * y + e, y: b * x + d * y + f });

/** RGBA image with pixel colours from a function of (x, y). */
function image(width: number, height: number, color: (x: number, y: number) => readonly [number, number, number]): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rgba.set([...color(x, y), 255], 4 * (y * width + x));
  }
  return rgba;
}

describe('cropRegion', () => {
  it('is a square larger than the box, moved up, when the eyes are level', () => {
    const region = cropRegion(detection({ x: 130, y: 130 }, { x: 170, y: 130 }));
    expect(region.rollDeg).toBe(0);
    expect(region.side).toBeCloseTo(110);
    expect(region.center.x).toBeCloseTo(150);
    expect(region.center.y).toBeCloseTo(140);
  });

  it('uses the larger side of a box that is not square', () => {
    expect(cropRegion(detection({ x: 130, y: 130 }, { x: 170, y: 130 }, pixelRect(100, 100, 80, 120))).side).toBeCloseTo(132);
  });

  it.each([-60, -15, 20, 45, 90, 170])('rotates with the eye line at %d° and moves along the face, not the picture', (roll) => {
    const rad = (roll * Math.PI) / 180;
    const [dx, dy] = [20 * Math.cos(rad), 20 * Math.sin(rad)];
    const region = cropRegion(detection({ x: 150 - dx, y: 140 - dy }, { x: 150 + dx, y: 140 + dy }));
    expect(region.rollDeg).toBeCloseTo(roll, 6);
    expect(region.center.x).toBeCloseTo(150 + 10 * Math.sin(rad), 6);
    expect(region.center.y).toBeCloseTo(150 - 10 * Math.cos(rad), 6);
  });

  it('does not rotate a profile, whose eyes nearly coincide, and has no jump on the way there', () => {
    const rollAt = (apart: number): number => cropRegion(detection({ x: 150, y: 130 }, { x: 150 + apart, y: 130 + apart })).rollDeg;
    expect(rollAt(0)).toBe(0);
    expect(rollAt(5)).toBe(0);
    expect(rollAt(30)).toBeCloseTo(45, 6);
    for (let apart = 0; apart < 30; apart += 0.1) expect(Math.abs(rollAt(apart + 0.1) - rollAt(apart))).toBeLessThan(1.5);
  });

  it('does not rotate where the eyes are not numbers', () => {
    const region = cropRegion(detection({ x: NaN, y: 0 }, { x: 1, y: 0 }));
    expect(region.rollDeg).toBe(0);
    expect(isDrawable(region)).toBe(true);
  });

  it('is not drawable for an invalid box', () => {
    for (const box of [pixelRect(NaN, 0, 9, 9), pixelRect(0, 0, 0, 0), pixelRect(0, 0, Infinity, 9)]) {
      expect(isDrawable(cropRegion(detection({ x: 1, y: 1 }, { x: 5, y: 1 }, box)))).toBe(false);
    }
  });
});

describe('tileScale', () => {
  it('is an integer between 1 and 16 and never decreases as the face grows', () => {
    let last = 1;
    for (let side = 0.1; side < 5000; side *= 1.05) {
      const scale = tileScale(side);
      expect(Number.isInteger(scale)).toBe(true);
      expect(scale).toBeGreaterThanOrEqual(last);
      expect(scale).toBeLessThanOrEqual(16);
      last = scale;
    }
    expect(tileScale(48)).toBe(1);
  });

  it('leaves at most 1.5 frame pixels to a tile pixel up to 1152 px', () => {
    for (let side = 10; side <= 1152; side++) expect(side / (48 * tileScale(side))).toBeLessThanOrEqual(1.5);
  });
});

describe('tileScale for other crop sizes', () => {
  it('keeps the tile within 768 px', () => {
    for (const size of [32, 64, 224, 512]) expect(size * tileScale(5000, size)).toBeLessThanOrEqual(768);
    expect(tileScale(300, 64)).toBe(4);
    expect(tileScale(5000, 512)).toBe(1);
  });
});

describe('averageColors', () => {
  it('averages each channel over blocks, three numbers a pixel', () => {
    const rgba = new Uint8ClampedArray(4 * 4 * 4);
    for (let i = 0; i < 16; i++) rgba.set([i < 8 ? 255 : 0, 10 * i, 51, 255], 4 * i);
    const out = new Float32Array(3 + 12);
    averageColors({ rgba, stride: 4, top: 0, side: 4 }, out, 3, 2);
    // 2×2 blocks: greens 0, 10, 40, 50 and so on.
    const greens = [25, 45, 105, 125].map((green) => green / 255);
    expect(Array.from(out.subarray(0, 3))).toEqual([0, 0, 0]);
    expect(Array.from(out.subarray(3), (value) => Number(value.toFixed(5)))).toEqual(
      greens.flatMap((green, i) => [i < 2 ? 1 : 0, Number(green.toFixed(5)), 0.2]),
    );
  });
});

describe('regionToTile', () => {
  const region: CropRegion = { center: { x: 200, y: 120 }, side: 96, rollDeg: 30 };
  const matrix = regionToTile(region, 48, { x: 0, y: 500 });

  it('maps the centre of the region to the middle of the tile', () => {
    const middle = apply(matrix, region.center);
    expect(middle.x).toBeCloseTo(24);
    expect(middle.y).toBeCloseTo(524);
  });

  it('makes a line that slopes by the roll horizontal, at the right scale', () => {
    const rad = Math.PI / 6;
    const end = apply(matrix, { x: 200 + 40 * Math.cos(rad), y: 120 + 40 * Math.sin(rad) });
    expect(end.x).toBeCloseTo(24 + 20);
    expect(end.y).toBeCloseTo(524);
  });
});

describe('averageLuminance', () => {
  const crop = (rgba: Uint8ClampedArray, side: number, stride = side, top = 0): Float32Array => {
    const out = new Float32Array(PIXELS);
    averageLuminance({ rgba, stride, top, side }, out, 0);
    return out;
  };

  it.each<[readonly [number, number, number], number]>([
    // Results of Pillow's convert('L').
    [[255, 0, 0], 76],
    [[0, 255, 0], 150],
    [[0, 0, 255], 29],
    [[200, 120, 40], 135],
    [[255, 255, 255], 255],
    [[0, 0, 0], 0],
  ])('of %j is that of Rec. 601', (color, luminance) => {
    const value = (crop(image(48, 48, () => color), 48)[77] ?? NaN) * 255;
    expect(Math.abs(value - luminance)).toBeLessThan(0.51);
  });

  it('returns exactly 1 for white at any scale', () => {
    for (const scale of [1, 3, 16]) expect(crop(image(48 * scale, 48 * scale, () => [255, 255, 255]), 48 * scale)[5]).toBe(1);
  });

  it('averages every pixel of a block once, in its place', () => {
    const value = (x: number, y: number): number => (x * 31 + y * 17 + ((x * y) % 7) * 20) % 256;
    const rgba = image(144, 144, (x, y) => [value(x, y), value(x, y), value(x, y)]);
    const out = crop(rgba, 144);
    for (const [row, column] of [[0, 0], [5, 40], [47, 47], [20, 3]] as const) {
      let sum = 0;
      for (let y = 0; y < 3; y++) for (let x = 0; x < 3; x++) sum += value(3 * column + x, 3 * row + y);
      expect(out[row * 48 + column]).toBeCloseTo(sum / 9 / 255, 5);
    }
  });

  it('reads its tile from a larger picture and writes only its own crop', () => {
    const rgba = image(100, 300, (x, y) => (x < 48 && y >= 150 && y < 198 ? [255, 255, 255] : [10, 20, 30]));
    const out = new Float32Array(3 * PIXELS).fill(-1);
    averageLuminance({ rgba, stride: 100, top: 150, side: 48 }, out, PIXELS);
    expect(out.subarray(0, PIXELS).every((v) => v === -1)).toBe(true);
    expect(out.subarray(PIXELS, 2 * PIXELS).every((v) => v === 1)).toBe(true);
    expect(out.subarray(2 * PIXELS).every((v) => v === -1)).toBe(true);
  });
});

describe('replicateBorder', () => {
  it.each([0, 25, -70])('continues the edge of the frame into the part outside (roll %d°)', (rollDeg) => {
    // The region's left part lies outside a frame whose colour depends on y alone; outside is black.
    const frame = { width: 200, height: 200 };
    const region: CropRegion = { center: { x: 12, y: 100 }, side: 96, rollDeg };
    const matrix = regionToTile(region, 96, { x: 0, y: 10 });
    const turn = (rollDeg * Math.PI) / 180;
    const toFrame = (x: number, y: number): PixelPoint => {
      const [u, v] = [x + 0.5 - 48, y + 0.5 - 58];
      return { x: 12 + u * Math.cos(turn) - v * Math.sin(turn), y: 100 + u * Math.sin(turn) + v * Math.cos(turn) };
    };
    const rgba = image(96, 106, (x, y) => {
      const p = toFrame(x, y);
      return y >= 10 && p.x >= 0 ? [p.y, p.y, p.y] : [0, 0, 0];
    });
    replicateBorder({ rgba, stride: 96, top: 10, side: 96 }, matrix, frame);
    let checked = 0;
    for (let y = 10; y < 106; y++) {
      for (let x = 0; x < 96; x++) {
        const p = toFrame(x, y);
        const nearest = apply(matrix, { x: Math.max(1, p.x), y: p.y });
        // If the nearest frame pixel is outside the tile too, a neighbour is used.
        if (nearest.x < 0 || nearest.x >= 96 || nearest.y < 10 || nearest.y >= 106) continue;
        checked++;
        expect(Math.abs((rgba[4 * (y * 96 + x)] ?? NaN) - p.y)).toBeLessThanOrEqual(2);
      }
    }
    expect(checked).toBeGreaterThan(5000);
    // Pixels above the tile belong to another tile.
    expect(rgba.subarray(0, 4 * 96 * 10).every((v, i) => v === (i % 4 === 3 ? 255 : 0))).toBe(true);
  });

  it('leaves a tile inside the frame unchanged', () => {
    const rgba = image(48, 48, (x, y) => [x, y, x + y]);
    const before = rgba.slice();
    const region: CropRegion = { center: { x: 100, y: 100 }, side: 48, rollDeg: 10 };
    replicateBorder({ rgba, stride: 48, top: 0, side: 48 }, regionToTile(region, 48, { x: 0, y: 0 }), { width: 200, height: 200 });
    expect(rgba).toEqual(before);
  });

  it('accepts a region outside the frame, and a frame of one pixel', () => {
    for (const [center, frame] of [
      [{ x: -900, y: 5000 }, { width: 200, height: 200 }],
      [{ x: 0, y: 0 }, { width: 1, height: 1 }],
    ] as const) {
      const rgba = image(48, 48, () => [9, 9, 9]);
      replicateBorder({ rgba, stride: 48, top: 0, side: 48 }, regionToTile({ center, side: 60, rollDeg: 5 }, 48, { x: 0, y: 0 }), frame);
      expect(rgba.every((v, i) => v === (i % 4 === 3 ? 255 : 9))).toBe(true);
    }
  });
});

describe('reachesOutside', () => {
  const frame = { width: 640, height: 480 };
  it.each<[boolean, CropRegion]>([
    [false, { center: { x: 320, y: 240 }, side: 200, rollDeg: 45 }],
    [true, { center: { x: 90, y: 240 }, side: 200, rollDeg: 0 }],
    [false, { center: { x: 110, y: 240 }, side: 200, rollDeg: 0 }],
    [true, { center: { x: 110, y: 240 }, side: 200, rollDeg: 45 }],
    [true, { center: { x: 320, y: 400 }, side: 200, rollDeg: 0 }],
    [true, { center: { x: 320, y: 240 }, side: 900, rollDeg: 0 }],
  ])('is %s for %j', (expected, region) => {
    expect(reachesOutside(region, frame)).toBe(expected);
  });

  it('is false for a face that is already cropped: its outermost pixels are its own', () => {
    const whole: CropRegion = { center: { x: 24, y: 24 }, side: 48, rollDeg: 0 };
    expect(reachesOutside(whole, { width: 48, height: 48 })).toBe(false);
    expect(reachesOutside(whole, { width: 48, height: 47 })).toBe(true);
  });
});

describe('standardise', () => {
  // Expected values from training/preprocess.py for the same input.
  it('matches training for each face', () => {
    const crops = new Float32Array(3 * PIXELS);
    for (let i = 0; i < PIXELS; i++) {
      crops[i] = ((i * 37) % 101) / 101;
      crops[PIXELS + i] = 0.3;
      crops[2 * PIXELS + i] = 0.5 + 0.001 * ((i % 2) * 2 - 1);
    }
    standardise(crops);
    const golden: [number, number][] = [[0, -1.714881], [1, -0.44588], [2, 0.823121], [1000, -0.548772], [2303, 0.617337]];
    for (const [index, value] of golden) expect(crops[index]).toBeCloseTo(value, 4);
    for (let i = PIXELS; i < 2 * PIXELS; i++) expect(Math.abs(crops[i] ?? NaN)).toBeLessThan(1e-4);
    // Too little contrast to scale up in full.
    expect(crops[2 * PIXELS]).toBeCloseTo(-0.05, 4);
    expect(crops[2 * PIXELS + 1]).toBeCloseTo(0.05, 4);
  });

  it('removes brightness and contrast', () => {
    const face = (gain: number, offset: number): Float32Array =>
      Float32Array.from({ length: PIXELS }, (_, i) => offset + gain * (((i * 7) % 53) / 53));
    const [dark, bright] = [face(0.2, 0.05), face(0.6, 0.3)];
    standardise(dark);
    standardise(bright);
    dark.forEach((value, i) => expect(value).toBeCloseTo(bright[i] ?? NaN, 4));
  });

  it('accepts no faces', () => {
    expect(() => standardise(new Float32Array(0))).not.toThrow();
  });
});
