import { describe, expect, it } from 'vitest';
import { fitName, stemOfPath, timeInName, uniqueStems } from './file-names';

describe('stemOfPath', () => {
  it.each([
    ['P01/webcam.mp4', 'P01_webcam'],
    ['study/P01/webcam.final.mp4', 'study_P01_webcam.final'],
    ['a.jpg', 'a'],
    ['.hidden', 'hidden'],
    ['noextension', 'noextension'],
    ['v1.2/take_3', 'v1.2_take_3'],
    ['../../etc/passwd', 'etc_passwd'],
    ['CON.mp4', 'CON_'],
    ['take 3.5', 'take 3.5'],
    ['clip.3gp', 'clip'],
    ['', 'video'],
    ['.mp4', 'mp4'],
  ])('%j becomes %j', (path, stem) => expect(stemOfPath(path, 'video')).toBe(stem));

  it('keeps the end of a long path, which distinguishes files of one folder', () => {
    expect(stemOfPath(`${'x'.repeat(300)}/P01.mp4`, 'video')).toBe(`${'x'.repeat(96)}_P01`);
    expect(new TextEncoder().encode(stemOfPath(`${'👩‍🚀'.repeat(80)}.mp4`, 'video')).length).toBeLessThanOrEqual(200);
  });
});

describe('fitName', () => {
  it.each([
    ['Webcam, 5 Jul 2026, 14:03', 'Webcam, 5 Jul 2026, 14-03'],
    ['First: interview?', 'First- interview-'],
    ['  \u0000\n ', '-'],
    ['…', '…'],
    ['. .', 'session'],
    ['', 'session'],
    ['👩‍🚀 Gespräch?', '👩‍🚀 Gespräch-'],
    ['\u2068Person A\u2069', 'Person A'],
  ])('%j becomes %j', (text, name) => expect(fitName(text, 'session')).toBe(name));
});

it('formats a time so that names sort by it', () => {
  expect(timeInName(new Date(2026, 6, 5, 4, 3, 9))).toBe('2026-07-05-04-03-09');
});

describe('uniqueStems', () => {
  it('numbers colliding names, including one that already ends in a number', () => {
    expect(uniqueStems(['a', 'A', 'b', 'a', 'a (2)'])).toEqual(['a', 'A (2)', 'b', 'a (3)', 'a (2) (2)']);
  });
});
