import { expect, it, vi } from 'vitest';
import { Store } from './store';

it('tells its listeners of every change until they leave', () => {
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

it('gives the value at once to one who watches', () => {
  const store = new Store('first');
  const seen: string[] = [];
  const leave = store.watch((value) => seen.push(value));
  store.set('second');
  leave();
  store.set('third');
  expect(seen).toEqual(['first', 'second']);
});
