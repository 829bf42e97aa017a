import { MienError } from '../engine/errors';
import { log } from '../engine/log';
import { Store } from '../engine/store';
import type { EngineHealth, LoadProgress } from '../engine/types';
import type { ModelSource } from '../network/brought-model';
import type { ReadyEngine } from '../reading/engine-source';
import { createEngine } from '../workers/pipeline-client';
import type { Engine } from '../workers/protocol';
import { SerialQueue } from '../engine/serial-queue';
import type { EngineWords } from './error-details';
import { settingsStore, type Settings, type SettingsStore } from './settings';

export type EngineState =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly engine: Engine; readonly health: EngineHealth }
  | { readonly status: 'failed'; readonly error: MienError; readonly retry: () => void };

/** Reads a model from the Lab's library. Rejects with a `MienError` of kind `storage` or `model`. */
type LoadModel = (id: string) => Promise<ModelSource>;

type Asked = Pick<Settings, 'backend' | 'modelId'>;

const LOADING: EngineState = { status: 'loading' };

/**
 * The page's only engine: loading, ready, or failed with a way to retry. Independent of the interface, so that it can
 * start before the interface is fetched.
 */
export class EngineHolder {
  readonly #create: typeof createEngine;
  readonly #settings: SettingsStore;
  readonly #loadModel: LoadModel;
  readonly #state = new Store<EngineState>(LOADING);
  readonly #progress = new Store<LoadProgress | null>(null);
  /** Settings of the latest start; null before the first. */
  #asked: Asked | null = null;
  #giveUp = new AbortController();
  /** Latest engine; null if startup failed. */
  #engine: Engine | null = null;
  /** Each start waits until the previous engine is disposed, so that two never hold memory at once. */
  readonly #starts = new SerialQueue();

  constructor(create: typeof createEngine, settings: SettingsStore, loadModel: LoadModel) {
    this.#create = create;
    this.#settings = settings;
    this.#loadModel = loadModel;
  }

  get state(): EngineState {
    return this.#state.getSnapshot();
  }

  /** For error reports. */
  get inWords(): EngineWords {
    const { state } = this;
    if (state.status !== 'ready') return { backend: state.status, model: 'none' };
    const { backend, model } = state.health;
    return { backend: `${backend}, ${state.engine.place}`, model: `${model.id} ${model.version}` };
  }

  /** Calls back immediately and on every change, until the returned function is called. */
  get watch() {
    return this.#state.watch;
  }

  /** Like `watch`, for the start's progress (null at first). Separate because it changes ten times a second, the state rarely. */
  get watchProgress() {
    return this.#progress.watch;
  }

  /** The page's engine as an `EngineSource`: waits while loading. */
  readonly ready = async (signal: AbortSignal): Promise<ReadyEngine> => {
    for (;;) {
      signal.throwIfAborted();
      const { state } = this;
      if (state.status === 'ready') return state;
      if (state.status === 'failed') throw state.error;
      await this.#changed(signal);
    }
  };

  /** Like `ready`, but after a failed start it waits for a retry, which the page offers. */
  readonly eventuallyReady = async (signal: AbortSignal): Promise<ReadyEngine> => {
    for (;;) {
      signal.throwIfAborted();
      const { state } = this;
      if (state.status === 'ready') return state;
      await this.#changed(signal);
    }
  };

  /** Runs the engine and follows the settings. Call once. */
  start(): void {
    const follow = () => {
      const { backend, modelId } = this.#settings.getSnapshot();
      if (backend === this.#asked?.backend && modelId === this.#asked.modelId) return this.#configure();
      this.#asked = { backend, modelId };
      this.#restart(this.#asked);
    };
    this.#settings.subscribe(follow);
    follow();
  }

  /** Resolves when the engine is ready or has failed. */
  async settled(): Promise<void> {
    const { signal } = new AbortController();
    while (this.state.status === 'loading') await this.#changed(signal);
  }

  /** Resolves at the next change of state, or when the signal aborts. */
  #changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        leave();
        signal.removeEventListener('abort', end);
        resolve();
      };
      const leave = this.#state.subscribe(end);
      signal.addEventListener('abort', end);
    });
  }

  #restart(asked: Asked): void {
    // A hanging start must not block the next one.
    this.#giveUp.abort();
    this.#giveUp = new AbortController();
    const { signal } = this.#giveUp;
    this.#progress.set(null);
    this.#state.set(LOADING);
    void this.#starts.add(async () => {
      await this.#engine?.dispose().catch(() => undefined);
      this.#engine = signal.aborted ? null : await this.#begin(asked, signal);
    });
  }

  async #begin(asked: Asked, signal: AbortSignal): Promise<Engine | null> {
    const show = (state: EngineState) => {
      if (!signal.aborted) this.#state.set(state);
    };
    let engine: Engine | null = null;
    try {
      const { smoothingMs, sensitivity } = this.#settings.getSnapshot();
      const { backend, modelId } = asked;
      const brought = modelId === null ? {} : { model: await this.#loadModel(modelId) };
      engine = await this.#create(
        { assetBase: new URL('./', document.baseURI).href, backend, settings: { smoothingMs, sensitivity }, ...brought },
        // Progress of a replaced worker is not reported; the next call waits for it.
        (progress) => {
          if (!engine && !signal.aborted) this.#progress.set(progress);
        },
        signal,
      );
      const health = await engine.health();
      log.info(`engine ready: ${health.backend}, ${engine.place}`);
      show({ status: 'ready', engine, health });
      this.#configure();
      return engine;
    } catch (error) {
      await engine?.dispose().catch(() => undefined);
      log.error(`engine failed: ${String(error)}`);
      show({ status: 'failed', error: MienError.from(error), retry: () => this.#restart(asked) });
      return null;
    }
  }

  #configure(): void {
    const { state } = this;
    if (state.status !== 'ready') return;
    const { smoothingMs, sensitivity } = this.#settings.getSnapshot();
    // If this fails, so does the next frame, which reports it.
    state.engine.configure({ smoothingMs, sensitivity }).catch(() => undefined);
  }
}

export const engineHolder = new EngineHolder(createEngine, settingsStore(), (id) => import('./lab/model-source').then(({ modelSource }) => modelSource(id)));
