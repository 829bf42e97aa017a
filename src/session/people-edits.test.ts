import { describe, expect, it } from 'vitest';
import { classifiedFace } from './observation-fixture';
import { nextPerson, PeopleAssignment, toPeopleEdits, UNEDITED, type PeopleEdit } from './people-edits';

const of = (...edits: PeopleEdit[]) => PeopleAssignment.of(edits);
const merge = (person: number, other: number): PeopleEdit => ({ kind: 'merge', person, other });
const split = (person: number, atMs: number, into: number): PeopleEdit => ({ kind: 'split', person, atMs, into });
/** Persons of tracks 1 to 3 at a time. */
const at = (people: PeopleAssignment, ms: number) => [1, 2, 3].map((track) => people.personOf(track, ms));

describe('PeopleAssignment', () => {
  it('initially assigns each track to a person of its own', () => {
    expect(at(UNEDITED, 0)).toEqual([1, 2, 3]);
    expect(UNEDITED.nameOf(1)).toBeNull();
    expect(UNEDITED.leftOut).toEqual([]);
  });

  it('merges people, including merged ones', () => {
    expect(at(of(merge(1, 3)), 0)).toEqual([1, 2, 1]);
    expect(at(of(merge(2, 3), merge(1, 2)), 0)).toEqual([1, 1, 1]);
    expect(at(of(merge(1, 1)), 0)).toEqual([1, 2, 3]);
  });

  it('splits a person at a time, and keeps the earlier part', () => {
    const people = of(split(1, 5000, 4));
    expect(at(people, 4999)).toEqual([1, 2, 3]);
    expect(at(people, 5000)).toEqual([4, 2, 3]);
  });

  it('splits all tracks of a merged person, and splits a part again', () => {
    const people = of(merge(1, 2), split(1, 5000, 4), split(4, 8000, 5));
    expect([0, 5000, 8000].map((ms) => at(people, ms))).toEqual([[1, 1, 3], [4, 4, 3], [5, 5, 3]]);
    const before = of(split(1, 8000, 4), split(1, 5000, 5));
    expect([0, 5000, 8000].map((ms) => before.personOf(1, ms))).toEqual([1, 5, 4]);
  });

  it('merges a split-off part with another person', () => {
    const people = of(split(1, 5000, 4), merge(2, 4));
    expect([at(people, 0), at(people, 6000)]).toEqual([[1, 2, 3], [2, 2, 3]]);
  });

  it('excludes and includes people, and names them; a merge keeps the only name', () => {
    const people = of({ kind: 'leave-out', person: 2 }, { kind: 'leave-out', person: 3 }, { kind: 'take-in', person: 2 });
    expect(people.leftOut).toEqual([3]);
    expect([2, 3].map((person) => people.isLeftOut(person))).toEqual([false, true]);
    const anna: PeopleEdit = { kind: 'name', person: 2, name: 'Anna' };
    expect(of(anna).nameOf(2)).toBe('Anna');
    expect(of(anna, merge(1, 2)).nameOf(1)).toBe('Anna');
    expect(of(anna, { kind: 'name', person: 1, name: 'Ben' }, merge(1, 2)).nameOf(1)).toBe('Ben');
    expect(of(anna, { kind: 'name', person: 2, name: '' }).nameOf(2)).toBeNull();
  });

  it('stores a baseline until it is removed; a merge keeps the only one', () => {
    const probabilities = classifiedFace(1, 'sad').smoothed;
    const neutral: PeopleEdit = { kind: 'neutral', person: 2, fromMs: 0, toMs: 5000, probabilities, readings: 9 };
    expect(of(neutral).baselineOf(2)).toEqual({ probabilities, readings: 9 });
    expect(of(neutral).hasBaselines).toBe(true);
    expect(of(neutral, merge(1, 2)).baselineOf(1)).toEqual({ probabilities, readings: 9 });
    expect(of(neutral, { kind: 'no-neutral', person: 2 }).hasBaselines).toBe(false);
    expect(UNEDITED.baselineOf(2)).toBeNull();
  });

  it('undoes an edit by omitting the last one', () => {
    const edits = [merge(1, 2), split(1, 5000, 4), { kind: 'leave-out', person: 4 } as const];
    expect(at(of(...edits.slice(0, 2)), 6000)).toEqual([4, 4, 3]);
    expect(at(of(...edits.slice(0, 1)), 6000)).toEqual([1, 1, 3]);
    expect(at(of(), 6000)).toEqual([1, 2, 3]);
  });

  it('lists people after edits', () => {
    expect(UNEDITED.among([1, 2, 3])).toEqual([1, 2, 3]);
    expect(of(merge(1, 2), split(1, 5000, 4), { kind: 'leave-out', person: 3 }).among([1, 2, 3])).toEqual([1, 4]);
  });

  it("does not confuse a split-off person's number with a track", () => {
    expect(of(merge(1, 4), split(1, 10, 4)).personOf(4, 0)).toBe(4);
  });
});

describe('nextPerson', () => {
  it('returns an unused number', () => {
    expect(nextPerson([], [])).toBe(1);
    expect(nextPerson([1, 7, 3], [])).toBe(8);
    expect(nextPerson([1, 2], [split(1, 0, 9)])).toBe(10);
  });
});

describe('toPeopleEdits', () => {
  it('keeps valid edits and drops all others', () => {
    const sound = [merge(1, 2), split(1, 5, 3), split(1, -900.5, 3), { kind: 'name', person: 1, name: 'Anna' }, { kind: 'leave-out', person: 1 }, { kind: 'take-in', person: 1 }, { kind: 'keep-apart', person: 1, other: 2 }, { kind: 'neutral', person: 1, fromMs: null, toMs: null, probabilities: classifiedFace(1, 'sad').smoothed, readings: 3 }, { kind: 'neutral', person: 1, fromMs: -1500, toMs: -20.5, probabilities: classifiedFace(1, 'sad').smoothed, readings: 3 }, { kind: 'no-neutral', person: 1 }];
    const broken = [{ kind: 'neutral', person: 1, fromMs: 0, toMs: 1, probabilities: { sad: 1 }, readings: 3 }, null, 'merge', {}, { kind: 'merge', person: 1 }, { kind: 'split', person: 1, atMs: NaN, into: 2 }, { kind: 'name', person: 1, name: 5 }, { kind: 'name', person: -1, name: '' }, { kind: 'marry', person: 1, other: 2 }, { kind: 'name', person: 1, name: 'a'.repeat(1000) }];
    expect(toPeopleEdits(structuredClone([...broken, ...sound]))).toEqual(sound);
    expect(toPeopleEdits(undefined)).toEqual([]);
  });
});
