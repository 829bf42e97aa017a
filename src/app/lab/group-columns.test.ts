import { expect, it } from 'vitest';
import { groupColumns } from './group-columns';

const face = (columns: Record<string, string>, person: string | null = null) => ({ columns, person });

it('groups faces by each column with repeating values, and by person', () => {
  const faces = Array.from({ length: 50 }, (_, i) => face({ id: `i${i}`, sex: i % 2 ? 'f' : 'm', site: 'here', place: `p${i % 30}`, row: `${i}` }, i < 20 ? `a${i % 4}` : null));
  const columns = groupColumns(faces);
  expect(columns.map(({ name }) => name)).toEqual(['sex', 'place', null]);
  expect([columns[0]?.values[0], columns[2]?.values[1], columns[2]?.values[30]]).toEqual(['m', 'a1', '']);
});

it('divides many numbers into four ranges with about the same number of faces', () => {
  const ages = Array.from({ length: 100 }, (_, i) => face({ age: i === 99 ? '' : `${18 + (i % 40)}` }));
  const [age] = groupColumns(ages);
  const counts = new Map(age?.ranges?.map(({ name }) => [name, age.values.filter((value) => value === name).length]));
  // 40 ages: 18 to 36 occur three times, 37 to 57 twice.
  expect(Object.fromEntries(counts)).toEqual({ '18 to 26': 27, '27 to 34': 24, '35 to 45': 24, '46 to 57': 24 });
  expect(age?.values[99]).toBe('');
});

it('groups by measurements even if no value repeats, but not by file numbers', () => {
  const measured = Array.from({ length: 120 }, (_, i) => face({ yaw: `${(i - 60) * 0.5}`, bytes: `${20_000 + 37 * i}`, file: `${1000 + i + Math.floor(i / 2)}` }));
  const columns = groupColumns(measured);
  expect(columns.map(({ name }) => name)).toEqual(['yaw', 'bytes']);
  expect(columns[0]?.ranges?.map(({ least, most }) => [least, most])).toEqual([[-30, -15.5], [-15, -0.5], [0, 14.5], [15, 29.5]]);
});

it('never makes ranges from subject numbers', () => {
  const subjects = Array.from({ length: 120 }, (_, i) => face({ subject: `${i % 30}`, age: `${i % 60}` }, `${i % 30}`));
  const columns = groupColumns(subjects);
  expect(columns.map(({ name, ranges }) => [name, ranges?.length ?? null])).toEqual([['subject', null], ['age', 4]]);
  expect(columns[0]?.values[31]).toBe('1');
});

it('lists people once', () => {
  expect(groupColumns([face({ subject: 'a' }, 'a'), face({ subject: 'b' }, 'b'), face({ subject: 'b' }, 'b')]).map(({ name }) => name)).toEqual(['subject']);
  expect(groupColumns([face({ subject: 'a' }, 'c'), face({ subject: 'b' }, 'c'), face({ subject: 'b' }, 'd')]).map(({ name }) => name)).toEqual(['subject', null]);
});

it('keeps few distinct numbers as they are, and handles an empty data set', () => {
  expect(groupColumns([face({ n: '1' }), face({ n: '2' }), face({ n: '2' })])).toEqual([{ name: 'n', values: ['1', '2', '2'], ranges: null }]);
  expect(groupColumns([])).toEqual([]);
});
