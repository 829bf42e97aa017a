import { describe, expect, it } from 'vitest';
import { FaceTracker } from './face-tracker';
import { overlap, pixelRect } from './geometry';
import type { FaceDetection } from './types';

interface Person {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

type Path = (seconds: number) => Person | null;

function face({ x, y, side }: Person): FaceDetection {
  const p = { x, y };
  return {
    box: pixelRect(x - side / 2, y - side / 2, side, side),
    score: 0.9,
    keypoints: { rightEye: p, leftEye: p, noseTip: p, mouthCenter: p, rightEarTragion: p, leftEarTragion: p },
  };
}

const at = (x: number, y: number, side = 100): Person => ({ x, y, side });
const ids = (tracker: FaceTracker, people: readonly Person[], t: number): number[] =>
  tracker.update(people.map(face), t).map((f) => f.track);

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Behaviour of a detector on two overlapping faces. */
type Crossing = 'both' | 'front-only' | 'blend';

interface Simulation {
  readonly fps: number;
  readonly seconds: number;
  /** Jitter of box centre and size, as a share of the side. */
  readonly jitter?: number;
  readonly crossing?: Crossing;
  /** Probability that a face is missed in a frame. */
  readonly missing?: number;
  /** Relative jitter of the frame interval. */
  readonly dtJitter?: number;
  readonly seed?: number;
}

/** Runs the people past a simulated detector; returns each one's ids, one per frame in which it alone was found. */
function simulate(paths: readonly Path[], options: Simulation): number[][] {
  const { fps, seconds, jitter = 0.02, crossing = 'both', missing = 0, dtJitter = 0, seed = 1 } = options;
  const next = random(seed);
  const wobble = (): number => (next() + next() - 1) * 2 * jitter;
  const tracker = new FaceTracker();
  const given: number[][] = paths.map(() => []);
  for (let frame = 0; frame <= seconds * fps; frame++) {
    const t = (frame + dtJitter * (next() - 0.5)) / fps;
    const seen: { owner: number; person: Person }[] = [];
    paths.forEach((path, owner) => {
      const person = path(t);
      if (!person || next() < missing) return;
      const trembling = {
        x: person.x + wobble() * person.side,
        y: person.y + wobble() * person.side,
        side: person.side * (1 + wobble()),
      };
      const rival = seen.find((s) => overlap(face(s.person).box, face(trembling).box) > 0.3);
      if (!rival || crossing === 'both') seen.push({ owner, person: trembling });
      else if (crossing === 'blend') {
        rival.person = at((rival.person.x + trembling.x) / 2, (rival.person.y + trembling.y) / 2, (rival.person.side + trembling.side) / 2);
        rival.owner = -1;
      }
    });
    // The detector sorts by score, so the order carries no information.
    if (next() < 0.5) seen.reverse();
    ids(tracker, seen.map((s) => s.person), t * 1000).forEach((id, i) => {
      const owner = seen[i]?.owner ?? -1;
      if (owner >= 0) given[owner]?.push(id);
    });
  }
  return given;
}

/** First and last id, and the share of frames between with another id. */
function summary(list: readonly number[] | undefined): { first: number | undefined; last: number | undefined; astray: number } {
  const [first, last] = [list?.[0], list?.at(-1)];
  return { first, last, astray: (list ?? []).filter((id) => id !== first).length / (list?.length ?? 1) };
}

const distinct = (list: readonly number[] | undefined): number[] => [...new Set(list)];
const walk = (fromX: number, toX: number, y: number, seconds: number, side = 100): Path => (t) =>
  at(fromX + ((toX - fromX) * t) / seconds, y, side);

describe('FaceTracker', () => {
  it('reports new faces from their first frame, with ids from 1', () => {
    const tracker = new FaceTracker();
    expect(ids(tracker, [at(100, 100), at(400, 100)], 0)).toEqual([1, 2]);
    expect(ids(tracker, [at(402, 101), at(99, 100)], 33)).toEqual([2, 1]);
    expect(ids(tracker, [at(700, 100), at(402, 101), at(99, 100)], 66)).toEqual([3, 2, 1]);
  });

  describe('people who cross', () => {
    const SPEEDS = [1, 2, 4];
    const cases = (['both', 'front-only', 'blend'] as const).flatMap((crossing) =>
      [60, 30, 15, 10].flatMap((fps) => SPEEDS.map((seconds) => ({ crossing, fps, seconds }))),
    );
    it.each(cases)('keep their ids: detector sees $crossing, $fps fps, in $seconds s', ({ crossing, fps, seconds }) => {
      for (let seed = 1; seed <= 20; seed++) {
        const given = simulate([walk(100, 500, 200, seconds), walk(500, 100, 215, seconds)], { crossing, fps, seconds, seed });
        expectKept(given, `seed ${seed}`);
        expect(distinct(given.flat()).sort()).toEqual([1, 2]);
      }
    });

    it('keep their ids when one walks past another who sits', () => {
      for (let seed = 1; seed <= 20; seed++) {
        const given = simulate([() => at(300, 200), walk(50, 550, 190, 2)], { crossing: 'front-only', fps: 30, seconds: 2, seed });
        expectKept(given, `seed ${seed}`);
      }
    });

    it('keep their ids when three meet in one place', () => {
      const paths = [walk(50, 550, 200, 2), walk(550, 50, 230, 2), (t: number) => at(300, 20 + 180 * t)];
      for (let seed = 1; seed <= 20; seed++) {
        const given = simulate(paths, { crossing: 'both', fps: 30, seconds: 2, seed });
        expectKept(given, `seed ${seed}`);
      }
    });

    /** Where they coincide they cannot be told apart: a frame or two may be wrong, but each leaves with its own id. */
    function expectKept(given: readonly number[][], name: string): void {
      for (const list of given) {
        const { first, last, astray } = summary(list);
        expect(last, name).toBe(first);
        expect(astray, name).toBeLessThan(0.1);
      }
    }
  });

  describe('short losses', () => {
    it.each([100, 300, 600, 1000])('survives %d ms without a detection', (lostMs) => {
      const tracker = new FaceTracker();
      for (let t = 0; t <= 500; t += 33) ids(tracker, [at(200, 200)], t);
      for (let t = 528; t < 500 + lostMs; t += 33) ids(tracker, [], t);
      expect(tracker.liveTracks).toEqual([1]);
      expect(ids(tracker, [at(210, 195)], 500 + lostMs)).toEqual([1]);
    });

    it.each([300, 600])('finds a walking face again after %d ms behind something', (lostMs) => {
      const tracker = new FaceTracker();
      const place = (t: number): Person => at(100 + 0.15 * t, 200);
      for (let t = 0; t <= 990; t += 33) ids(tracker, [place(t)], t);
      for (let t = 1023; t < 990 + lostMs; t += 33) ids(tracker, [], t);
      expect(ids(tracker, [place(990 + lostMs)], 990 + lostMs)).toEqual([1]);
    });

    it('survives a detector that misses one frame in three', () => {
      const given = simulate([walk(100, 500, 200, 4), () => at(300, 500)], { fps: 30, seconds: 4, missing: 0.33, seed: 5 });
      expect(given.map(distinct)).toEqual([[distinct(given[0])[0]], [distinct(given[1])[0]]]);
    });

    it('forgets a face after about one second, and never reuses its id', () => {
      const tracker = new FaceTracker();
      ids(tracker, [at(200, 200)], 0);
      for (let t = 33; t < 1600; t += 33) ids(tracker, [], t);
      expect(tracker.liveTracks).toEqual([]);
      expect(ids(tracker, [at(200, 200)], 1633)).toEqual([2]);
      tracker.endTracks(1666);
      expect(ids(tracker, [at(200, 200)], 1666)).toEqual([3]);
      for (let t = 1700; t < 3300; t += 33) ids(tracker, [], t);
      expect(tracker.liveTracks).toEqual([]);
    });
  });

  it('gives a new id to someone who enters elsewhere when another leaves', () => {
    const tracker = new FaceTracker();
    for (let t = 0; t <= 990; t += 33) ids(tracker, [at(80, 200), at(900, 200)], t);
    expect(ids(tracker, [at(500, 200), at(900, 200)], 1023)).toEqual([3, 2]);
  });

  it('gives a new id to a newcomer beside a face that stays, even if another has just left', () => {
    const tracker = new FaceTracker();
    for (let t = 0; t <= 990; t += 33) ids(tracker, [at(200, 200), at(350, 200)], t);
    // The first has left; the second stays; a third appears on the second's other side.
    expect(ids(tracker, [at(350, 200), at(500, 200)], 1023)).toEqual([2, 3]);
  });

  it('does not match a face of a very different size', () => {
    const tracker = new FaceTracker();
    ids(tracker, [at(300, 200, 60)], 0);
    expect(ids(tracker, [at(300, 200, 180)], 33)).toEqual([2]);
  });

  it.each([60, 30, 10, 5, 2, 1])('follows two people who sway, at %d fps with jittered frame times', (fps) => {
    const sway = (x: number, phase: number): Path => (t) => at(x + 40 * Math.sin(t * 1.5 + phase), 200 + 10 * Math.sin(t * 3), 110);
    const given = simulate([sway(150, 0), sway(420, 2)], { fps, seconds: 20, dtJitter: 0.6, jitter: 0.03 });
    expect(given.map((list) => distinct(list).length)).toEqual([1, 1]);
    expect(given[0]?.length).toBe(20 * fps + 1);
  });

  it('follows a face through a change of the frame rate', () => {
    const tracker = new FaceTracker();
    const times = [...Array(30).keys()].map((i) => i * 16).concat([...Array(10).keys()].map((i) => 500 + i * 200), [2316, 2333, 2350, 3000, 3033]);
    for (const t of times) expect(ids(tracker, [at(100 + t * 0.1, 200), at(100 + t * 0.1, 400)], t)).toEqual([1, 2]);
  });

  it('follows a face that comes nearer', () => {
    const given = simulate([(t) => at(300, 200, 40 * 2 ** t)], { fps: 10, seconds: 3 });
    expect(given.map(distinct)).toEqual([[1]]);
  });

  it('keeps twenty faces apart', () => {
    const paths: Path[] = [...Array(20).keys()].map((i) => (t) =>
      at(60 + (i % 5) * 120 + 15 * Math.sin(t * 2 + i), 60 + Math.floor(i / 5) * 120 + 15 * Math.cos(t * 2 + i), 80),
    );
    const given = simulate(paths, { fps: 30, seconds: 5, missing: 0.1, jitter: 0.03 });
    expect(given.map((list) => distinct(list).length)).toEqual(Array(20).fill(1));
    expect(distinct(given.flat()).length).toBe(20);
  });

  it('stays fast and correct with two hundred boxes', () => {
    const tracker = new FaceTracker();
    const crowd = [...Array(200).keys()].map((i) => at((i % 20) * 30, Math.floor(i / 20) * 30, 50));
    const first = ids(tracker, crowd, 0);
    const started = performance.now();
    expect(ids(tracker, crowd, 33)).toEqual(first);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('never gives one id to two faces of a frame', () => {
    const next = random(9);
    const tracker = new FaceTracker();
    for (let t = 0; t < 10_000; t += 33) {
      const people = [...Array(Math.floor(next() * 8)).keys()].map(() => at(next() * 640, next() * 480, 20 + next() * 200));
      const given = ids(tracker, people, t);
      expect(new Set(given).size).toBe(people.length);
      for (const id of given) expect(tracker.liveTracks).toContain(id);
    }
  });

  describe('odd input', () => {
    it('accepts empty frames', () => {
      const tracker = new FaceTracker();
      expect(tracker.update([], 0)).toEqual([]);
      expect(tracker.update([], 33)).toEqual([]);
      expect(tracker.liveTracks).toEqual([]);
    });

    it('gives invalid boxes ids that are never reused, and disturbs no other face', () => {
      const tracker = new FaceTracker();
      const broken = [at(NaN, 1), at(1, Infinity), at(5, 5, 0), at(5, 5, -20), at(5, 5, NaN)];
      const faces = [at(100, 100), ...broken, at(300, 100)].map(face);
      const seen = new Set<number>();
      for (const t of [0, 33, 66]) {
        const tracked = tracker.update(faces, t);
        expect(tracked).toHaveLength(faces.length);
        expect([tracked[0]?.track, tracked[6]?.track]).toEqual([1, 7]);
        expect(tracker.liveTracks).toEqual([1, 7]);
        for (const { track } of tracked.slice(1, 6)) {
          expect(seen.has(track)).toBe(false);
          seen.add(track);
        }
      }
    });

    it('accepts times that stand still, jump back, or are not numbers', () => {
      const tracker = new FaceTracker();
      for (const t of [0, 33, 33, 33, 10, NaN, 43, -5000, -4967, Infinity, -4900]) {
        expect(ids(tracker, [at(100, 100), at(400, 100)], t)).toEqual([1, 2]);
      }
    });

    it('counts one face found twice as two', () => {
      const tracker = new FaceTracker();
      expect(ids(tracker, [at(100, 100), at(100, 100)], 0)).toEqual([1, 2]);
      expect(ids(tracker, [at(100, 100), at(100, 100)], 33).sort()).toEqual([1, 2]);
    });

    it('keeps everything finite when a box jumps across extreme distances', () => {
      const tracker = new FaceTracker();
      ids(tracker, [at(0, 0, 1e-9)], 0);
      ids(tracker, [at(1e300, 1e300, 1e150)], 1);
      expect(ids(tracker, [at(1e300, 1e300, 1e150)], 2)).toEqual([2]);
    });
  });
});
