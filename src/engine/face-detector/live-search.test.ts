import { describe, expect, it } from 'vitest';
import type { PixelRect } from '../geometry';
import { LiveSearch, type LiveFace } from './live-search';
import { SceneLooks, square } from './looks-fixture';

const FRAME = { width: 1280, height: 720 };
const FRAME_MS = 33;

/** Runs a live search over scenes, one frame each. */
function watch(scenes: readonly (readonly PixelRect[])[], search = new LiveSearch(false), fromMs = 0, timesMs: readonly number[] = [], isBehind = false) {
  return scenes.map((faces, i) => {
    const looks = new SceneLooks(FRAME, faces);
    search.see(looks.thumbnail);
    const found = search.advance(looks, looks.cutOut, timesMs[i] ?? fromMs + i * FRAME_MS, isBehind);
    return { boxes: found.map(({ detection }) => detection.box), crops: found.map(({ luminance }) => luminance), looks: looks.taken.length };
  });
}

const held = (faces: readonly PixelRect[], frames: number) => Array.from({ length: frames }, () => faces);

describe('LiveSearch', () => {
  it('finds faces from 40 pixels in the first frame, each with its crop', () => {
    const [first] = watch([[square(100, 100, 40), square(400, 300, 90), square(800, 200, 300)]]);
    expect(first?.boxes).toHaveLength(3);
    for (const crop of first?.crops ?? []) expect(new Set(crop).size).toBeGreaterThan(100);
  });

  it('keeps faces at rest in place, with few looks for new ones', () => {
    const frames = watch(held([square(400, 300, 90)], 30));
    for (const { boxes, looks } of frames.slice(1)) {
      expect(boxes).toEqual([square(400, 300, 90)]);
      expect(looks).toBeLessThanOrEqual(3);
    }
    const perSecond = frames.slice(1).reduce((sum, { looks }) => sum + looks, 0);
    expect(perSecond).toBeGreaterThan(2);
    expect(perSecond).toBeLessThan(8);
  });

  it('follows a face that moves, in every frame', () => {
    const scenes = Array.from({ length: 30 }, (_, i) => [square(200 + 4 * i, 300 + 2 * i, 90)]);
    watch(scenes).forEach(({ boxes }, i) => {
      expect(boxes).toHaveLength(1);
      const [box, face] = [boxes[0], scenes[i]?.[0]];
      expect(Math.hypot((box?.x ?? NaN) - (face?.x ?? NaN), (box?.y ?? NaN) - (face?.y ?? NaN))).toBeLessThan(9);
    });
  });

  it('drops a face that has left, within three frames', () => {
    const frames = watch([...held([square(400, 300, 90)], 5), ...held([], 3)]);
    expect(frames.at(4)?.boxes).toHaveLength(1);
    expect(frames.at(-1)?.boxes).toHaveLength(0);
  });

  it('drops a face that leaves through the edge, cut off more and more', () => {
    const walk = Array.from({ length: 16 }, (_, i) => [square(120 - 12 * i, 300, 90), square(900, 300, 90)]);
    const frames = watch([...walk, ...held([square(900, 300, 90)], 10)]);
    expect(frames[walk.length - 1]?.boxes).toHaveLength(2);
    for (const { boxes } of frames.slice(walk.length + 3)) expect(boxes).toEqual([square(900, 300, 90)]);
  });

  it('reports no false faces when frames arrive at irregular times, as on a busy machine', () => {
    const timesMs = [33, 66, 99, 1500, 1540, 1900, 2100, 2700, 3900, 3950, 4800, 6200, 6240, 6600, 6640, 7500, 7540, 7580, 7620, 8500, 9400, 9440, 9480, 9520];
    const scenes = timesMs.map((ms) => Array.from({ length: 5 }, (_, k) => square(100 + 240 * k + 60 * Math.sin(ms / 300 + k), 300 + 30 * Math.cos(ms / 400 + k), 120)));
    watch(scenes, new LiveSearch(false), 0, timesMs).forEach(({ boxes }, i) => {
      for (const box of boxes) expect(Math.min(...(scenes[i] ?? []).map((face) => Math.hypot(face.x - box.x, face.y - box.y)))).toBeLessThan(40);
    });
  });

  it('finds a new large face within half a second and a small one within a second, and keeps the existing one', () => {
    const first = square(400, 300, 90);
    const large = watch([...held([first], 5), ...held([first, square(800, 200, 300)], 16)]);
    expect(large.at(-1)?.boxes).toHaveLength(2);
    const small = watch([...held([first], 5), ...held([first, square(900, 200, 60)], 30)]);
    expect(small.at(5)?.boxes).toHaveLength(1);
    expect(small.at(-1)?.boxes).toHaveLength(2);
  });

  it('finds a small face within a second while somebody moves elsewhere', () => {
    const scenes = Array.from({ length: 60 }, (_, i) => [square(200 + 5 * i, 300, 90), ...(i < 30 ? [] : [square(1000, 100, 60)])]);
    const frames = watch(scenes);
    expect(frames.at(29)?.boxes).toHaveLength(1);
    expect(frames.at(-1)?.boxes).toHaveLength(2);
  });

  it('finds a small face within two seconds at only four frames a second, with few looks at each', () => {
    const scenes = Array.from({ length: 24 }, (_, i) => [square(200 + 12 * (i % 8), 300, 90), ...(i < 12 ? [] : [square(1000, 100, 60)])]);
    const frames = watch(scenes, new LiveSearch(false), 0, scenes.map((_, i) => i * 250), true);
    expect(frames.at(11)?.boxes).toHaveLength(1);
    for (const { boxes } of frames.slice(20)) expect(boxes).toHaveLength(2);
    // One for new faces, plus the looks at the moving face.
    expect(frames.slice(1, 12).reduce((sum, { looks }) => sum + looks, 0) / 11).toBeLessThan(4);
  });

  it('takes at most one look for new faces in frames that follow each other closely', () => {
    for (const { looks } of watch(held([], 60)).slice(1)) expect(looks).toBeLessThanOrEqual(1);
  });

  describe('with a camera', () => {
    const small = square(900, 200, 30);
    const perFrame = (isBehind: boolean, frameMs: number) => watch(held([small], Math.ceil(3000 / frameMs)), new LiveSearch(true), 0, Array.from({ length: 100 }, (_, i) => i * frameMs), isBehind);

    it.each([33, 66, 200])('finds faces that only a still\'s fine tiles show within a second, at one frame per %d ms, and stays cheap afterwards', (frameMs) => {
      const frames = perFrame(false, frameMs);
      expect(frames[0]?.boxes).toHaveLength(0);
      for (const { boxes } of frames.slice(Math.ceil(1000 / frameMs))) expect(boxes).toEqual([small]);
      const later = frames.slice(Math.ceil(2000 / frameMs));
      expect(later.reduce((sum, { looks }) => sum + looks, 0)).toBeLessThan(8);
      expect(watch(held([small], 60)).at(-1)?.boxes).toHaveLength(0);
    });

    it('finds one within three seconds at only five frames a second', () => {
      const frames = perFrame(true, 200);
      expect(Math.max(...frames.slice(1).map(({ looks }) => looks))).toBeLessThan(12);
      expect(frames.at(-1)?.boxes).toEqual([small]);
    });

    it('finds one that appears later within a second', () => {
      const frames = watch([...held([], 60), ...held([small], 30)], new LiveSearch(true));
      expect(frames.at(-1)?.boxes).toEqual([small]);
    });

    it('looks for none that is much smaller than an existing face, as in a still', () => {
      const [first, ...frames] = watch(held([square(400, 300, 300)], 40), new LiveSearch(true));
      expect(first?.boxes).toHaveLength(1);
      expect(frames.reduce((sum, { looks }) => sum + looks, 0)).toBeLessThan(16);
    });
  });

  it('names faces that a frame\'s looks will not move before these are taken, with their final crops', () => {
    const search = new LiveSearch(false);
    const scenes = Array.from({ length: 30 }, (_, i) => [square(200 + 4 * i, 300, 90), square(900, 300, 90)]);
    const early = scenes.map((faces, i) => {
      const looks = new SceneLooks(FRAME, faces);
      search.see(looks.thumbnail);
      let settled: readonly LiveFace[] = [];
      const found = search.advance(looks, looks.cutOut, i * FRAME_MS, false, (those, isSettled) => {
        expect(looks.taken).toHaveLength(0);
        expect(those).toHaveLength(2);
        settled = those.filter((_, index) => isSettled(index));
      });
      for (const { held, luminance } of settled) expect(found.find((face) => face.held === held)?.luminance).toBe(luminance);
      return settled.length;
    });
    expect(early[0]).toBe(0);
    expect(early.filter((count) => count === 2).length).toBeGreaterThan(15);
  });

  it('searches the whole next frame after a restart', () => {
    const search = new LiveSearch(false);
    watch(held([square(400, 300, 90)], 3), search);
    search.startOver();
    const [next] = watch([[square(900, 200, 60)]], search, 3 * FRAME_MS);
    expect(next?.boxes).toEqual([square(900, 200, 60)]);
  });

  it('schedules by the stream\'s clock: a frame one second later takes the maximum of looks, not one per missing frame', () => {
    const search = new LiveSearch(false);
    watch([[]], search);
    expect(watch([[]], search, 1_000)[0]?.looks).toBe(3);
    expect(watch([[]], search, 1_000)[0]?.looks).toBe(0);
  });
});
