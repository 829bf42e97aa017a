import { describe, expect, it } from 'vitest';
import { clockTicks, following, moved, zoomed } from './timeline-view';

const WHOLE = { fromMs: 0, toMs: 60_000 };

describe('zoomed', () => {
  it('keeps the anchor time in place', () => {
    expect(zoomed(WHOLE, WHOLE, 0.5, 20_000)).toEqual({ fromMs: 10_000, toMs: 40_000 });
    expect(zoomed({ fromMs: 10_000, toMs: 40_000 }, WHOLE, 2, 20_000)).toEqual(WHOLE);
  });
  it('stays within the whole', () => {
    expect(zoomed({ fromMs: 50_000, toMs: 60_000 }, WHOLE, 2, 60_000)).toEqual({ fromMs: 40_000, toMs: 60_000 });
    expect(zoomed(WHOLE, WHOLE, 4, 0)).toEqual(WHOLE);
  });
  it('stops at the shortest span, and leaves a shorter clip whole', () => {
    expect(zoomed({ fromMs: 0, toMs: 600 }, WHOLE, 0.1, 0)).toEqual({ fromMs: 0, toMs: 500 });
    const short = { fromMs: 0, toMs: 200 };
    expect(zoomed(short, short, 0.5, 100)).toEqual(short);
  });
  it('accepts a clip of zero length', () => expect(zoomed({ fromMs: 0, toMs: 0 }, { fromMs: 0, toMs: 0 }, 0.5, 0)).toEqual({ fromMs: 0, toMs: 0 }));
});

it('moves no further than the whole', () => {
  expect(moved({ fromMs: 0, toMs: 10_000 }, WHOLE, 5000)).toEqual({ fromMs: 5000, toMs: 15_000 });
  expect(moved({ fromMs: 0, toMs: 10_000 }, WHOLE, -5000)).toEqual({ fromMs: 0, toMs: 10_000 });
  expect(moved({ fromMs: 0, toMs: 10_000 }, WHOLE, 90_000)).toEqual({ fromMs: 50_000, toMs: 60_000 });
});

it('follows a time that leaves the view, and otherwise stays put', () => {
  const view = { fromMs: 10_000, toMs: 20_000 };
  expect(following(view, WHOLE, 15_000)).toBe(view);
  expect(following(view, WHOLE, 20_500)).toEqual({ fromMs: 19_500, toMs: 29_500 });
  expect(following(view, WHOLE, 0)).toEqual({ fromMs: 0, toMs: 10_000 });
});

describe('clockTicks', () => {
  const texts = (fromMs: number, toMs: number, widthPx: number) => clockTicks({ fromMs, toMs }, widthPx).map(({ text }) => text);
  it.each([
    [0, 60_000, 600, ['0:00', '0:10', '0:20', '0:30', '0:40', '0:50', '1:00']],
    [0, 60_000, 200, ['0:00', '0:30', '1:00']],
    [400, 1000, 500, ['0:00.4', '0:00.5', '0:00.6', '0:00.7', '0:00.8', '0:00.9', '0:01.0']],
    [0, 7_200_000, 400, ['0:00', '30:00', '1:00:00', '1:30:00', '2:00:00']],
    [0, 0, 400, ['0:00.0']],
  ])('%d to %d on %d pixels', (fromMs, toMs, widthPx, expected) => expect(texts(fromMs, toMs, widthPx)).toEqual(expected));
});
