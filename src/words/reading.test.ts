import { describe, expect, it } from 'vitest';
import { wordCounts, wordReading } from './reading';

const WHOLE = { source: { brokenOffAtMs: null }, partMs: [0, 60_000], framesAsked: 601, framesRead: 601, framesLeftOut: [], ending: 'complete' } as const;

describe('wordCounts', () => {
  it.each([
    [WHOLE, 'All 601 frames were read.'],
    [{ ...WHOLE, framesRead: 598, framesLeftOut: [{ reason: 'undecodable', count: 3 }] }, '598 of 601 frames read, 3 left out (undecodable).'],
    [
      { ...WHOLE, framesRead: 596, framesLeftOut: [{ reason: 'no-key-frame', count: 2 }, { reason: 'failed', count: 3 }] },
      '596 of 601 frames read, 5 left out (2 key frame missing, 3 the engine failed).',
    ],
  ] as const)('%j', (account, words) => expect(wordCounts(account)).toBe(words));
});

describe('wordReading', () => {
  it('says where a reading stopped', () => {
    const stopped = { ...WHOLE, framesAsked: 60, framesRead: 12, framesLeftOut: [{ reason: 'stopped', count: 48 }], ending: 'stopped' } as const;
    expect(wordReading(stopped, 12_400)).toBe('Stopped at 0:12 of 1:00. 12 of 60 frames read, 48 left out (not reached).');
  });

  it('says where a recording was interrupted', () => {
    expect(wordReading({ ...WHOLE, ending: 'stopped' }, 60_000)).toBe('Interrupted at 1:00. All 601 frames were read.');
  });

  it('says where a file breaks off', () => {
    expect(wordReading({ ...WHOLE, source: { brokenOffAtMs: 61_250 } }, 60_000)).toBe('All 601 frames were read. The file breaks off at 1:01.2.');
    const notRead = [
      { what: 'track', atMs: null, detail: 'H.264, 320 × 240' },
      { what: 'track', atMs: null, detail: 'MPEG-4 Part 2 (Xvid, DivX), program 2' },
      { what: 'end-of-recording', atMs: 2000, detail: '' },
      { what: 'recording', atMs: 4000, detail: 'no-index' },
      { what: 'edits', atMs: 6000, detail: '' },
    ] as const;
    expect(wordReading({ ...WHOLE, source: { brokenOffAtMs: null, notRead } }, 60_000)).toBe(
      'All 601 frames were read. Other picture tracks of the file are not read: H.264, 320 × 240 · MPEG-4 Part 2 (Xvid, DivX), program 2. ' +
        'A recording in the file breaks off at 0:02.0, and the next one begins. Another recording in the file, at 0:04.0, cannot be read. ' +
        'From 0:06.0 on, this file asks players for another speed or for no picture at all; it is read as it was recorded, so that times may differ.',
    );
  });
});
