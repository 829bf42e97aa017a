import { expect, it } from 'vitest';
import { LUMINANCE_BYTES } from '../../lab/faces';
import { categoriesOf, countsOf, pixelsOf } from './data-set';
import { categoriesBy, labelGroups, orderChoices, proposeAnswers } from './label-groups';

const item = (label: string, path: string | null) => ({ name: label, label, person: null, columns: {}, path });
const read = {
  items: [item('10', null), item('2', 'a.png'), item('2', null), item('2', null), item('2', null)],
  luminance: Uint8Array.from({ length: 4 * LUMINANCE_BYTES }, (_, i) => Math.floor(i / LUMINANCE_BYTES)),
  leftOut: [],
};

it('groups pictures by label in natural order, with examples', () => {
  const groups = labelGroups({ read });
  expect(groups.map(({ label, count }) => [label, count])).toEqual([['2', 4], ['10', 1]]);
  expect(groups[0]?.examples.map(({ item: i, path, luminance }) => [i, path, luminance?.[0]])).toEqual([[1, 'a.png', undefined], [2, null, 1], [3, null, 2]]);
});

it('proposes people from file names, not from names of tables and sheets', () => {
  const named = (names: readonly string[], isFile: boolean) => proposeAnswers({ ...read, items: names.map((name) => ({ ...item('sad', isFile ? name : null), name })) });
  const rows = ['fer2013.csv line 2', 'fer2013.csv line 3', 'ck48.csv line 2', 'ck48.csv line 3'];
  expect(named(rows, false).patterns).toEqual([]);
  expect(named(['S1_a.png', 'S1_b.png', 'S2_a.png', 'S2_b.png'], true).patterns).toMatchObject([{ people: 2 }]);
  const folders = (...names: readonly string[]) => names.flatMap((name) => ['1', '2'].map((picture) => `${name}/sad/${picture}.png`));
  expect(named(folders('S1', 'S2', 'S3'), true).pattern).toEqual({ clue: 'folder', people: 3 });
  // Groups may have such names too, so they are only offered.
  expect(named(folders('Asian', 'Black', 'White'), true)).toMatchObject({ patterns: expect.arrayContaining([{ clue: 'folder', people: 3 }]) as unknown, pattern: null });
});

it('offers the orders that fit the numbers, and maps by the chosen one', () => {
  const numbered = { read: { ...read, items: ['1', '7', '7'].map((label) => item(label, null)) }, categories: new Map([['1', null], ['7', null]]) };
  expect(orderChoices(numbered).map(({ id }) => id)).toContain('raf-db');
  expect(Object.fromEntries(categoriesBy(numbered, 'raf-db'))).toEqual({ 1: 'surprise', 7: 'neutral' });
  expect(orderChoices({ read: { ...read, items: [item('happy', null)] } })).toEqual([]);
});

it('lists classes in the order of the expressions, followed by custom ones', () => {
  expect(categoriesOf([{ category: 'tongue out' }, { category: 'sad' }, { category: null }, { category: 'angry' }])).toEqual(['angry', 'sad', 'tongue out']);
});

it('counts classes, people and near-duplicates', () => {
  const face = (category: string | null, person: string | null) => ({ name: '', label: '', columns: {}, category, person, concerned: false });
  const faces = [face('sad', 'Anna'), face('own', 'Ben'), face(null, null), face('sad', 'Anna'), face('angry', null)];
  const { byCategory, ...others } = countsOf({ faces, bursts: [0, 1, 2, 0, 0] });
  expect([...byCategory]).toEqual([['angry', 1], ['sad', 2], ['own', 1]]);
  expect(others).toEqual({ leftOut: 1, persons: 2, copies: 2 });
});

it('gathers the pixels of selected faces', () => {
  const some = pixelsOf({ luminance: read.luminance, colors: null }, [3, 1]);
  expect([some.luminance[0], some.luminance[LUMINANCE_BYTES], some.colors]).toEqual([3, 1, null]);
});
