import { describe, expect, it } from 'vitest';
import { Turns } from './turns';

const settle = () => new Promise((done) => setTimeout(done));

describe('Turns', () => {
  it('runs one after the other, in order, also past a failure', async () => {
    const turns = new Turns();
    const log: string[] = [];
    const work = (name: string) => async () => {
      log.push(`${name} starts`);
      await settle();
      log.push(`${name} ends`);
    };
    const first = turns.run(work('a'));
    const broken = turns.run(() => Promise.reject(new Error('broken')));
    const last = turns.run(work('b'));
    await expect(broken).rejects.toThrow('broken');
    await Promise.all([first, last]);
    expect(log).toEqual(['a starts', 'a ends', 'b starts', 'b ends']);
  });

  it('lets all that wait run in a pause, and goes on alone', async () => {
    const turns = new Turns();
    const log: string[] = [];
    const long = turns.run(async (turn) => {
      for (const step of [1, 2, 3]) {
        log.push(`long ${step}`);
        await turn.pause();
      }
    });
    await Promise.all(['a', 'b'].map((name) => turns.run(() => log.push(name))));
    await long;
    expect(log).toEqual(['long 1', 'a', 'b', 'long 2', 'long 3']);
  });

  it('hears of what was posted before it goes on', async () => {
    const turns = new Turns();
    const log: string[] = [];
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => void turns.run(() => log.push('posted'));
    await turns.run(async (turn) => {
      port2.postMessage(null);
      await turn.pause();
      log.push('long');
    });
    port1.close();
    expect(log).toEqual(['posted', 'long']);
  });

  it('holds nobody up while it waits for something else, and takes its failure in its own turn', async () => {
    const turns = new Turns();
    const log: string[] = [];
    let fail: (error: Error) => void = () => undefined;
    const download = new Promise((_, reject) => (fail = reject));
    const long = turns.run(async (turn) => {
      await turn.pause(download);
    });
    await turns.run(() => log.push('meanwhile'));
    const other = turns.run(async () => {
      fail(new Error('no network'));
      await settle();
      log.push('other ends');
    });
    await expect(long.finally(() => log.push('long fails'))).rejects.toThrow('no network');
    await other;
    expect(log).toEqual(['meanwhile', 'other ends', 'long fails']);
    expect(await turns.run(() => 'free')).toBe('free');
  });
});
