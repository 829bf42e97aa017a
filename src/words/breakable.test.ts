import { expect, it } from 'vitest';
import { breakable } from './breakable';

it('breaks names at separators, and keeps extensions whole', () => {
  expect(breakable('participant_0017-session_B.final.jpg')).toEqual(['participant_', '0017-', 'session_', 'B', '.final', '.jpg']);
  expect(breakable('a/b__c.png')).toEqual(['a/', 'b__', 'c', '.png']);
  expect(breakable('.hidden')).toEqual(['.hidden']);
  expect(breakable('Holiday 1')).toEqual(['Holiday 1']);
  expect(breakable('')).toEqual(['']);
});
