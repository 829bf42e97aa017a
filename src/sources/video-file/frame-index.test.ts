import { describe, expect, it } from 'vitest';
import { FrameIndex } from './frame-index';

/** Packets in decode order; a time in brackets is a key frame. */
const index = (text: string, durationMs = 0) =>
  new FrameIndex(text.split(' ').map((each) => ({ timestampMs: Number(each.replace(/[[\]]/g, '')), durationMs, key: each.startsWith('['), afterHole: false })));

describe('FrameIndex', () => {
  it('numbers frames in display order, whatever their order in the file', () => {
    const reordered = index('[0] 120 40 80 240 160 200');
    expect([...reordered.timesMs]).toEqual([0, 40, 80, 120, 160, 200, 240]);
    expect([0, 1, 2, 3].map((position) => reordered.numberOf(position))).toEqual([0, 3, 1, 2]);
    expect(reordered.stretchFor(1)).toEqual({ from: 0, to: 2 });
  });

  it.each([
    ['its own duration', 500, 580],
    ['the usual interval where that is unknown', 0, 120],
    ['the usual interval where that is absurd', 1e12, 120],
  ])('ends after the last frame by %s', (_case, durationMs, endMs) => expect(index('[0] 40 80', durationMs).endMs).toBe(endMs));

  it('begins at 0 with the frame on screen then: players skip frames that an edit list puts before', () => {
    const cut = index('[-100] -60 -20 20 60');
    expect([...cut.timesMs]).toEqual([0, 20, 60]);
    expect(cut.numberOf(0)).toBe(-1);
    expect(cut.stretchFor(0)).toEqual({ from: 0, to: 2 });
  });

  it('shows the frames that begin in a piece, the first at its place and the last no longer than the piece', () => {
    const packets = [0, 120, 40, 80, 160].map((timestampMs, i) => ({ timestampMs, durationMs: 40, key: i === 0, afterHole: false }));
    const trimmed = new FrameIndex(packets, { fromMs: 20, toMs: 130, atMs: 500 });
    expect([[...trimmed.timesMs], trimmed.endMs]).toEqual([[500, 540, 580], 610]);
    expect(trimmed.stretchFor(2)).toEqual({ from: 0, to: 1 });
    expect(trimmed.numberOf(0)).toBe(-1);
    // A last frame that rounding puts beyond the end keeps its duration.
    expect(new FrameIndex(packets, { fromMs: 0, toMs: 199, atMs: 0 }).endMs).toBe(200);
    expect(new FrameIndex(packets, { fromMs: 0, toMs: 80, atMs: 0 }, 1000).endMs).toBe(1000);
  });

  it('decodes from the key frame before the last also where a piece ends before the last', () => {
    const packets = [0, 120, 40, 80, 240, 160, 200].map((timestampMs, i) => ({ timestampMs, durationMs: 40, key: i === 0 || i === 4, afterHole: false }));
    const piece = new FrameIndex(packets, { fromMs: 0, toMs: 240, atMs: 0 });
    expect([4, 5].map((number) => piece.stretchFor(number))).toEqual([{ from: 0, to: 5 }, { from: 0, to: 6 }]);
  });

  it('looks for lost frames only in the displayed piece', () => {
    const packets = [0, 40, 160, 200].map((timestampMs, i) => ({ timestampMs, durationMs: 40, key: true, afterHole: i === 2 }));
    expect(new FrameIndex(packets, { fromMs: 0, toMs: 80, atMs: 1000 }).isInHole(1100)).toBe(false);
    expect(new FrameIndex(packets, { fromMs: 40, toMs: 300, atMs: 1000 }).lostBefore(1)).toEqual([1040, 1080]);
  });

  it('keeps all frames that begin at 0', () => {
    expect([...index('[0] 0 40 80').timesMs]).toEqual([0, 0, 40, 80]);
    expect([...index('[-40] 0 0 40').timesMs]).toEqual([0, 0, 40]);
  });

  it('begins at a refresh for frames that are right after it, and has no entry for those before', () => {
    const renewed = new FrameIndex(Array.from({ length: 12 }, (_, i) => ({ timestampMs: i * 40, durationMs: 40, key: i === 1 || i === 6, ...((i === 1 || i === 6) && { rightFrom: i + 3 }), afterHole: false })));
    expect([0, 3, 4, 8, 9].map((number) => renewed.stretchFor(number)?.from ?? null)).toEqual([null, null, 1, 1, 6]);
    expect([renewed.keyBefore(12), renewed.keyBefore(6), renewed.keyBefore(1)]).toEqual([6, 1, -1]);
  });

  it('shows all frames of a file with only negative times, shifted to 0', () => {
    const below = index('[-500] -460 -420');
    expect([[...below.timesMs], below.endMs]).toEqual([[0, 40, 80], 120]);
  });

  it.each([
    [-1, -1],
    [0, 0],
    [39.995, 1],
    [79, 1],
    [9999, 2],
  ])('finds the frame on screen at %d: %d', (timeMs, number) => expect(index('[0] 40 80').numberAt(timeMs)).toBe(number));

  it('decodes from the previous key frame for frames displayed before a key frame but stored after it', () => {
    const open = index('[0] 40 80 [200] 120 160 240');
    expect(open.stretchFor(3)).toEqual({ from: 0, to: 4 });
    expect(open.stretchFor(5)).toEqual({ from: 3, to: 3 });
  });

  it('has nothing to decode for frames before the first key frame', () => {
    const late = index('0 40 [80] 120');
    expect(late.stretchFor(0)).toBeNull();
    expect(late.stretchFor(3)).toEqual({ from: 2, to: 3 });
  });

  it('joins the stretches to decode for several frames, and skips groups of pictures without one', () => {
    const groups = index('[0] 10 20 [30] 40 50 [60] 70 80 [90] 100 110');
    expect([...groups.stretchesFor([0, 2, 3, 10])]).toEqual([
      { from: 0, to: 3 },
      { from: 9, to: 10 },
    ]);
  });

  it('keeps frames with equal times apart', () => expect(index('[0] 40 40 80').count).toBe(4));
});
