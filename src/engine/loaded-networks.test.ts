import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LoadedNetworks, type NetworkOptions } from './loaded-networks';

/** WebGL code that arrives when the test says so. */
const webgl = vi.hoisted(() => {
  let arrive = (): void => undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  return { arrived, arrive: () => arrive() };
});
vi.mock('@tensorflow/tfjs-backend-webgl', async () => {
  await webgl.arrived;
  return {};
});

const PUBLIC = new URL('../../public/', import.meta.url);
const options = (backend: 'cpu' | 'webgl'): NetworkOptions => ({ assetBase: 'https://mien.invalid/', backends: [backend], sensitivity: 'balanced', openModel: null });
const settle = () => new Promise((done) => setTimeout(done, 20));

class StandIn extends tf.KernelBackend {
  override dispose(): void {
    // It holds nothing.
  }
}

beforeEach(() => {
  vi.stubGlobal('fetch', (url: string) => Promise.resolve(new Response(readFileSync(new URL(new URL(url).pathname.slice(1), PUBLIC)))));
  tf.registerBackend('webgl', () => new StandIn());
});
afterEach(() => {
  tf.removeBackend('webgl');
  vi.unstubAllGlobals();
});

describe('LoadedNetworks.load', () => {
  it('leaves the backend to the next instance once cancelled, and reports a complete download while its own code is still loading', async () => {
    const cancel = new AbortController();
    const told: boolean[] = [];
    const first = LoadedNetworks.load(options('webgl'), (_, isComplete) => told.push(isComplete), cancel.signal);
    const rejected = expect(first).rejects.toThrow('another backend was chosen');
    await vi.waitUntil(() => told.at(-1));
    cancel.abort(new Error('another backend was chosen'));
    await rejected;

    const second = await LoadedNetworks.load(options('cpu'), () => undefined, new AbortController().signal);
    webgl.arrive();
    await settle();
    expect(tf.getBackend()).toBe('cpu');
    expect(second.health().backend).toBe('cpu');
    second.dispose();
  });

  it('opens no brought model once cancelled', async () => {
    const cancel = new AbortController();
    const openModel = vi.fn();
    const { numTensors } = tf.memory();
    const stop = (): void => cancel.abort(new Error('enough'));
    await expect(LoadedNetworks.load({ ...options('cpu'), openModel }, (_, isComplete) => isComplete && stop(), cancel.signal)).rejects.toThrow('enough');
    expect(openModel).not.toHaveBeenCalled();
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
