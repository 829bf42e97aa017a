import { describe, expect, it, vi } from 'vitest';
import { pixelRect } from '../../engine/geometry';
import type { FaceObservation, FrameResult } from '../../engine/types';
import { frameOf as frame, skippedFace } from '../../session/observation-fixture';
import { ObservationStore } from '../../session/observation-store';
import { cardsToShow, FacesView } from './faces-view';

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

  it('keeps the card of a face that was lost a moment ago, and drops it soon', () => {
    const store = new ObservationStore();
    const view = new FacesView(store);
    show(store, view, frame(0, face(1), face(2)));
    show(store, view, frame(600, face(2)));
    expect(view.getSnapshot().cards.map((card) => card.present)).toEqual([false, true]);
    show(store, view, frame(1300, face(2)));
    expect(view.getSnapshot().cards.map((card) => card.track)).toEqual([2]);
  });

  it('says that nobody is there only after a second', () => {
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

  it('goes back to the largest face when the pick is undone, though it is hardly larger', () => {
    const store = new ObservationStore();
    const view = new FacesView(store);
    show(store, view, frame(0, face(1, 105), face(2, 100)));
    view.pick(2);
    view.pick(null);
    expect(view.getSnapshot().focused).toBe(1);
  });

  it('publishes the first face at once, then at reading speed, not at the camera’s', () => {
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

describe('cardsToShow', () => {
  const cards = [1, 3, 4, 7].map((track) => ({ face: face(track), track, present: true }));
  const shown = (focused: number | null, most: number) => cardsToShow(cards, focused, most).map(({ track }) => track);

  it('shows the first ones, and always the focused one', () => {
    expect(shown(null, 3)).toEqual([1, 3, 4]);
    expect(shown(3, 3)).toEqual([1, 3, 4]);
    expect(shown(7, 3)).toEqual([1, 3, 7]);
  });

  it('shows no other in the place of a focused one that is gone', () => {
    expect(shown(2, 3)).toEqual([1, 3, 4]);
  });

  it('shows all where there is room', () => {
    expect(shown(7, 6)).toEqual([1, 3, 4, 7]);
  });
});
