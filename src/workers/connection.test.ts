import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { connect } from './connection';

/** A worker that loads, and breaks on demand. */
class StandInWorker extends EventTarget {
  static readonly all: StandInWorker[] = [];
  readonly name: string;
  readonly postMessage = vi.fn();
  readonly terminate = vi.fn();

  constructor(_: string, { name = '' }: WorkerOptions) {
    super();
    this.name = name;
    StandInWorker.all.push(this);
  }

  break(): void {
    this.dispatchEvent(new MessageEvent('message', { data: {} }));
    this.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
  }
}

beforeEach(() => {
  StandInWorker.all.length = 0;
  vi.stubGlobal('Worker', StandInWorker);
  vi.stubGlobal('OffscreenCanvas', EventTarget);
});
afterEach(() => void vi.unstubAllGlobals());

it.each(['mien-engine', 'mien-networks'])('ends both workers when one breaks: %s', async (broken) => {
  const { gone, workers } = await connect('https://mien.test/');
  expect(StandInWorker.all.map(({ name }) => name)).toEqual(['mien-engine', 'mien-networks']);
  expect(workers).toHaveLength(2);
  expect(gone.aborted).toBe(false);
  StandInWorker.all.find(({ name }) => name === broken)?.break();
  expect(gone.reason).toMatchObject({ kind: 'engine', reason: 'worker-died' });
  for (const { terminate } of StandInWorker.all) expect(terminate).toHaveBeenCalledOnce();
});

it('ends both workers on close', async () => {
  const connection = await connect('https://mien.test/');
  connection.close();
  connection.close();
  expect(connection.gone.reason).toMatchObject({ reason: 'worker-died' });
  for (const { terminate } of StandInWorker.all) expect(terminate).toHaveBeenCalledOnce();
});

it('starts the networks without waiting for the engine, and passes the engine a port to them', async () => {
  const connection = await connect('https://mien.test/');
  void connection.start(
    { assetBase: 'https://mien.test/', backends: ['wasm'], settings: { smoothingMs: 0, sensitivity: 'balanced' } },
    { detector: () => undefined, classifier: () => undefined },
    () => new Promise(() => undefined),
  ).catch(() => undefined);
  const [enginePort, networksPort] = StandInWorker.all.map(({ postMessage }) => {
    expect(postMessage).toHaveBeenCalledOnce();
    const [{ argumentList }, transferred] = postMessage.mock.calls[0] as [{ argumentList: { value: unknown }[] }, unknown[]];
    const port = argumentList.at(-1)?.value;
    // Not toEqual: to print a port, vitest walks every object that Node attaches to it.
    expect(port instanceof MessagePort && transferred.some((each) => each === port)).toBe(true);
    return port as MessagePort;
  });
  // The ports are the two ends of one channel.
  const heard = new Promise((resolve) => networksPort?.addEventListener('message', ({ data }) => resolve(data), { once: true }));
  networksPort?.start();
  enginePort?.postMessage('are you ready?');
  expect(await heard).toBe('are you ready?');
  for (const port of [enginePort, networksPort]) port?.close();
  connection.close();
});

it('ends the first worker if the second one cannot be created', async () => {
  class Refused extends StandInWorker {
    constructor(url: string, options: WorkerOptions) {
      if (options.name === 'mien-networks') throw new Error('too many workers');
      super(url, options);
    }
  }
  vi.stubGlobal('Worker', Refused);
  await expect(connect('https://mien.test/')).rejects.toMatchObject({ kind: 'engine', reason: 'worker-blocked' });
  expect(StandInWorker.all).toHaveLength(1);
  expect(StandInWorker.all[0]?.terminate).toHaveBeenCalledOnce();
});
