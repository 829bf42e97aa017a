import { describe, expect, it } from 'vitest';
import { defaultName } from '../../words/session';
import { sessionStem } from './session-file';

describe('sessionStem', () => {
  const startedAtMs = new Date(2026, 6, 5, 14, 3, 9).getTime();

  it('names a clip by folder and file, a renamed session by its name', () => {
    expect(sessionStem({ kind: 'video', name: 'P01/webcam.mp4', startedAtMs })).toBe('P01_webcam');
    expect(sessionStem({ kind: 'video', name: 'Take 3.5', startedAtMs })).toBe('Take 3.5');
    expect(sessionStem({ kind: 'video', name: 'P01/webcam.mp4 (2)', startedAtMs })).toBe('P01_webcam (2)');
  });

  it('starts with the time for a recording', () => {
    expect(sessionStem({ kind: 'webcam', name: defaultName(startedAtMs), startedAtMs })).toBe('2026-07-05-14-03-09_webcam');
    expect(sessionStem({ kind: 'webcam', name: `${defaultName(startedAtMs)} (2)`, startedAtMs })).toBe('2026-07-05-14-03-09_webcam');
    expect(sessionStem({ kind: 'webcam', name: 'First: interview?', startedAtMs })).toBe('2026-07-05-14-03-09_First- interview-');
  });
});
