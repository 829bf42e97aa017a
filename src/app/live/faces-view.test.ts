import { describe, expect, it, vi } from 'vitest';
import { pixelRect } from '../../engine/geometry';
import type { FaceObservation, FrameResult } from '../../engine/types';
import { frameOf as frame, skippedFace } from '../../session/observation-fixture';
import { ObservationStore } from '../../session/observation-store';
import { FacesView, inPairs, shareOut } from './faces-view';

function face(track: number, side = 100): FaceObservation {
  return { ...skippedFace(track), box: pixelRect(0, 0, side, side) };
}

function show(store: ObservationStore, view: FacesView, result: FrameResult): void {
  store.append(result);
  view.refresh();
}

describe('FacesView', () => {
  it('keeps cards in order of track, whatever the order of the faces', () => {
    const store = new ObservationStore();
    const view = new FacesView(store);
    show(store, view, frame(0, face(3), face(1)));
    show(store, view, frame(40, face(2), face(3), face(1)));
    expect(view.getSnapshot().cards.map((card) => card.track)).toEqual([1, 2, 3]);
  });

  it('keeps the card of a lost face for a moment, then drops it', () => {
    const store = new ObservationStore();
    const view = new FacesView(store);
    show(store, view, frame(0, face(1), face(2)));
    show(store, view, frame(600, face(2)));
    expect(view.getSnapshot().cards.map((card) => card.present)).toEqual([false, true]);
    show(store, view, frame(1300, face(2)));
    expect(view.getSnapshot().cards.map((card) => card.track)).toEqual([2]);
  });

  it('reports an empty view only after a second', () => {
    const store = new ObservationStore();
    const view = new FacesView(store);
    show(store, view, frame(0));
    show(store, view, frame(900));
    expect(view.getSnapshot().nobody).toBe(false);
    show(store, view, frame(1000));
    expect(view.getSnapshot().nobody).toBe(true);
    show(store, view, frame(1040, face(1)));
    expect(view.getSnapshot().nobody).toBe(false);
  });

  it('focuses on the largest face until one is picked', () => {
    const store = new ObservationStore();
    const view = new FacesView(store);
    show(store, view, frame(0, face(1, 50), face(2, 200)));
    expect(view.getSnapshot().focused).toBe(2);
    view.pick(1);
    expect(view.getSnapshot().focused).toBe(1);
  });

  it('returns to the largest face when the pick is undone, even if it is only slightly larger', () => {
    const store = new ObservationStore();
    const view = new FacesView(store);
    show(store, view, frame(0, face(1, 105), face(2, 100)));
    view.pick(2);
    view.pick(null);
    expect(view.getSnapshot().focused).toBe(1);
  });

  it('publishes the first face immediately, then at reading speed, not the camera’s', () => {
    vi.useFakeTimers();
    const store = new ObservationStore();
    const view = new FacesView(store);
    const listener = vi.fn();
    const leave = view.subscribe(listener);
    store.append(frame(0, face(1)));
    vi.advanceTimersByTime(1);
    expect(listener).toHaveBeenCalledTimes(1);
    for (let t = 20; t < 1000; t += 20) {
      store.append(frame(t, face(1)));
      vi.advanceTimersByTime(20);
    }
    expect(listener.mock.calls.length).toBeGreaterThan(6);
    expect(listener.mock.calls.length).toBeLessThanOrEqual(10);
    const calls = listener.mock.calls.length;
    leave();
    store.append(frame(2000, face(1)));
    vi.advanceTimersByTime(1000);
    expect(listener).toHaveBeenCalledTimes(calls);
    vi.useRealTimers();
  });
});

describe('shareOut', () => {
  const cards = [1, 3, 4, 7, 9, 12].map((track) => ({ face: face(track), track, present: true }));
  const tracks = (some: readonly { readonly track: number }[]) => some.map(({ track }) => track);
  const shared = (focused: number | null, mostFull: number, mostBrief: number) => {
    const { full, brief, rest } = shareOut(cards, focused, mostFull, mostBrief);
    return [tracks(full), tracks(brief), rest];
  };

  it('shows faces beyond the full cards as brief cards', () => {
    expect(shared(null, 3, 24)).toEqual([[1, 3, 4], [7, 9, 12], 0]);
    expect(shared(3, 3, 24)).toEqual([[1, 3, 4], [7, 9, 12], 0]);
  });

  it('gives the focused face a full card, and a brief one to the face it displaces', () => {
    expect(shared(9, 3, 24)).toEqual([[1, 3, 9], [4, 7, 12], 0]);
  });

  it('promotes no other card for a focused face that is gone', () => {
    expect(shared(2, 3, 24)).toEqual([[1, 3, 4], [7, 9, 12], 0]);
  });

  it('counts the faces beyond the brief cards', () => {
    expect(shared(null, 2, 3)).toEqual([[1, 3], [4, 7, 9], 1]);
    expect(shared(12, 2, 3)).toEqual([[1, 12], [3, 4, 7], 1]);
  });

  it('uses no brief cards if all fit', () => {
    expect(shared(12, 6, 24)).toEqual([[1, 3, 4, 7, 9, 12], [], 0]);
  });
});

it.each([
  [1, [1, 3, 4, 7, 9]],
  // Track 3 is shown below two others, one of which is the track after it.
  [3, [1, 4, 3, 7, 9]],
  [4, [1, 3, 4, 7, 9]],
  [7, [1, 3, 4, 9, 7]],
  [9, [1, 3, 4, 7, 9]],
  [null, [1, 3, 4, 7, 9]],
] as const)('orders cards in pairs as they are seen around %s', (focused, order) => {
  const cards = [1, 3, 4, 7, 9].map((track) => ({ face: face(track), track, present: true }));
  expect(inPairs(cards, focused).map(({ track }) => track)).toEqual(order);
});
