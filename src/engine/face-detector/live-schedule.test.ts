import { describe, expect, it } from 'vitest';
import { pixelRect, type PixelRect } from '../geometry';
import { THUMBNAIL } from '../scene-change';
import { ChangeMap } from './change-map';
import { LiveSchedule } from './live-schedule';
import type { Look } from './look';
import { SceneLooks, square } from './looks-fixture';
import { fastLooks } from './search-lattice';

const FRAME = { width: 1280, height: 720 };
const FRAME_MS = 33;
const { wholes, tiles, turned } = fastLooks(FRAME);
const keyOf = ({ range, region, turn }: Look) => JSON.stringify([range, region, turn]);

/** Looks of the given number of frames, in order. */
function looksOf(schedule: LiveSchedule, frames: number, frameMs = FRAME_MS): string[][] {
  return Array.from({ length: frames }, (_, i) => schedule.next((i + 1) * frameMs, []).map(keyOf));
}

function gray(): Uint8ClampedArray {
  return new Uint8ClampedArray(4 * THUMBNAIL.width * THUMBNAIL.height).fill(120);
}

describe('LiveSchedule', () => {
  it('shows the whole picture to both networks every second, turned too, and repeats every look eventually', () => {
    const frames = looksOf(new LiveSchedule(FRAME, new ChangeMap(), 0, false), 3000);
    for (let from = 0; from + 31 < 300; from += 31) {
      const second = frames.slice(from, from + 31).flat();
      for (const look of [...wholes.slice(0, 2), ...turned]) expect(second).toContain(keyOf(look));
    }
    expect(new Set(frames.flat())).toEqual(new Set([...wholes, ...tiles, ...turned].map(keyOf)));
  });

  it('turns the picture rarely once faces have been followed for some seconds', () => {
    const schedule = new LiveSchedule(FRAME, new ChangeMap(), 0, false);
    const turns: number[] = [];
    for (let ms = FRAME_MS; ms < 60_000; ms += FRAME_MS) {
      for (const look of schedule.next(ms, [square(600, 300, 200)])) if (turned.map(keyOf).includes(keyOf(look))) turns.push(ms);
    }
    expect(turns.filter((ms) => ms < 3000).length).toBeGreaterThanOrEqual(7);
    expect(turns.filter((ms) => ms >= 30_000)).toHaveLength(15);
  });

  it('takes more looks per frame at a low frame rate, and none where no time has passed', () => {
    const schedule = new LiveSchedule(FRAME, new ChangeMap(), 0, false);
    const [second] = looksOf(schedule, 1, 1000);
    expect(second).toHaveLength(3);
    expect(second).toEqual(expect.arrayContaining(wholes.slice(0, 2).map(keyOf)));
    expect(schedule.next(1000, [])).toEqual([]);
  });

  it('takes one look per frame where frames arrive faster than they are read, and gives every rule its turn', () => {
    const changes = new ChangeMap();
    changes.update(gray());
    const schedule = new LiveSchedule(FRAME, changes, 0, false);
    const frames = Array.from({ length: 48 }, (_, i) => {
      // Something moves at the left edge all the time.
      changes.update(gray().fill(i % 2 === 0 ? 220 : 120, 4 * (9 * THUMBNAIL.width), 4 * (9 * THUMBNAIL.width + 2)));
      return schedule.next((i + 1) * 250, [], true);
    });
    for (const looks of frames) expect(looks).toHaveLength(1);
    const isThere = ({ region: { x, y, height } }: Look) => x === 0 && y <= 380 && y + height >= 380;
    for (let from = 0; from + 12 <= 48; from += 12) {
      const threeSeconds = frames.slice(from, from + 12).flat();
      for (const look of wholes.slice(0, 2)) expect(threeSeconds.map(keyOf)).toContain(keyOf(look));
      expect(threeSeconds.filter((look) => tiles.map(keyOf).includes(keyOf(look)) && isThere(look)).length).toBeGreaterThan(1);
    }
    expect(new Set(frames.flat().map(keyOf)).size).toBeGreaterThan(12);
  });

  it('limits looks at changed fine tiles if frames are rare', () => {
    const [second, minute] = [1000, 60_000];
    const extraLooks = (frameMs: number) => {
      const counts = [false, true].map((sweeps) => {
        const changes = new ChangeMap();
        changes.update(gray());
        const schedule = new LiveSchedule(FRAME, changes, 0, sweeps);
        let looks = 0;
        for (let ms = frameMs; ms <= minute; ms += frameMs) {
          changes.update(gray().fill((ms / frameMs) % 2 === 0 ? 220 : 120));
          const { length } = schedule.next(ms, []);
          if (ms > 2 * second) looks += length;
        }
        return looks;
      });
      return ((counts[1] ?? 0) - (counts[0] ?? 0)) / 58;
    };
    expect(extraLooks(33)).toBeLessThan(11);
    expect(extraLooks(250)).toBeLessThan(4);
  });

  describe('with fine tiles', () => {
    const { fine } = fastLooks(FRAME);
    const fineKeys = new Set(fine.map(keyOf));
    const sweeping = () => new LiveSchedule(FRAME, new ChangeMap(), 0, true);
    const fineOf = (frames: readonly string[][]) => frames.map((looks) => looks.filter((look) => fineKeys.has(look)));
    const most = (frames: readonly string[][]) => Math.max(...frames.map((looks) => looks.length));

    it('sweeps them within a second, with few looks per frame', () => {
      const frames = fineOf(looksOf(sweeping(), 27));
      expect(new Set(frames.flat()).size).toBe(fine.length);
      expect(most(frames)).toBeLessThanOrEqual(5);
    });

    it('takes no burst of looks at a low frame rate, and few where frames arrive faster than they are read', () => {
      expect(most(fineOf(looksOf(sweeping(), 20, 250)))).toBeLessThanOrEqual(16);
      const schedule = sweeping();
      const behind = Array.from({ length: 24 }, (_, i) => schedule.next(250 * (i + 1), [], true).map(keyOf));
      expect(most(behind)).toBeLessThanOrEqual(7);
      expect(new Set(fineOf(behind).flat()).size).toBe(fine.length);
    });

    it.each([1, 5])('takes none after the sweep with %d known faces that move before a background at rest', (count) => {
      const changes = new ChangeMap();
      const schedule = new LiveSchedule(FRAME, changes, 0, true);
      const frames = Array.from({ length: 90 }, (_, i) => {
        const faces = Array.from({ length: count }, (__, k) => square(60 + 240 * k + 20 * Math.sin(i / 5), 300, 120));
        changes.update(new SceneLooks(FRAME, faces).thumbnail);
        return schedule.next((i + 1) * FRAME_MS, faces).map(keyOf);
      });
      expect(new Set(fineOf(frames.slice(0, 30)).flat()).size).toBe(fine.length);
      expect(fineOf(frames.slice(30)).flat()).toEqual([]);
    });

    it('starts the sweep at its own pace once a large face has left that had made the tiles pointless', () => {
      const schedule = sweeping();
      const large = pixelRect(400, 200, 300, 300);
      const next = (i: number, faces: PixelRect[]) => schedule.next((i + 1) * FRAME_MS, faces).map(keyOf);
      expect(fineOf(Array.from({ length: 60 }, (_, i) => next(i, [large]))).flat()).toEqual([]);
      const after = fineOf(Array.from({ length: 27 }, (_, i) => next(60 + i, [])));
      expect(most(after)).toBeLessThanOrEqual(5);
      expect(new Set(after.flat()).size).toBe(fine.length);
    });
  });

  it('looks at changed places within a second, except around followed faces', () => {
    const changes = new ChangeMap();
    changes.update(gray());
    const [schedule, other] = [new LiveSchedule(FRAME, changes, 0, false), new LiveSchedule(FRAME, changes, 0, false)];
    const changed = gray().fill(220, 4 * (5 * THUMBNAIL.width + 20), 4 * (5 * THUMBNAIL.width + 21));
    changes.update(changed);
    const isTileThere = ({ region: { x, y, width, height } }: Look) => width < FRAME.width && x <= 820 && x + width >= 820 && y <= 220 && y + height >= 220;
    const taken = (of: LiveSchedule, known: PixelRect[]) =>
      Array.from({ length: 30 }, (_, i) => of.next((i + 1) * FRAME_MS, known)).flat().filter(isTileThere).length;
    expect(taken(schedule, [])).toBeGreaterThanOrEqual(3);
    expect(taken(other, [pixelRect(760, 160, 120, 120)])).toBe(0);
  });
});
