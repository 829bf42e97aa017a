import { expect, it } from 'vitest';
import { MienError } from './errors';
import { replyOf, valueOf } from './reply';

it('keeps cause and stack across the worker boundary', async () => {
  const reply = await replyOf(() => {
    throw new MienError('model', 'corrupt', 'weights.bin', new RangeError('offset 12'));
  });
  // As after structured cloning.
  const error = await Promise.resolve(structuredClone(reply)).then(valueOf).catch((thrown: unknown) => MienError.from(thrown));
  expect(error).toMatchObject({ kind: 'model', reason: 'corrupt', detail: 'weights.bin' });
  expect(MienError.from(error).trace).toMatch(/MienError: model\/corrupt: weights\.bin[\s\S]*errors\.test\.ts[\s\S]*Caused by: RangeError: offset 12/);
});

it('stops at a cyclic chain of causes', () => {
  const first = new Error('first');
  const second = new Error('second', { cause: first });
  first.cause = second;
  expect(new MienError('engine', 'unknown', '', second).trace.match(/Caused by/g)?.length).toBeLessThanOrEqual(5);
});
