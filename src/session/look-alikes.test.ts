import { describe, expect, it } from 'vitest';
import { APPEARANCE_BYTES } from '../engine/appearance';
import { findLookAlikes } from './look-alikes';
import { PeopleAssignment, type PeopleEdits } from './people-edits';
import { summarise, type PersonSummary } from './statistics';

const look = (shade: number) => new Uint8Array(APPEARANCE_BYTES).fill(shade);
/** Tracks 1, 2 and 4 are one person, 3 is another. */
const LOOKS = new Map([[1, look(128)], [2, look(130)], [3, look(190)], [4, look(131)]]);

function seen(person: number, firstMs: number, lastMs: number, tracks = [person]): PersonSummary {
  return { person, tracks, firstMs, lastMs, summary: summarise([]) };
}

function pairs(people: readonly PersonSummary[], edits: PeopleEdits = []) {
  return findLookAlikes(people, LOOKS, PeopleAssignment.of(edits), edits).map(({ person, other }) => [person, other]);
}

const PEOPLE = [seen(3, 3000, 4000), seen(2, 1500, 2500), seen(1, 0, 1000)];

describe('findLookAlikes', () => {
  it('proposes people who look alike and appear at different times, earlier one first', () => {
    expect(pairs(PEOPLE)).toEqual([[1, 2]]);
  });

  it('lists the most similar pairs first', () => {
    expect(pairs([...PEOPLE, seen(4, 5000, 6000)])).toEqual([[2, 4], [1, 2], [1, 4]]);
  });

  it('never proposes people who are visible at the same time', () => {
    expect(pairs([seen(1, 0, 1000), seen(2, 500, 2500)])).toEqual([]);
  });

  it('skips people who were kept apart, split or excluded', () => {
    for (const edits of [
      [{ kind: 'keep-apart', person: 2, other: 1 }],
      [{ kind: 'split', person: 1, atMs: 1200, into: 2 }],
      [{ kind: 'leave-out', person: 2 }],
    ] satisfies PeopleEdits[]) {
      expect(pairs(PEOPLE, edits)).toEqual([]);
    }
  });

  it('compares all tracks of a person', () => {
    expect(pairs([seen(3, 0, 1000, [3, 1]), seen(2, 1500, 2500)])).toEqual([[3, 2]]);
  });

  it('skips people without known appearance', () => {
    expect(pairs([seen(7, 0, 1000), seen(8, 1500, 2500)])).toEqual([]);
  });
});
