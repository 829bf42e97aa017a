import { expect, it } from 'vitest';
import { amongClasses } from './among-classes';

it('renormalizes over the named classes, in their order', () => {
  const shares = [0.2, 0.5, 0.3, 0, 1, 0];
  const among = Array.from(amongClasses(shares, ['a', 'b', 'c'], ['c', 'a'], 2), (share) => Number(share.toFixed(6)));
  expect(among).toEqual([0.6, 0.4, 0.5, 0.5]);
});
