import { expect, it } from 'vitest';
import { splitForTeaching, wordSplit } from './teach-words';

const labels = Array.from({ length: 40 }, (_, i) => i % 2);
const bursts = labels.map((_, face) => face);

it('holds out whole people, and says so', async () => {
  const persons = labels.map((_, face) => `p${Math.floor(face / 10)}`);
  const split = await splitForTeaching(labels, persons, bursts, new AbortController().signal);
  expect(split).toMatchObject({ by: 'people', heldOutPeople: 1 });
  expect(wordSplit(split, persons)).toBe('It learned from 30 faces and was judged on 10 others, of one person whom it never saw; near-duplicates were kept together.');
});

it('states the limits of data with one person, or with unknown people', async () => {
  const one = labels.map(() => 'p');
  const split = await splitForTeaching(labels, one, bursts, new AbortController().signal);
  expect(split.by).toBe('copies');
  expect(split.heldOut.length).toBeGreaterThan(5);
  expect(wordSplit(split, one)).toContain('how well it reads anybody else is unknown');
  const nobody = labels.map(() => null);
  expect(wordSplit(await splitForTeaching(labels, nobody, bursts, new AbortController().signal), nobody)).toContain('the same people may be on both sides');
});
