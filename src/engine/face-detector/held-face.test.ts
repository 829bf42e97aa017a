import { describe, expect, it } from 'vitest';
import { cropRegion } from '../crop-arithmetic';
import { faceAt } from './face-fixture';
import { HeldFace } from './held-face';
import { SceneLooks, square } from './looks-fixture';
import type { ConfirmedFace } from './second-look';

const FRAME = { width: 640, height: 480 };
const SIDE = 96;
const FRAME_MS = 33;

const confirmed = (x: number, y = 200): ConfirmedFace => ({ ...faceAt(square(x, y, SIDE)), turn: 0, support: 3 });
const cropAt = (held: HeldFace, x: number, y = 200) => {
  const [crop] = new SceneLooks(FRAME, [square(x, y, SIDE)]).cutOut([cropRegion(held.face)]);
  return crop ?? new Float32Array();
};

/** Holds a face after a first look. */
function hold(x: number): HeldFace {
  const held = new HeldFace(confirmed(x));
  held.keep(cropAt(held, x));
  return held;
}

/** Advances one frame, with the face at this place. */
function next(held: HeldFace, x: number, y = 200): void {
  held.expect(FRAME_MS);
  held.move(cropAt(held, x, y), FRAME_MS);
}

/** Crop of another face, or of something in front of it. */
const other = () => Float32Array.from({ length: 48 * 48 }, (_, i) => ((i * 7919) % 97) / 97);

describe('HeldFace', () => {
  it('stays in place while its crop stays the same', () => {
    const held = hold(200);
    for (let i = 0; i < 10; i++) next(held, 200);
    expect(held.face.box).toEqual(square(200, 200, SIDE));
    expect([held.hasChanged, held.isDue, held.needsCrop, held.isLost, held.hasComeToRest]).toEqual([false, false, false, false, false]);
  });

  it('moves with its content, box and keypoints alike', () => {
    const held = hold(200);
    next(held, 206, 196);
    expect(Math.abs(held.face.box.x - 206)).toBeLessThan(1.5);
    expect(Math.abs(held.face.box.y - 196)).toBeLessThan(1.5);
    expect(held.face.keypoints.noseTip.x - held.face.box.x).toBeCloseTo(SIDE / 2);
    expect(held.needsCrop).toBe(true);
  });

  it('is predicted to continue in the direction in which it moves', () => {
    const held = hold(200);
    next(held, 204);
    next(held, 208);
    const before = held.face.box.x;
    held.expect(FRAME_MS);
    expect(held.face.box.x - before).toBeGreaterThan(2);
  });

  it('is not predicted to continue after a jump, but is once it moves on at that speed', () => {
    const jumped = hold(200);
    next(jumped, 230);
    expect(jumped.hasChanged).toBe(true);
    jumped.see(confirmed(230), false);
    jumped.keep(cropAt(jumped, 230));
    next(jumped, 230);
    expect(jumped.face.box.x).toBeCloseTo(230);
    expect(jumped.hasChanged).toBe(false);

    const fast = hold(200);
    for (const x of [214, 228]) {
      next(fast, x);
      fast.see(confirmed(x), false);
      fast.keep(cropAt(fast, x));
    }
    const before = fast.face.box.x;
    fast.expect(FRAME_MS);
    expect(fast.face.box.x - before).toBeGreaterThan(10);
  });

  it.each([
    ['half a second while only its place changes', 16, 0],
    ['a quarter of a second while its looks change too', 8, 0.2],
  ])('needs a new look after %s', (_, frames, share) => {
    const held = hold(200);
    const changed = other();
    const step = (i: number) => {
      held.expect(FRAME_MS);
      held.move(cropAt(held, 200 + 3 * i).map((value, at) => value + share * (changed[at] ?? 0)), FRAME_MS);
    };
    for (let i = 1; i < frames; i++) step(i);
    expect(held.isDue).toBe(false);
    step(frames);
    expect(held.isDue).toBe(true);
    held.see(confirmed(200 + 3 * frames), false);
    expect(held.isDue).toBe(false);
  });

  it('is marked as changed where its crop shows something else', () => {
    const held = hold(200);
    held.expect(FRAME_MS);
    held.move(other(), FRAME_MS);
    expect(held.hasChanged).toBe(true);
  });

  it('averages its crop at rest, and uses the frame\'s own crop where it changes or moves', () => {
    const held = hold(200);
    const plain = held.luminance;
    const noise = (frame: number) => (i: number) => 0.04 * ((((i + 13 * frame) * 7919) % 97) / 48 - 1);
    const furthest = (from: Float32Array) => Math.max(...held.luminance.map((value, i) => Math.abs(value - (from[i] ?? NaN))));
    for (let frame = 1; frame <= 12; frame++) {
      held.expect(FRAME_MS);
      held.move(plain.map((value, i) => value + noise(frame)(i)), FRAME_MS);
    }
    expect(furthest(plain)).toBeLessThan(0.025);
    const smiling = held.luminance.map((value, i) => (i > 36 * 48 && i < 40 * 48 ? value + 0.15 : value));
    held.expect(FRAME_MS);
    held.move(smiling, FRAME_MS);
    expect(held.luminance).toEqual(smiling);
    const changed = other();
    held.expect(FRAME_MS);
    held.move(changed, FRAME_MS);
    expect(held.luminance).toEqual(changed);
    const moved = hold(200);
    next(moved, 206);
    expect(moved.luminance).toEqual(cropAt(hold(200), 206));
  });

  it('counts as come to rest after movement, until a look as thorough as in a still', () => {
    const held = hold(200);
    for (let i = 1; i <= 3; i++) next(held, 200 + 3 * i);
    expect(held.hasComeToRest).toBe(false);
    for (let i = 0; i < 6 && !held.hasComeToRest; i++) {
      held.see(confirmed(209), false);
      held.keep(cropAt(held, 209));
      next(held, 209);
      next(held, 209);
    }
    expect(held.hasComeToRest).toBe(true);
    held.see(confirmed(209), true);
    held.keep(cropAt(held, 209));
    next(held, 209);
    next(held, 209);
    expect(held.hasComeToRest).toBe(false);
  });

  it('takes half of a look that differs a little, and all of one that differs much or is thorough', () => {
    const near = hold(200);
    near.see(confirmed(206), false);
    expect(near.face.box.x).toBeCloseTo(203);
    const far = hold(200);
    far.see(confirmed(230), false);
    expect(far.face.box.x).toBe(230);
    const thorough = hold(200);
    thorough.see(confirmed(206), false);
    thorough.see(confirmed(208), true);
    expect(thorough.face.box.x).toBe(208);
  });

  it('averages a few more placements at rest before a camera, and none in a held picture', () => {
    const held = hold(200);
    for (let i = 0; i < 20; i++) next(held, 200);
    expect(held.hasComeToRest).toBe(false);
    const seen: number[] = [];
    for (let i = 0; i < 60; i++) {
      const x = Math.round(held.face.box.x);
      held.expect(FRAME_MS);
      held.move(cropAt(held, x).map((value, at) => value + 0.01 * ((((at + i) * 7919) % 97) / 48 - 1)), FRAME_MS);
      if (!held.hasComeToRest) continue;
      seen.push(i);
      held.see(confirmed(204), true);
      held.keep(cropAt(held, Math.round(held.face.box.x)));
    }
    expect(seen).toHaveLength(3);
    expect((seen[1] ?? NaN) - (seen[0] ?? NaN)).toBeGreaterThanOrEqual(5);
    expect(held.face.box.x).toBeCloseTo(203);
  });

  it('is not lost where one of these looks misses it', () => {
    const held = hold(200);
    held.see(null, true);
    held.see(null, true);
    expect([held.isLost, held.hasChanged, held.hasComeToRest]).toEqual([false, false, false]);
  });

  it('is lost after two looks in a row that do not show it', () => {
    const held = hold(200);
    held.see(null, false);
    expect([held.isLost, held.needsAll, held.hasChanged]).toEqual([false, true, true]);
    held.see(confirmed(200), false);
    expect(held.needsAll).toBe(false);
    held.see(null, false);
    held.see(null, false);
    expect(held.isLost).toBe(true);
  });

  it('is doubtful where a look misses it and its crop has changed, not where it looks as before', () => {
    const gone = hold(200);
    gone.expect(FRAME_MS);
    gone.move(other(), FRAME_MS);
    gone.see(null, false);
    expect(gone.isDoubtful).toBe(true);
    const there = hold(200);
    next(there, 200);
    there.see(null, false);
    expect(there.isDoubtful).toBe(false);
  });
});
