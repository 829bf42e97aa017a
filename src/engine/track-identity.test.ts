import { describe, expect, it } from 'vitest';
import { appearanceDistance, APPEARANCE_BYTES, type Appearance } from './appearance';
import { faceAt } from './face-detector/face-fixture';
import { FaceTracker } from './face-tracker';
import { pixelRect } from './geometry';

const at = (x: number) => faceAt(pixelRect(x, 150, 100, 100));
const FACE = at(200);
const ids = (tracker: FaceTracker, places: readonly number[], t: number) => tracker.update(places.map(at), t).map(({ track }) => track);

describe('track identity', () => {
  describe('appearance', () => {
    /** Hair, clothes and skin of one shade each; each byte encodes a value, 0: unseen. */
    const look = (shade: number): Appearance => new Uint8Array(APPEARANCE_BYTES).fill(shade);
    const ANNA = look(128);
    const LIKE_ANNA = look(133);
    const COUSIN = look(136);
    const BEN = look(170);
    const seen = (tracker: FaceTracker, t: number, appearance: Appearance, transition?: 'continuous' | 'abrupt') =>
      tracker.update([FACE], t, { appearances: [appearance], ...(transition && { transition }) })[0];

    it('has the assumed distances for one person, two similar people and two different ones', () => {
      expect(appearanceDistance(ANNA, LIKE_ANNA)).toBeLessThan(0.12);
      expect(appearanceDistance(ANNA, COUSIN)).toBeGreaterThan(0.12);
      expect(appearanceDistance(ANNA, COUSIN)).toBeLessThan(0.22);
      expect(appearanceDistance(ANNA, BEN)).toBeGreaterThan(0.3);
    });

    it.each([33, 200, 1000])('gives another person in the same place a new id, at %d ms a frame', (intervalMs) => {
      const tracker = new FaceTracker();
      const given = [ANNA, ANNA, LIKE_ANNA, BEN, BEN].map((appearance, i) => seen(tracker, i * intervalMs, appearance)?.track);
      expect(given).toEqual([1, 1, 1, 2, 2]);
    });

    it('separates similar people where the picture changes abruptly, and only there', () => {
      const given = (transition: 'continuous' | 'abrupt') => {
        const tracker = new FaceTracker();
        seen(tracker, 0, ANNA);
        return seen(tracker, 100, COUSIN, transition)?.track;
      };
      expect(given('continuous')).toBe(1);
      expect(given('abrupt')).toBe(2);
    });

    it('separates people in other clothes at long intervals, but ignores an object before the chest from frame to frame', () => {
      // Shoulders and chest are the last two outer cells, of three bytes each; the inner ones show the face, which turns a little.
      const inOtherClothes = ANNA.map((value, at) => ([16, 17, 19, 20].includes(at) ? 168 : at >= 21 && at < 30 ? 136 : value));
      const given = (intervalMs: number) => {
        const tracker = new FaceTracker();
        seen(tracker, 0, ANNA);
        return seen(tracker, intervalMs, inOtherClothes)?.track;
      };
      expect(appearanceDistance(ANNA, inOtherClothes)).toBeLessThan(0.2);
      expect(given(1000)).toBe(2);
      expect(given(40)).toBe(1);
    });

    it('keeps the id where the same person moves abruptly', () => {
      const tracker = new FaceTracker();
      seen(tracker, 0, ANNA);
      expect(seen(tracker, 100, LIKE_ANNA, 'abrupt')?.track).toBe(1);
    });

    it('follows a slow change of light', () => {
      const tracker = new FaceTracker();
      for (let t = 0; t <= 30_000; t += 100) expect(seen(tracker, t, look(128 + t / 700))?.track).toBe(1);
    });

    it('is averaged over some seconds, and null if never seen', () => {
      const tracker = new FaceTracker();
      seen(tracker, 0, ANNA);
      expect(seen(tracker, 100, LIKE_ANNA)?.appearance).toEqual(ANNA);
      for (let t = 200; t < 15_000; t += 100) seen(tracker, t, LIKE_ANNA);
      expect(seen(tracker, 15_000, LIKE_ANNA)?.appearance).toEqual(LIKE_ANNA);
      expect(new FaceTracker().update([FACE], 0)[0]?.appearance).toBeNull();
    });

    it('restores the id of a person hidden for a moment, beside another who took the place', () => {
      const tracker = new FaceTracker();
      const given = [ANNA, BEN, ANNA].map((appearance, i) => seen(tracker, i * 400, appearance)?.track);
      expect(given).toEqual([1, 2, 1]);
    });
  });

  describe('appearance alone, beyond the reach', () => {
    const look = (shade: number): Appearance => new Uint8Array(APPEARANCE_BYTES).fill(shade);
    const [ANNA, BEN] = [look(128), look(170)];
    /** Two people who run past each other, 300 pixels (three faces) per frame. */
    const run = (intervalMs: number, looks: readonly (readonly [Appearance, Appearance])[]) => {
      const tracker = new FaceTracker();
      return looks.map((appearances, i) =>
        tracker.update([at(100 + 300 * i), at(1000 - 300 * i)], i * intervalMs, { appearances }).map(({ track }) => track),
      );
    };

    it('matches people at long intervals, and not where nobody runs that fast', () => {
      const seen = [[ANNA, BEN], [ANNA, BEN], [ANNA, BEN]] as const;
      expect(run(1000, seen)).toEqual([[1, 2], [1, 2], [1, 2]]);
      expect(run(100, seen)[1]).toEqual([3, 4]);
    });

    it('matches neither different people nor ones that look alike', () => {
      expect(run(1000, [[ANNA, BEN], [look(90), look(210)]])[1]).toEqual([3, 4]);
      expect(run(1000, [[ANNA, look(130)], [ANNA, look(130)]])[1]).toEqual([3, 4]);
    });
  });

  it('ends all tracks at a cut', () => {
    const tracker = new FaceTracker();
    ids(tracker, [200, 400], 0);
    tracker.endTracks(33);
    expect(ids(tracker, [200, 400], 33)).toEqual([3, 4]);
  });

  it('resumes the tracks from before an undone cut, and those from after it if that one is undone too', () => {
    const tracker = new FaceTracker();
    ids(tracker, [200, 400], 0);
    tracker.endTracks(33);
    expect(ids(tracker, [300], 33)).toEqual([3]);
    tracker.undoCuts(1, 66);
    expect(ids(tracker, [205, 405], 66)).toEqual([1, 2]);
    tracker.undoCuts(1, 99);
    expect(ids(tracker, [300], 99)).toEqual([3]);
    expect(tracker.liveTracks).toEqual([1, 2, 3]);
  });

  it('resumes no tracks if the cut is undone too late', () => {
    const tracker = new FaceTracker();
    ids(tracker, [200], 0);
    tracker.endTracks(33);
    for (let t = 33; t < 1300; t += 33) ids(tracker, [], t);
    tracker.undoCuts(1, 1320);
    expect(ids(tracker, [200], 1320)).toEqual([2]);
  });

  it.each([1, 10, 3600])('keeps the track on a picture held for %d s', (seconds) => {
    const tracker = new FaceTracker();
    for (let t = 0; t <= 1000; t += 100) ids(tracker, [200], t);
    expect(ids(tracker, [205], 1000 + seconds * 1000)).toEqual([1]);
  });
});
