import { expect, it } from 'vitest';
import { Log } from './log';

it('keeps only the newest lines, in order', () => {
  const log = new Log();
  for (let i = 0; i < 1000; i++) log.info(String(i));
  log.error('last');
  const lines = log.last(3);
  expect(lines.map(({ text }) => text)).toEqual(['998', '999', 'last']);
  expect(lines[2]?.level).toBe('error');
  expect(log.last(Infinity).length).toBeLessThanOrEqual(200);
});
