import type { ReadingAccount, ReadingSetup } from './reading-account';

/** For tests: one minute of a clip in a folder, at ten samples per second. */
export const SETUP: ReadingSetup = {
  source: {
    ...{ name: 'P01/webcam.mp4', bytes: 123_456, container: 'mp4', codec: 'avc1.42E01E', width: 640, height: 480 },
    ...{ durationMs: 60_100, startMs: 0, brokenOffAtMs: null },
  },
  ...{ partMs: [0, 60_100], rateAsked: 10, search: 'thorough', smoothingMs: 0, sensitivity: 'balanced', backend: 'wasm', appVersion: '0.2.0' },
  startedAtMs: Date.UTC(2026, 10, 28, 18),
};

/** A complete reading. */
export function accountFixture(change: Partial<ReadingAccount> = {}): ReadingAccount {
  return { ...SETUP, framesAsked: 601, framesRead: 601, framesLeftOut: [], ending: 'complete', ...change };
}
