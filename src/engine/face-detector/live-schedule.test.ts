import { describe, expect, it } from 'vitest';
import { pixelRect, type PixelRect } from '../geometry';
import { THUMBNAIL } from '../scene-change';
import { ChangeMap } from './change-map';
import { LiveSchedule } from './live-schedule';
import type { Look } from './look';
import { fastLooks } from './search-lattice';

const FRAME = { width: 1280, height: 720 };
const FRAME_MS = 33;
const { wholes, tiles } = fastLooks(FRAME);
const keyOf = ({ range, region, turn }: Look) => JSON.stringify([range, region, turn]);

/** Looks of so many frames, in order. */
function looksOf(schedule: LiveSchedule, frames: number, frameMs = FRAME_MS): string[][] {
  return Array.from({ length: frames }, (_, i) => schedule.next((i + 1) * frameMs, []).map(keyOf));
}

function gray(): Uint8ClampedArray {
  return new Uint8ClampedArray(4 * THUMBNAIL.width * THUMBNAIL.height).fill(120);
}

describe('LiveSchedule', () => {
  it('shows the whole picture to both networks in each second, and every look again some time', () => {
    const frames = looksOf(new LiveSchedule(FRAME, new ChangeMap(), 0), 3000);
    for (let from = 0; from + 31 < 300; from += 31) {
      const second = frames.slice(from, from + 31).flat();
      for (const look of wholes.slice(0, 2)) expect(second).toContain(keyOf(look));
    }
    expect(new Set(frames.flat())).toEqual(new Set([...wholes, ...tiles].map(keyOf)));
  });

  it('takes more looks at each of few frames, none where no time has passed', () => {
    const schedule = new LiveSchedule(FRAME, new ChangeMap(), 0);
    const [second] = looksOf(schedule, 1, 1000);
    expect(second).toHaveLength(3);
    expect(second).toEqual(expect.arrayContaining(wholes.slice(0, 2).map(keyOf)));
    expect(schedule.next(1000, [])).toEqual([]);
  });

  it('looks within a second at what changed, unless somebody is followed there', () => {
    const changes = new ChangeMap();
    changes.update(gray());
    const [schedule, other] = [new LiveSchedule(FRAME, changes, 0), new LiveSchedule(FRAME, changes, 0)];
    const changed = gray().fill(220, 4 * (5 * THUMBNAIL.width + 20), 4 * (5 * THUMBNAIL.width + 21));
    changes.update(changed);
    const isTileThere = ({ region: { x, y, width, height } }: Look) => width < FRAME.width && x <= 820 && x + width >= 820 && y <= 220 && y + height >= 220;
    const taken = (of: LiveSchedule, known: PixelRect[]) =>
      Array.from({ length: 30 }, (_, i) => of.next((i + 1) * FRAME_MS, known)).flat().filter(isTileThere).length;
    expect(taken(schedule, [])).toBeGreaterThanOrEqual(3);
    expect(taken(other, [pixelRect(760, 160, 120, 120)])).toBe(0);
  });
});
