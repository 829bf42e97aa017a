import { expect, test } from 'vitest';
import { differences, type Look } from './look';
import { writeLooks } from './write-looks';

const PAGE: Look = {
  boxes: { header: [0, 0, 1280, 68], 'nav Places': [124, 12, 420, 44], 'h2 a.jpg': [16, 200, 90, 22], 'button Add': [16, 240, 130, 40], 'section Result': [960, 260, 286, 220], footer: [0, 900, 1280, 85] },
  ink: { canvas: 0.08 },
  colours: { light: ['eeeeeeeeeeee', 'eeefff333eee', 'eeefff...eee', 'eeeeeeeeeeee'], dark: ['111111111111', '111222ddd111', '111222...111', '111111111111'] },
};

const moved = (by: (name: string) => number, wider = 0): Look => ({
  ...PAGE,
  boxes: Object.fromEntries(Object.entries(PAGE.boxes).map(([name, [x, y, w, h]]) => [name, [x + wider, y + by(name), w + wider, h] as const])),
});
const colours = (light: readonly string[]): Look => ({ ...PAGE, colours: { ...PAGE.colours, light } });

test('tolerates differences between rasterisers: stray pixels, slightly different ink, one level of colour, a shift by a cell', () => {
  expect(differences(PAGE, PAGE)).toEqual([]);
  expect(differences(PAGE, moved((name) => name.length, 6))).toEqual([]);
  expect(differences(PAGE, { ...PAGE, ink: { canvas: 0.05 } })).toEqual([]);
  expect(differences(PAGE, colours(['eeeeeeeeeeee', 'dddeee444ddd', 'eeefff...eee', 'eeeeeeeeeeee']))).toEqual([]);
  expect(differences(PAGE, colours(['eeeeeeeeeeee', 'eeeeeefff333', 'eeefff...eee', 'eeeeeeeeeeee']))).toEqual([]);
});

test('reports a missing part, a wrapped row, a blank chart and a wrong colour once each', () => {
  const { 'section Result': gone, ...rest } = PAGE.boxes;
  expect(differences(PAGE, { ...PAGE, boxes: rest })).toEqual([`section Result: is gone, was at ${gone?.slice(0, 2).join(', ')}`]);
  const below = new Set(['section Result', 'footer']);
  expect(differences(PAGE, moved((name) => (below.has(name) ? 48 : 0)))).toEqual(['section Result: moved down by 48 px against what comes before it']);
  expect(differences(PAGE, { ...PAGE, ink: {} })).toEqual(['canvas: 0.0% of it is drawn on, not 8.0%']);
  expect(differences(PAGE, colours(PAGE.colours['dark'] ?? []))).toEqual([expect.stringMatching(/^light: 7 of 16 cells have another colour, in columns 0 to 3, rows 0 to 3; the first is #111, not #eee/)]);
  expect(differences(PAGE, { ...PAGE, boxes: { ...PAGE.boxes, dialog: [0, 0, 10, 10] } })).toEqual(['dialog: is new, at 0, 0']);
});

test('writes a line per box and row, and reads the file back unchanged', () => {
  const text = writeLooks({ page: PAGE });
  expect(text).toContain('   "header": [0, 0, 1280, 68],\n');
  expect(JSON.parse(text)).toEqual({ page: PAGE });
});
