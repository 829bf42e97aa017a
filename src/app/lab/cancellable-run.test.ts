import { expect, it } from 'vitest';
import { MienError } from '../../engine/errors';
import { CancellableRun } from './cancellable-run';

it('reports its progress and its result', async () => {
  const run = new CancellableRun<string>();
  const seen: unknown[] = [];
  run.subscribe(() => seen.push(run.getSnapshot()));
  await run.start(2, (_, onProgress) => {
    onProgress(1, 3);
    return Promise.resolve('all');
  });
  expect(seen.slice(-3)).toEqual([
    { status: 'running', done: 0, total: 2 },
    { status: 'running', done: 1, total: 3 },
    { status: 'done', result: 'all' },
  ]);
});

it('reports the error of a failed run', async () => {
  const run = new CancellableRun<string>();
  await run.start(1, () => Promise.reject(new MienError('engine', 'worker-died', 'gone')));
  expect(run.getSnapshot()).toMatchObject({ status: 'failed', error: { kind: 'engine', reason: 'worker-died' } });
});

it('ignores reports of a cancelled or replaced run', async () => {
  const run = new CancellableRun<string>();
  let finish: (result: string) => void = () => undefined;
  let report = (): void => undefined;
  const first = run.start(9, (_, onProgress) => {
    report = () => onProgress(5, 9);
    return new Promise((resolve) => (finish = resolve));
  });
  const second = run.start(1, () => Promise.resolve('second'));
  report();
  finish('first');
  await Promise.all([first, second]);
  expect(run.getSnapshot()).toEqual({ status: 'done', result: 'second' });
  run.cancel();
  expect(run.getSnapshot()).toEqual({ status: 'idle' });
});
