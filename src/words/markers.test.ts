import { expect, it } from 'vitest';
import { wordEvents, wordTooManyEvents } from './markers';

it('names the most events as the limit of a file, which a session may exceed', () => {
  expect(wordTooManyEvents(20_001, 20_000)).toBe('20,001 events are too many: at most 20,000 can be imported from one file. Leave out rows that you do not need.');
});

it('counts the events outside the session', () => {
  expect(wordEvents({ count: 3, fresh: 1, known: 0, withoutTime: [], outside: 2 })).toBe('2 events lie outside the session and were left out.');
});
