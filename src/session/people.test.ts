import { describe, expect, it } from 'vitest';
import type { Expression } from '../engine/labels';
import type { ClassifiedFace, FrameResult } from '../engine/types';
import { facesAt } from './faces-at';
import { KeyMoments } from './key-moments';
import { classifiedFace, frameOf as frame } from './observation-fixture';
import { ObservationStore } from './observation-store';
import { isBrief, mainPeople } from './people';
import { PeopleTally, type PersonSummary } from './statistics';
import { TrackNumbers } from './track-numbers';

function face(track: number, x: number, label: Expression = 'happy', confidence = 0.7, uncertain = false): ClassifiedFace {
  return { ...classifiedFace(track, label, confidence, uncertain), box: { x, y: 0, width: 50, height: 50 } };
}

function storeOf(...frames: FrameResult[]): ObservationStore {
  const store = new ObservationStore();
  for (const each of frames) store.append(each);
  return store;
}

describe('facesAt', () => {
  const store = storeOf(frame(0, face(1, 0), face(2, 300)), frame(100, face(1, 40)), frame(200, face(1, 80), face(3, 500)));
  const at = (ms: number) => facesAt(store, ms, 100).map(({ face: { track }, box }) => [track, box.x]);

  it('gives the faces of a frame at its own time', () => expect(at(0)).toEqual([[1, 0], [2, 300]]));
  it('interpolates boxes between two frames', () => expect(at(150)).toEqual([[1, 60]]));
  it('keeps a lost face for half the interval', () => {
    expect(at(49)).toContainEqual([2, 300]);
    expect(at(51)).not.toContainEqual([2, 300]);
  });
  it('does not show a face before it appears', () => expect(at(199).map(([track]) => track)).toEqual([1]));
  it('ends with the last frame', () => {
    expect(at(249)).toHaveLength(2);
    expect(at(400)).toEqual([]);
  });
  it('does not interpolate across a gap', () => {
    const gap = storeOf(frame(0, face(1, 0)), frame(100), frame(200), frame(300, face(1, 300)));
    expect(facesAt(gap, 150, 100)).toEqual([]);
    expect(facesAt(gap, 300, 100).map(({ box }) => box.x)).toEqual([300]);
  });
});

function peopleOf(...frames: FrameResult[]): PersonSummary[] {
  const tally = new PeopleTally();
  for (const each of storeOf(...frames).since(0)) tally.add(each);
  return tally.summaries();
}

describe('mainPeople', () => {
  const tracks = (people: readonly PersonSummary[]) => people.map(({ person }) => person);

  it('excludes people who were seen only briefly', () => {
    const frames = Array.from({ length: 10 }, (_, i) => frame(i * 100, face(2, 0), ...(i < 3 ? [face(1, 300)] : [])));
    const people = peopleOf(...frames);
    expect(people.filter((person) => isBrief(person, 100)).map((each) => each.person)).toEqual([1]);
    expect(tracks(mainPeople(people, 100))).toEqual([2]);
  });

  it('accepts two frames a second apart, but treats a single frame as brief', () => {
    const people = peopleOf(frame(0, face(1, 0), face(2, 300)), frame(1000, face(1, 0)));
    expect(tracks(mainPeople(people, 1000))).toEqual([1]);
  });

  it('keeps everybody if all are brief', () => {
    expect(tracks(mainPeople(peopleOf(frame(0, face(2, 300), face(1, 0))), 1000))).toEqual([1, 2]);
  });
});

function keyMoments(store: ObservationStore, most: number, tracks = [1, 2]) {
  const moments = new KeyMoments();
  for (const each of store.since(-Infinity)) moments.add(each);
  return moments.choose(most, new Set(tracks));
}

describe('KeyMoments', () => {
  it('picks the clearest frame of each period of one expression, in order of time', () => {
    const store = storeOf(
      frame(0, face(1, 0, 'happy', 0.6)),
      frame(100, face(1, 10, 'happy', 0.9), face(2, 300, 'sad', 0.8)),
      frame(200, face(1, 20, 'happy', 0.7)),
      frame(300, face(1, 30, 'neutral', 0.3, true)),
      frame(400, face(1, 40, 'angry', 0.8)),
    );
    expect(keyMoments(store, 10).map(({ track, timestampMs, label, box }) => [track, timestampMs, label, box.x])).toEqual([
      [1, 100, 'happy', 10],
      [2, 100, 'sad', 300],
      [1, 400, 'angry', 40],
    ]);
  });

  it('prefers the longest period of each expression if there are too many', () => {
    const labels: Expression[] = ['happy', 'happy', 'happy', 'sad', 'happy', 'happy', 'fear', 'happy'];
    const store = storeOf(...labels.map((label, i) => frame(i * 100, face(1, 0, label))));
    expect(keyMoments(store, 3).map(({ label, timestampMs }) => [label, timestampMs])).toEqual([
      ['happy', 0],
      ['sad', 300],
      ['fear', 600],
    ]);
  });

  it('includes only the requested tracks', () => {
    const store = storeOf(frame(0, face(1, 0, 'happy'), face(2, 300, 'sad')));
    expect(keyMoments(store, 5, [2]).map(({ track }) => track)).toEqual([2]);
  });

  it('returns nothing for an empty store', () => expect(keyMoments(storeOf(), 5)).toEqual([]));
});

describe('TrackNumbers', () => {
  const tracks = (result: FrameResult) => result.faces.map(({ track }) => track);

  it('keeps numbers until the engine is replaced, then assigns new ones', () => {
    const numbers = new TrackNumbers(1);
    expect(tracks(numbers.renumber(frame(0, face(1, 0), face(3, 300)), 1))).toEqual([1, 3]);
    expect(tracks(numbers.renumber(frame(100, face(1, 0)), 2))).toEqual([4]);
    expect(tracks(numbers.renumber(frame(200, face(2, 0)), 2))).toEqual([5]);
  });

  it('starts a new range on demand, even with the same engine', () => {
    const numbers = new TrackNumbers(1);
    numbers.renumber(frame(0, face(2, 0)), 1);
    numbers.startAnew(1);
    expect(tracks(numbers.renumber(frame(1, face(1, 0)), 1))).toEqual([3]);
  });
});
