import { expect, it } from 'vitest';
import { everything, filmOf } from './film-pieces';

const listed = [0, 40, 80, 120, 160].map((timestampMs) => ({ timestampMs, durationMs: 40, key: true, afterHole: false }));
const times = (pieces: Parameters<typeof filmOf>[1]) => filmOf(listed, pieces).indices.map(({ timesMs, endMs }) => [...timesMs, endMs]);

it('includes everything without edits', () => expect([times(undefined), filmOf(listed, undefined).editedAtMs]).toEqual([[[0, 40, 80, 120, 160, 200]], null]));

it('includes frames before 0, with their own times, of a container that displays them', () => {
  const early = [40, -80, -40, 0].map((timestampMs) => ({ timestampMs, durationMs: 40, key: true, afterHole: false }));
  const shown = (film: ReturnType<typeof filmOf>) => film.indices.map(({ timesMs, endMs }) => [...timesMs, endMs]);
  expect(shown(filmOf(early, everything(early)))).toEqual([[-80, -40, 0, 40, 80]]);
  expect(shown(filmOf(early, undefined))).toEqual([[0, 40, 80]]);
  expect(filmOf(early, everything(early))).toMatchObject({ isSpliced: false, editedAtMs: null });
});

it('includes the pieces of an edit list in their order, each held until the next one begins', () => {
  const pieces = [{ fromMs: 80, toMs: 160, atMs: 0 }, { fromMs: 500, toMs: 600, atMs: 80 }, { fromMs: 0, toMs: 60, atMs: 300 }];
  expect(times({ pieces, otherSpeedAtMs: null })).toEqual([[0, 40, 300], [300, 340, 360]]);
  expect([pieces, pieces.slice(0, 1)].map((some) => filmOf(listed, { pieces: some, otherSpeedAtMs: null }).isSpliced)).toEqual([true, false]);
});

it('includes everything if a list shows nothing, and reports it', () => {
  const film = filmOf(listed, { pieces: [{ fromMs: 500, toMs: 600, atMs: 0 }], otherSpeedAtMs: null });
  expect([film.indices.map(({ count }) => count), film.editedAtMs]).toEqual([[5], 0]);
});

it('sorts the frames once for all pieces', () => {
  let looks = 0;
  const packets = Array.from({ length: 100 }, (_, i) => ({ durationMs: 40, key: true, afterHole: false, get timestampMs() { looks++; return i * 40; } }));
  const pieces = Array.from({ length: 150 }, (_, i) => ({ fromMs: 0, toMs: 40, atMs: i * 40 }));
  expect(filmOf(packets, { pieces, otherSpeedAtMs: null }).indices.length).toBe(150);
  expect(looks).toBeLessThan(5000);
});
