import { expect, it } from 'vitest';
import { wordAnalysed } from './analysed-videos';

const WHOLE = { frames: 4, reading: { ending: 'complete' } } as const;
const STOPPED = { frames: 2, reading: { ending: 'stopped' } } as const;
const UNREAD = { frames: 0, reading: { ending: 'stopped' } } as const;

it.each([
  [[WHOLE, { frames: 4, reading: null }], '2 videos were analysed before the page was closed.'],
  [[WHOLE, STOPPED, UNREAD], '1 video was analysed before the page was closed. The analysis of 1 video was stopped early. No frame of 1 video was read.'],
  [[UNREAD, UNREAD], 'No frame of 2 videos was read.'],
])('counts only videos as analysed that were read to the end: %#', (videos, words) => {
  expect(wordAnalysed(videos)).toBe(words);
});
