import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS, parseSettings, SettingsStore } from './settings';

function memoryStorage(initial: string | null) {
  let text = initial;
  return { getItem: () => text, setItem: (_: string, value: string) => void (text = value) };
}

function deniedStorage(): never {
  throw new DOMException('denied', 'SecurityError');
}

describe('parseSettings', () => {
  it.each([null, '', 'not JSON', '[]', 'null', '3'])('uses defaults for %j', (text) => {
    expect(parseSettings(text)).toEqual(DEFAULT_SETTINGS);
  });

  it('keeps valid values and drops others', () => {
    const stored = { theme: 'dark', backend: 'quantum', smoothingMs: -1, mirror: 'yes', cameraId: 'abc', pauseWhenHidden: false, recordLook: 'faceless', recordFormat: 'gif' };
    expect(parseSettings(JSON.stringify(stored))).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', cameraId: 'abc', pauseWhenHidden: false, recordLook: 'faceless' });
  });
});

describe('SettingsStore', () => {
  it('stores a change', () => {
    const storage = memoryStorage(null);
    new SettingsStore(() => storage).update({ backend: 'wasm' });
    expect(new SettingsStore(() => storage).getSnapshot().backend).toBe('wasm');
  });

  it('preserves what another tab changed meanwhile', () => {
    const storage = memoryStorage(null);
    const [one, other] = [new SettingsStore(() => storage), new SettingsStore(() => storage)];
    one.update({ theme: 'dark' });
    other.update({ smoothingMs: 0 });
    expect(new SettingsStore(() => storage).getSnapshot()).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', smoothingMs: 0 });
    expect(other.getSnapshot().theme).toBe(DEFAULT_SETTINGS.theme);
  });

  it('works in memory and notifies listeners if storage is denied', () => {
    const store = new SettingsStore(deniedStorage);
    const listener = vi.fn();
    const stop = store.subscribe(listener);
    store.update({ smoothingMs: 0 });
    stop();
    store.update({ smoothingMs: 10 });
    expect(store.getSnapshot()).toEqual({ ...DEFAULT_SETTINGS, smoothingMs: 10 });
    expect(listener).toHaveBeenCalledOnce();
  });
});
