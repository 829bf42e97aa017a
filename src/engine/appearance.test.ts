import { describe, expect, it } from 'vitest';
import { appearanceDistance, APPEARANCE_BYTES, blendAppearance, describeAppearance, TILE, tileRegion, type Appearance } from './appearance';
import { faceAt } from './face-detector/face-fixture';
import { pixelRect, type PixelRect } from './geometry';

type Color = readonly [number, number, number];

interface Look {
  readonly hair: Color;
  readonly skin: Color;
  readonly clothes: Color;
}

const ANNA: Look = { hair: [90, 60, 45], skin: [235, 200, 175], clothes: [70, 80, 88] };
const BEN: Look = { hair: [40, 30, 25], skin: [120, 75, 50], clothes: [125, 75, 75] };
const WHOLE = pixelRect(0, 0, TILE.width, TILE.height);

/** A head with short hair, and shoulders; `gain` and `shift` simulate other light and another pose. */
function tile({ hair, skin, clothes }: Look, { gain = 1, shift = 0, mouth = skin } = {}): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(TILE.width * TILE.height * 4);
  for (let y = 0; y < TILE.height; y++) {
    for (let x = 0; x < TILE.width; x++) {
      const [u, v] = [((x + 0.5 - shift) / TILE.width) * 2 - 1, ((y + 0.5 - shift) / TILE.height) * 2.8 - 1.2];
      const inHead = (u / 0.65) ** 2 + (v / 0.95) ** 2 < 1;
      const color: Color = v > 1 ? clothes : inHead ? (v < -0.5 ? hair : v > 0.3 && Math.abs(u) < 0.2 ? mouth : skin) : v > 0.5 && Math.abs(u) < 0.3 ? skin : [190, 200, 195];
      for (let c = 0; c < 3; c++) rgba[(y * TILE.width + x) * 4 + c] = gain * (color[c] ?? 0);
    }
  }
  return rgba;
}

function describeTile(rgba: Uint8ClampedArray, visible: PixelRect = WHOLE): Appearance {
  const appearance = describeAppearance(rgba, visible);
  if (!appearance) throw new Error('nothing is visible');
  return appearance;
}

describe('appearance', () => {
  it('takes 32 bytes', () => {
    expect(APPEARANCE_BYTES).toBe(32);
    expect(describeTile(tile(ANNA))).toHaveLength(APPEARANCE_BYTES);
  });

  it('gives one person a small distance across light, pose and mouth, and two people a large one', () => {
    const anna = describeTile(tile(ANNA));
    for (const change of [{ gain: 0.7 }, { shift: 2 }, { mouth: [60, 20, 20] as Color }]) {
      expect(appearanceDistance(anna, describeTile(tile(ANNA, change)))).toBeLessThan(0.1);
    }
    expect(appearanceDistance(anna, describeTile(tile(BEN)))).toBeGreaterThan(0.25);
  });

  it('compares only what both appearances show: clothes outside the frame do not count', () => {
    const cut = pixelRect(0, 0, TILE.width, TILE.height * 0.6);
    const [whole, above] = [describeTile(tile(ANNA)), describeTile(tile(ANNA), cut)];
    expect(appearanceDistance(whole, above)).toBe(0);
    expect(appearanceDistance(describeTile(tile({ ...ANNA, clothes: BEN.clothes })), above)).toBe(0);
  });

  it('returns null where too little of the face is visible', () => {
    expect(describeAppearance(tile(ANNA), pixelRect(0, 0, TILE.width, 12))).toBeNull();
    expect(appearanceDistance(describeTile(tile(ANNA)), new Uint8Array(APPEARANCE_BYTES))).toBeNull();
  });

  it('blends in steps that add up, however small', () => {
    const [anna, ben] = [describeTile(tile(ANNA)), describeTile(tile(BEN))];
    let between: ArrayLike<number> = anna;
    for (let i = 0; i < 500; i++) between = blendAppearance(between, ben, 0.02);
    expect(appearanceDistance(between, ben)).toBeLessThan(0.001);
    expect([...blendAppearance(new Uint8Array(APPEARANCE_BYTES), ben, 0.1)]).toEqual([...ben]);
  });

  it('covers the head with its hair and the shoulders', () => {
    const box = pixelRect(78, 90, 44, 44);
    const seen = (between: number) => ({ rightEye: { x: 100 - between / 2, y: 100 }, leftEye: { x: 100 + between / 2, y: 100 }, mouthCenter: { x: 100, y: 120 } });
    const regionOf = (between: number) => tileRegion({ box, keypoints: { ...faceAt(box).keypoints, ...seen(between) } });
    const region = regionOf(20);
    const side = 44.4;
    expect(region.x).toBeCloseTo(100 - side, 6);
    expect(region.y).toBeCloseTo(100 - 0.95 * side, 6);
    expect([region.width / side, region.height / side]).toEqual([expect.closeTo(2, 6), expect.closeTo(2.8, 6)]);
    // In profile the eyes are close together, and the mouth is as far below them as before.
    const aside = regionOf(10);
    expect(aside.width / region.width).toBeGreaterThan(0.9);
  });
});
