import { describe, expect, it } from 'vitest';
import { FrameIndex, type ListedPacket } from './frame-index';
import { joinClocks, lacksFramesAtEnd, listPackets, markHoles, markLosses, markLostAtEnd } from './packet-list';
import type { TrackPackets } from './track-packets';

const times = (...given: readonly (readonly [timestampMs: number, key?: boolean])[]) => {
  const listed: ListedPacket[] = given.map(([timestampMs, key = false]) => ({ timestampMs, durationMs: 40, key, afterHole: false }));
  joinClocks(listed);
  return listed.map(({ timestampMs }) => timestampMs);
};

it('appends a part whose clock restarts', () => {
  expect(times([1400, true], [1440], [3000], [1400, true], [1440])).toEqual([1400, 1440, 3000, 3040, 3080]);
});

it('appends short parts', () => {
  expect(times([0, true], [200], [400], [0, true], [200], [0, true])).toEqual([0, 200, 400, 440, 640, 680]);
});

it('appends a part as one frame later whose first duration spans the frames stored after it', () => {
  const listed: ListedPacket[] = [0, 120, 40, 80, 0, 120, 40, 80].map((timestampMs, i) => ({ timestampMs, durationMs: i === 4 ? 120 : 40, key: i % 4 === 0, afterHole: false }));
  joinClocks(listed);
  expect(listed.map(({ timestampMs }) => timestampMs)).toEqual([0, 120, 40, 80, 160, 280, 200, 240]);
});

it('leaves reordered frames unchanged', () => {
  const reordered = [[0, true], [120], [40], [80], [240, true], [200]] as const;
  expect(times(...reordered)).toEqual([0, 120, 40, 80, 240, 200]);
});

it('treats every step back as a new clock if frames are stored in display order', () => {
  const listed: ListedPacket[] = [80, 40, 0, 41, 40].map((timestampMs, i) => ({ timestampMs, durationMs: -40, key: i === 0, afterHole: false }));
  joinClocks(listed, true);
  expect(listed.map(({ timestampMs }) => timestampMs)).toEqual([80, 119, 158, 199, 198]);
});

it('tolerates a slightly early time of one frame, and leaves later ones unchanged', () => {
  const listed: ListedPacket[] = [0, 40, 80, 77, 120, 160].map((timestampMs, i) => ({ timestampMs, durationMs: 40, key: i === 0, afterHole: false }));
  joinClocks(listed, true);
  expect(listed.map(({ timestampMs }) => timestampMs)).toEqual([0, 40, 80, 80.01, 120, 160]);
});

describe('a truncated film', () => {
  const lost = (given: readonly number[]) => {
    const listed: ListedPacket[] = given.map((timestampMs, i) => ({ timestampMs, durationMs: 40, key: i === 0, afterHole: false }));
    markLostAtEnd(listed);
    const index = new FrameIndex(listed);
    return { times: given.flatMap((_, number) => index.lostBefore(number)), undecodable: given.filter((_, number) => index.stretchFor(number) === null) };
  };

  it('marks frames as lost that were stored after its last ones and are displayed before these', () => {
    expect(lost([0, 160, 80, 40, 120, 320, 240, 200])).toEqual({ times: [280], undecodable: [] });
    expect(lost([0, 160, 80, 40, 120, 320])).toEqual({ times: [200, 240, 280], undecodable: [] });
    expect(lost([0, 160, 80, 40, 120])).toEqual({ times: [], undecodable: [] });
  });

  it('does not take a pause for lost frames before the end, in films without reordering, or if it is long', () => {
    const none = { times: [], undecodable: [] };
    expect(lost([0, 160, 80, 40, 120, 400, 560, 480, 440, 520])).toEqual(none);
    expect(lost([0, 40, 80, 120, 320])).toEqual(none);
    expect(lost([0, 160, 80, 40, 120, 5000])).toEqual(none);
  });
});

it.each([
  ['a gap before its last frame', [0, 160, 80, 40, 120, 320], true],
  ['none', [0, 160, 80, 40, 120, 320, 240, 200, 280], false],
  ['another gap, as if frames came irregularly', [0, 160, 80, 40, 120, 400, 560, 480, 440, 520, 720], false],
  ['a gap but no reordered frames', [0, 40, 80, 120, 320], false],
])('recognises by its times a film that lacks frames at its end: %s', (_case, times, lacks) => {
  expect(lacksFramesAtEnd(times.map((timestampMs, i) => ({ timestampMs, durationMs: 40, key: i === 0, afterHole: false })))).toBe(lacks);
});

it('finds the gaps of a damaged recording that is joined with another of the same times', async () => {
  const times = Array.from({ length: 40 }, (_, i) => 40 * i);
  const all = async function* () {
    for (const ms of [...times, ...times.filter((each) => each !== 120 && each !== 160)]) yield await Promise.resolve({ timestamp: ms / 1000, duration: 0.04, type: ms === 0 ? 'key' : 'delta' });
  };
  const { listed } = await listPackets({ all } as unknown as TrackPackets, { file: new Blob(['a film of many bytes'.repeat(10)]), cutShort: false, lacksBytes: false, holesMs: [null] });
  expect(listed.flatMap(({ afterHole }, position) => (afterHole ? [position] : []))).toEqual([43]);
});

describe('markLosses', () => {
  const LISTED: readonly ListedPacket[] = [0, 120, 40, 80, 400, 320, 360, 600].map((timestampMs, i) => ({ timestampMs, durationMs: 40, key: i % 4 === 0, afterHole: false }));
  const marks = (afterMs: number) => {
    const listed = [...LISTED];
    markLosses(listed, [{ afterMs }]);
    return listed.flatMap(({ afterHole, afterGap = false }, position) => [...(afterHole ? [`hole ${position}`] : []), ...(afterGap ? [`gap ${position}`] : [])]);
  };

  it('marks the packet behind a loss and the frame behind its gap', () => expect(marks(400)).toEqual(['hole 4', 'gap 5']));
  it('marks the gap of lost frames that would be displayed before the one stored before them', () => {
    const listed: ListedPacket[] = [0, 120, 40, 80, 240, 360, 280, 320].map((timestampMs, i) => ({ timestampMs, durationMs: 40, key: i === 0, afterHole: false }));
    markLosses(listed, [{ afterMs: 360 }]);
    expect(listed.map(({ afterHole, afterGap = false }) => [afterHole, afterGap])).toEqual(listed.map((_, i) => [i === 5, i === 4]));
  });

  it('marks the gap before the one stored before a hole', () => {
    const listed: ListedPacket[] = [0, 120, 40, 80, 240, 360, 280, 320].map((timestampMs, i) => ({ timestampMs, durationMs: 40, key: i === 0, afterHole: i === 5 }));
    markHoles(listed);
    expect(listed.map(({ afterGap = false }) => afterGap)).toEqual(listed.map((_, i) => i === 4));
  });

  it('finds a loss before the clock restarts', () => {
    const wrapMs = 2 ** 33 / 90;
    const listed: ListedPacket[] = [-200, -160, -40, 0].map((timestampMs, i) => ({ timestampMs, durationMs: 40, key: i === 0, afterHole: false }));
    markLosses(listed, [{ afterMs: wrapMs - 40 }]);
    expect(listed.map(({ afterHole, afterGap = false }) => [afterHole, afterGap])).toEqual([[false, false], [false, false], [true, true], [false, false]]);
  });

  it('finds a loss in a joined recording with the same times', () => {
    const whole = Array.from({ length: 40 }, (_, i) => 40 * i);
    const given = [...whole, ...whole.filter((ms) => ms !== 120 && ms !== 160), ...whole.map((ms) => ms + 20)];
    const listed: ListedPacket[] = given.map((timestampMs) => ({ timestampMs, durationMs: 40, key: true, afterHole: false }));
    markLosses(listed, [{ afterMs: 200 }]);
    const marked = listed.flatMap(({ afterHole, afterGap = false }, position) => (afterHole || afterGap ? [position] : []));
    expect(marked).toEqual([43]);
  });

  it('finds many losses without passing all packets for each', () => {
    let looks = 0;
    const listed = Array.from({ length: 20_000 }, (_, i): ListedPacket => ({
      ...{ durationMs: 40, key: i % 50 === 0, afterHole: false },
      get timestampMs() {
        looks++;
        return 40 * (i + Math.floor(i / 20));
      },
    }));
    markLosses(listed, Array.from({ length: 999 }, (_, i) => ({ afterMs: 40 * 21 * (i + 1) })));
    expect(listed.filter(({ afterGap = false }) => afterGap)).toHaveLength(999);
    expect(looks).toBeLessThan(20_000 * 50);
  });

  it('leaves other gaps, and a loss without one', () => expect([marks(40), marks(360)]).toEqual([[], []]));
});
