import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { recallLibraryView, rememberLibraryView } from './library-view';

const NEW = { search: '', order: 'newest' };
const session = (id: string, state: 'complete' | 'open' = 'complete') => ({ id, state });

let stored: Map<string, string>;
beforeEach(() => {
  stored = new Map();
  vi.stubGlobal('sessionStorage', { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => stored.set(key, value), removeItem: (key: string) => stored.delete(key) });
});
afterEach(() => void vi.unstubAllGlobals());

it('is restored for the same sessions, also after some were deleted', () => {
  expect(recallLibraryView([session('a')])).toEqual(NEW);
  rememberLibraryView({ search: 'P07', order: 'name' }, [session('a'), session('b')]);
  expect(recallLibraryView([session('a'), session('b')])).toEqual({ search: 'P07', order: 'name' });
  expect(recallLibraryView([session('b')])).toEqual({ search: 'P07', order: 'name' });
});

it('hides no session that was added or finished since behind its search', () => {
  rememberLibraryView({ search: 'P07', order: 'name' }, [session('a'), session('b', 'open')]);
  expect(recallLibraryView([session('a'), session('b', 'open')]).search).toBe('P07');
  expect(recallLibraryView([session('a'), session('b')])).toEqual({ search: '', order: 'name' });
  expect(recallLibraryView([session('c'), session('a')])).toEqual({ search: '', order: 'name' });
});

it('is forgotten once all sessions are deleted', () => {
  rememberLibraryView({ search: 'P07', order: 'name' }, [session('a')]);
  rememberLibraryView({ search: 'P07', order: 'name' }, []);
  expect(stored.size).toBe(0);
});

it('starts over if something else is stored', () => {
  stored.set('mien.library-view', '{"search": 3, "order": "loudest", "known": "a"}');
  expect(recallLibraryView([])).toEqual(NEW);
});
