import { describe, expect, it } from 'vitest';
import { SerialQueue } from './serial-queue';

const settle = () => new Promise((done) => setTimeout(done));

describe('SerialQueue', () => {
  it('runs jobs one after another, in order, even after a failure', async () => {
    const queue = new SerialQueue();
    const log: string[] = [];
    const work = (name: string) => async () => {
      log.push(`${name} starts`);
      await settle();
      log.push(`${name} ends`);
    };
    const first = queue.add(work('a'));
    const broken = queue.add(() => Promise.reject(new Error('broken')));
    const last = queue.add(work('b'));
    await expect(broken).rejects.toThrow('broken');
    await Promise.all([first, last]);
    expect(log).toEqual(['a starts', 'a ends', 'b starts', 'b ends']);
  });

  it('starts the first job at once, and is idle when the last one has settled', async () => {
    const queue = new SerialQueue();
    let started = false;
    const job = queue.add(async () => {
      started = true;
      await settle();
    });
    expect(started).toBe(true);
    expect(queue.isIdle).toBe(false);
    await job;
    expect(queue.isIdle).toBe(true);
  });

  it('runs all waiting jobs in a pause, then resumes exclusively', async () => {
    const queue = new SerialQueue();
    const log: string[] = [];
    const long = queue.add(async (turn) => {
      for (const step of [1, 2, 3]) {
        log.push(`long ${step}`);
        await turn.pause();
      }
    });
    await Promise.all(['a', 'b'].map((name) => queue.add(() => log.push(name))));
    await long;
    expect(log).toEqual(['long 1', 'a', 'b', 'long 2', 'long 3']);
  });

  it('receives messages posted before it resumes', async () => {
    const queue = new SerialQueue();
    const log: string[] = [];
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => void queue.add(() => log.push('posted'));
    await queue.add(async (turn) => {
      port2.postMessage(null);
      await turn.pause();
      log.push('long');
    });
    port1.close();
    expect(log).toEqual(['posted', 'long']);
  });

  it('lets others run while it awaits something else, and throws its failure in its own turn', async () => {
    const queue = new SerialQueue();
    const log: string[] = [];
    let fail: (error: Error) => void = () => undefined;
    const download = new Promise((_, reject) => (fail = reject));
    const long = queue.add(async (turn) => {
      await turn.pause(download);
    });
    await queue.add(() => log.push('meanwhile'));
    const other = queue.add(async () => {
      fail(new Error('no network'));
      await settle();
      log.push('other ends');
    });
    await expect(long.finally(() => log.push('long fails'))).rejects.toThrow('no network');
    await other;
    expect(log).toEqual(['meanwhile', 'other ends', 'long fails']);
    expect(await queue.add(() => 'free')).toBe('free');
  });
});
