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
  it.each([null, '', 'not JSON', '[]', 'null', '3'])('takes the defaults from %j', (text) => {
    expect(parseSettings(text)).toEqual(DEFAULT_SETTINGS);
  });

  it('keeps what makes sense and drops what does not', () => {
    const stored = { theme: 'dark', backend: 'quantum', smoothingMs: -1, mirror: 'yes', cameraId: 'abc', pauseWhenHidden: false, recordLook: 'faceless', recordFormat: 'gif' };
    expect(parseSettings(JSON.stringify(stored))).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', cameraId: 'abc', pauseWhenHidden: false, recordLook: 'faceless' });
  });
});

describe('SettingsStore', () => {
  it('remembers a change in its storage', () => {
    const storage = memoryStorage(null);
    new SettingsStore(() => storage).update({ backend: 'wasm' });
    expect(new SettingsStore(() => storage).getSnapshot().backend).toBe('wasm');
  });

  it('leaves what another tab changed meanwhile', () => {
    const storage = memoryStorage(null);
    const [one, other] = [new SettingsStore(() => storage), new SettingsStore(() => storage)];
    one.update({ theme: 'dark' });
    other.update({ smoothingMs: 0 });
    expect(new SettingsStore(() => storage).getSnapshot()).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', smoothingMs: 0 });
    expect(other.getSnapshot().theme).toBe(DEFAULT_SETTINGS.theme);
  });

  it('works in memory and tells its listeners where storage is denied', () => {
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
