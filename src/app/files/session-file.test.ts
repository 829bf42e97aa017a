import { describe, expect, it } from 'vitest';
import { sessionFileName } from './session-file';

describe('sessionFileName', () => {
  it.each([
    ['Webcam, 5 Jul 2026, 14:03', 'Webcam, 5 Jul 2026, 14-03.json'],
    ['../../etc/passwd', '-..-etc-passwd.json'],
    ['  \u0000\n ', '-.json'],
    ['…', '….json'],
    ['. .', 'session.json'],
    ['', 'session.json'],
    ['x'.repeat(300), `${'x'.repeat(100)}.json`],
    ['👩‍🚀 Gespräch?', '👩‍🚀 Gespräch-.json'],
  ])('%j', (name, expected) => expect(sessionFileName(name, 'json')).toBe(expected));
});
