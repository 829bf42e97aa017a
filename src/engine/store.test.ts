import { expect, it, vi } from 'vitest';
import { Store } from './store';

it('notifies listeners of every change until they unsubscribe', () => {
  const store = new Store({ a: 1, b: 2 });
  const listener = vi.fn();
  const leave = store.subscribe(listener);
  store.update({ b: 3 });
  expect(store.getSnapshot()).toEqual({ a: 1, b: 3 });
  expect(listener).toHaveBeenCalledTimes(1);
  leave();
  store.set({ a: 0, b: 0 });
  expect(listener).toHaveBeenCalledTimes(1);
});

it('calls a watcher with the value at once', () => {
  const store = new Store('first');
  const seen: string[] = [];
  const leave = store.watch((value) => seen.push(value));
  store.set('second');
  leave();
  store.set('third');
  expect(seen).toEqual(['first', 'second']);
});
