import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MienError } from '../engine/errors';
import { Pipeline } from '../engine/pipeline';
import type { Reply } from '../engine/reply';
import { EngineHost } from './engine-host';
import type { NetworkApi, StartOptions } from './protocol';

vi.mock('../engine/face-detector/loader', () => ({ loadDetectorLoader: () => new Promise(() => undefined) }));

const OPTIONS: StartOptions = { assetBase: 'https://mien.invalid/', backends: ['cpu'], settings: { smoothingMs: 0, sensitivity: 'balanced' } };
const DONE: Reply<null> = { ok: true, value: null };
const settle = () => new Promise((done) => setTimeout(done));

let log: string[];
/** Settles the promise that `dispose` of the networks awaits. */
let endNetworks: () => void;
let ended: Promise<void>;

const networks = {
  ready: () => Promise.resolve(DONE),
  setSensitivity: (sensitivity: string) => {
    log.push(sensitivity);
    return Promise.resolve(DONE);
  },
  dispose: async () => {
    log.push('networks disposed');
    await ended;
    return DONE;
  },
} as unknown as NetworkApi;

const start = (host: EngineHost) => host.start(OPTIONS, () => undefined, () => new Promise(() => undefined), networks);

beforeEach(() => {
  log = [];
  ended = new Promise((resolve) => (endNetworks = resolve));
});
afterEach(() => void vi.restoreAllMocks());

describe('EngineHost', () => {
  it('passes settings to the networks, and disposes them with the pipeline', async () => {
    const pipeline = { configure: () => log.push('pipeline configured'), dispose: () => log.push('pipeline disposed') };
    vi.spyOn(Pipeline, 'create').mockResolvedValue(pipeline as unknown as Pipeline);
    const host = new EngineHost();
    expect(await start(host)).toEqual(DONE);
    expect(await host.configure({ smoothingMs: 100, sensitivity: 'eager' })).toEqual(DONE);
    expect(log).toEqual(['pipeline configured', 'eager']);
    endNetworks();
    expect(await host.dispose()).toEqual(DONE);
    expect(log.slice(2)).toEqual(['pipeline disposed', 'networks disposed']);
  });

  it('rejects a failed start on this thread only after the networks are disposed, because the next start shares their backend', async () => {
    vi.spyOn(Pipeline, 'create').mockRejectedValue(new MienError('model', 'not-found', 'detector'));
    let reply: Reply<null> | null = null;
    const host = new EngineHost();
    const started = start(host).then((given) => (reply = given));
    await settle();
    expect(log).toEqual(['networks disposed']);
    expect(reply).toBeNull();
    endNetworks();
    expect(await started).toMatchObject({ ok: false, error: { reason: 'not-found' } });
  });

  it('disposes networks on another thread without waiting for them', async () => {
    vi.spyOn(Pipeline, 'create').mockRejectedValue(new MienError('model', 'not-found', 'detector'));
    const { port1, port2 } = new MessageChannel();
    const asked = new Promise<unknown>((resolve) => port2.addEventListener('message', ({ data }: MessageEvent<unknown>) => resolve(data), { once: true }));
    port2.start();
    expect(await new EngineHost().start(OPTIONS, () => undefined, () => new Promise(() => undefined), port1)).toMatchObject({ ok: false });
    expect(await asked).toMatchObject({ path: ['dispose'] });
    for (const port of [port1, port2]) port.close();
  });
});
