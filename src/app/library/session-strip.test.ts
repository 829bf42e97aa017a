import { describe, expect, it } from 'vitest';
import type { Expression } from '../../engine/labels';
import { runsOf, stripOf } from './session-strip';

const shown = (label: Expression, timestampMs: number, untilMs: number, uncertain = false) => ({ label, timestampMs, untilMs, uncertain });

const within = (durationMs: number, startMs = 0) => ({ startMs, durationMs });

describe('stripOf', () => {
  it('names the expression shown longest in each part', () => {
    const faces = [shown('happy', 0, 600), shown('sad', 600, 1000), shown('neutral', 1000, 2000)];
    expect(stripOf(faces, within(2000), 2)).toEqual(['happy', 'neutral']);
  });

  it.each([180_000, -1500])('begins where the session does on its own clock, at %i ms', (startMs) => {
    const faces = [shown('happy', startMs, startMs + 600), shown('sad', startMs + 1000, startMs + 2000)];
    expect(stripOf(faces, within(2000, startMs), 2)).toEqual(['happy', 'sad']);
  });

  it('sums over all faces, and splits a long one among its parts', () => {
    const faces = [shown('happy', 0, 3000), shown('sad', 1000, 2000), shown('sad', 1000, 2000)];
    expect(stripOf(faces, within(3000), 3)).toEqual(['happy', 'sad', 'happy']);
  });

  it('names none without a face, or with uncertain faces only', () => {
    expect(stripOf([shown('fear', 0, 1000, true)], within(2000), 2)).toEqual([null, null]);
    expect(stripOf([], within(0), 3)).toEqual([null, null, null]);
  });

  it('counts the last frame, which has no duration', () => {
    expect(stripOf([shown('surprise', 1000, 1000)], within(1000), 2)).toEqual([null, 'surprise']);
  });
});

describe('runsOf', () => {
  it('merges equal neighbours, including gaps', () => {
    expect(runsOf([null, 'sad', 'sad', null, null, 'happy'])).toEqual([
      { part: null, count: 1 },
      { part: 'sad', count: 2 },
      { part: null, count: 2 },
      { part: 'happy', count: 1 },
    ]);
    expect(runsOf([])).toEqual([]);
  });
});
