import { expect, it } from 'vitest';
import { describeSession } from './session';

const SESSION = { kind: 'video', name: 'clip.mkv', startedAtMs: 0, durationMs: 4000, frames: 4, bytes: 84 } as const;

it('tells a session in which no frame was read from one without faces', () => {
  expect(describeSession(SESSION, 0)).toContain(' · nobody · ');
  expect(describeSession({ ...SESSION, frames: 0 }, 0)).toContain(' · no frame was read · ');
});
