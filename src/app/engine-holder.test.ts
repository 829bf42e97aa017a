import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MienError } from '../engine/errors';
import type { EngineHealth } from '../engine/types';
import type { ModelSource } from '../network/brought-model';
import type { createEngine } from '../workers/pipeline-client';
import type { Engine } from '../workers/protocol';
import { EngineHolder } from './engine-holder';
import { SettingsStore } from './settings';

/** Creates engines whose start the test controls. */
class Factory {
  /** Calls to the engines, in order. */
  readonly log: string[] = [];
  readonly starts: { readonly finish: () => void; readonly fail: (error: MienError) => void; readonly progress: (loadedBytes: number) => void }[] = [];

  readonly create: typeof createEngine = ({ backend, settings, model }, onProgress, signal) =>
    new Promise((resolve, reject) => {
      this.log.push(`start ${backend} ${settings.smoothingMs}${model ? ` with ${model.name}` : ''}`);
      signal?.addEventListener('abort', () => reject(new MienError('engine', 'disposed')));
      const progress = (loadedBytes: number) => onProgress?.({ loadedBytes, totalBytes: 100, step: 'detector' });
      this.starts.push({ finish: () => resolve(this.#engine(backend)), fail: reject, progress });
    });

  #engine(name: string): Engine {
    const engine: Pick<Engine, 'health' | 'configure' | 'dispose'> = {
      health: () => Promise.resolve({} as EngineHealth),
      configure: ({ smoothingMs }) => {
        this.log.push(`configure ${name} ${smoothingMs}`);
        return Promise.resolve();
      },
      dispose: () => {
        this.log.push(`dispose ${name}`);
        return Promise.resolve();
      },
    };
    return engine as Engine;
  }
}

const loadModel = (id: string): Promise<ModelSource> =>
  id === 'gone' ? Promise.reject(new MienError('storage', 'missing')) : Promise.resolve({ name: id, files: [], scaling: null, labels: null });

const settle = () => new Promise((resolve) => setTimeout(resolve));

let factory: Factory;
let settings: SettingsStore;
let page: EngineHolder;

beforeEach(() => {
  vi.stubGlobal('document', { baseURI: 'https://mien.invalid/' });
  factory = new Factory();
  settings = new SettingsStore(() => ({ getItem: () => null, setItem: () => undefined }));
  page = new EngineHolder(factory.create, settings, loadModel);
});

describe('EngineHolder', () => {
  it('reports progress separately from state, and none after the start', async () => {
    const states: string[] = [];
    const bytes: (number | null)[] = [];
    page.watch(({ status }) => states.push(status));
    page.watchProgress((progress) => bytes.push(progress?.loadedBytes ?? null));
    page.start();
    await settle();
    const [first] = factory.starts;
    first?.progress(10);
    first?.progress(20);
    first?.finish();
    await settle();
    first?.progress(30);
    settings.update({ backend: 'cpu' });
    await settle();
    first?.progress(40);
    expect(bytes).toEqual([null, null, 10, 20, null]);
    expect(states).toEqual(['loading', 'loading', 'ready', 'loading']);
  });

  it('restarts with a model of the library, and says if it is gone', async () => {
    page.start();
    await settle();
    factory.starts[0]?.finish();
    await settle();
    settings.update({ modelId: 'theirs' });
    await settle();
    expect(factory.log.slice(-2)).toEqual(['dispose auto', 'start auto 250 with theirs']);
    settings.update({ modelId: 'gone' });
    await settle();
    expect(page.state).toMatchObject({ status: 'failed', error: { kind: 'storage', reason: 'missing' } });
    settings.update({ modelId: null });
    await settle();
    expect(factory.log.at(-1)).toBe('start auto 250');
  });

  it('is loading, then ready, and notifies listeners', async () => {
    const seen: string[] = [];
    page.watch(({ status }) => seen.push(status));
    page.start();
    const settled = vi.fn();
    void page.settled().then(settled);
    await settle();
    expect(settled).not.toHaveBeenCalled();
    factory.starts[0]?.finish();
    await settle();
    expect(seen).toEqual(['loading', 'loading', 'ready']);
    expect(settled).toHaveBeenCalled();
  });

  it('starts an engine for another backend only after disposing the previous one', async () => {
    page.start();
    await settle();
    factory.starts[0]?.finish();
    await settle();
    settings.update({ backend: 'webgl' });
    expect(page.state.status).toBe('loading');
    await settle();
    factory.starts[1]?.finish();
    await settle();
    expect(page.state.status).toBe('ready');
    expect(factory.log).toEqual(['start auto 250', 'configure auto 250', 'dispose auto', 'start webgl 250', 'configure webgl 250']);
  });

  it('cancels a hanging start', async () => {
    page.start();
    await settle();
    settings.update({ backend: 'cpu' });
    await settle();
    expect(factory.log).toEqual(['start auto 250', 'start cpu 250']);
    factory.starts[1]?.finish();
    await settle();
    expect(page.state.status).toBe('ready');
  });

  it('reports a failure, and retries on request', async () => {
    page.start();
    await settle();
    const error = new MienError('model', 'network', 'weights.bin');
    factory.starts[0]?.fail(error);
    await settle();
    expect(page.state).toMatchObject({ status: 'failed', error });
    if (page.state.status === 'failed') page.state.retry();
    await settle();
    factory.starts[1]?.finish();
    await settle();
    expect(page.state.status).toBe('ready');
  });

  it('applies a changed smoothing to the running engine', async () => {
    page.start();
    await settle();
    factory.starts[0]?.finish();
    await settle();
    settings.update({ smoothingMs: 500 });
    expect(factory.log.at(-1)).toBe('configure auto 500');
    expect(factory.starts).toHaveLength(1);
  });
});
