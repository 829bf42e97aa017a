import { readFileSync } from 'node:fs';
import { wrap } from 'comlink';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LoadedNetworks } from '../engine/loaded-networks';
import { CROP_SIZE } from '../engine/face-crop';
import { MienError } from '../engine/errors';
import { valueOf } from '../engine/reply';
import { linkedNetworks } from './linked-networks';
import { NetworkHost } from './network-host';
import type { NetworkApi, StartOptions } from './protocol';

const PUBLIC = new URL('../../public/', import.meta.url);
const OPTIONS: StartOptions = { assetBase: 'https://mien.invalid/', backends: ['cpu'], settings: { smoothingMs: 0, sensitivity: 'balanced' } };
const face = (wave: number) => Float32Array.from({ length: CROP_SIZE * CROP_SIZE }, (_, i) => 0.5 + Math.sin(i / wave) / 2);

beforeEach(() => {
  vi.stubGlobal('fetch', (url: string) => Promise.resolve(new Response(readFileSync(new URL(new URL(url).pathname.slice(1), PUBLIC)))));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('NetworkHost', () => {
  it('answers the same over a port as on its own thread, takes the arrays, and leaks no tensor', async () => {
    const host = new NetworkHost();
    const { port1, port2 } = new MessageChannel();
    const told: [number, boolean][] = [];
    void host.start(OPTIONS, (...progress) => told.push(progress), port1);
    const [near, far] = [linkedNetworks(host), linkedNetworks(wrap<NetworkApi>(port2))];
    expect(await far.ready()).toBeNull();
    expect(told.at(-1)).toEqual([expect.any(Number), true]);
    const { memory } = valueOf(await host.health());

    const sent = face(50);
    // Concurrently, as the pipeline does.
    const [answers, hidden] = await Promise.all([far.classify(sent), far.hiddenParts(face(50))]);
    expect(sent).toHaveLength(0);
    expect(answers).toHaveLength(1);
    expect(answers).toEqual(await near.classify(face(50)));
    expect(hidden).toEqual(await near.hiddenParts(face(50)));
    expect(await far.classify(new Float32Array())).toEqual([]);
    expect(valueOf(await host.health()).memory).toEqual(memory);

    const cautious = await far.classify(face(50), 'cautious');
    expect(cautious).not.toEqual(answers);
    await far.setSensitivity('eager');
    expect(await far.classify(face(50))).not.toEqual(answers);
    expect(await far.classify(face(50), 'cautious')).toEqual(cautious);
    await far.dispose();
    await expect(far.classify(face(50))).rejects.toMatchObject({ reason: 'disposed' });
    expect(memory.numTensors).toBeGreaterThan(0);
    for (const port of [port1, port2]) port.close();
  }, 60_000);

  it('tells a waiting caller why the start failed', async () => {
    vi.spyOn(LoadedNetworks, 'load').mockRejectedValue(new MienError('model', 'corrupt', 'weights.bin'));
    const host = new NetworkHost();
    void host.start(OPTIONS, () => undefined, null);
    await expect(linkedNetworks(host).ready()).rejects.toMatchObject({ kind: 'model', reason: 'corrupt' });
  });

  it('cancels a start whose files never arrive when it is disposed', async () => {
    vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
    }));
    const host = new NetworkHost();
    const started = host.start(OPTIONS, () => undefined, null);
    await linkedNetworks(host).dispose();
    expect(await started).toMatchObject({ ok: false, error: { reason: 'disposed' } });
  });
});
