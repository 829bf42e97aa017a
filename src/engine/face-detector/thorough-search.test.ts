import { describe, expect, it } from 'vitest';
import type { PixelRect } from '../geometry';
import { SceneLooks, square } from './looks-fixture';
import { ThoroughSearch } from './thorough-search';

const FRAME = { width: 1280, height: 720 };
const FRAME_MS = 100;
const noPause = () => Promise.resolve();

/** Faces found in each frame, and the number of looks at each. */
async function read(scenes: readonly (readonly PixelRect[])[], search = new ThoroughSearch(), fromMs = 0) {
  const frames: { readonly boxes: PixelRect[]; readonly looks: number }[] = [];
  for (const [i, faces] of scenes.entries()) {
    const looks = new SceneLooks(FRAME, faces, search.memory);
    const found = await search.advance(looks, looks.grid, fromMs + i * FRAME_MS, noPause);
    frames.push({ boxes: found.map(({ box }) => box), looks: looks.taken.length });
  }
  return frames;
}

const moving = (frames: number) => Array.from({ length: frames }, (_, i) => [square(200 + 6 * i, 200, 60), square(800, 300 + 5 * i, 120)]);

describe('ThoroughSearch', () => {
  it('searches the whole first frame, and does not repeat looks where nothing changed', async () => {
    const faces = [square(200, 200, 30), square(800, 300, 120)];
    const frames = await read(Array.from({ length: 12 }, () => faces));
    const [first, ...others] = frames;
    expect(first?.looks).toBeGreaterThan(150);
    expect(others.map(({ looks }) => looks)).toEqual(others.map(() => 0));
    for (const { boxes } of frames) expect(boxes).toHaveLength(2);
  });

  it('follows moving faces with few looks, and searches again after half a second', async () => {
    const scenes = moving(7);
    const frames = await read(scenes);
    frames.forEach(({ boxes }, i) => {
      expect(boxes).toHaveLength(2);
      for (const face of scenes[i] ?? []) expect(boxes.some((box) => Math.hypot(box.x - face.x, box.y - face.y) < face.width / 20)).toBe(true);
    });
    for (const { looks } of frames.slice(1, 5)) expect(looks).toBeLessThan(40);
    expect(frames[5]?.looks).toBeGreaterThan(frames[4]?.looks ?? 0);
  });

  it('searches the whole frame where a face is no longer where it was', async () => {
    const frames = await read([[square(200, 200, 60)], [square(900, 500, 60)], []]);
    expect(frames.map(({ boxes }) => boxes.length)).toEqual([1, 1, 0]);
    expect(frames[1]?.boxes[0]?.x).toBeCloseTo(900);
  });

  it('finds a large face when it enters, and a small one within half a second', async () => {
    const large = await read([[], [square(500, 200, 300)]]);
    expect(large[1]?.boxes).toHaveLength(1);
    const small = await read([[], ...Array.from({ length: 6 }, () => [square(500, 200, 30)])]);
    expect(small.map(({ boxes }) => boxes.length)).toEqual([0, 0, 0, 0, 0, 1, 1]);
  });

  it('searches every whole frame where they are half a second apart', async () => {
    const search = new ThoroughSearch();
    expect((await read([[]], search))[0]?.boxes).toHaveLength(0);
    expect((await read([[square(500, 200, 30)]], search, 500))[0]?.boxes).toHaveLength(1);
  });

  it('searches the whole frame of a new scene, and where the clock runs back', async () => {
    const face = square(500, 200, 30);
    const cut = new ThoroughSearch();
    await read([[]], cut);
    cut.startOver();
    expect((await read([[face]], cut, FRAME_MS))[0]?.boxes).toHaveLength(1);
    const back = new ThoroughSearch();
    await read([[]], back, 5_000);
    expect((await read([[face]], back, 4_900))[0]?.boxes).toHaveLength(1);
  });
});
