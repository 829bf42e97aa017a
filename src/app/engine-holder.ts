import { MienError } from '../engine/errors';
import type { BackendChoice, EngineHealth, LoadProgress } from '../engine/types';
import { createEngine } from '../workers/pipeline-client';
import type { Engine } from '../workers/protocol';
import { settingsStore, type SettingsStore } from './settings';

export type EngineState =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly engine: Engine; readonly health: EngineHealth }
  | { readonly status: 'failed'; readonly error: MienError; readonly retry: () => void };

const LOADING: EngineState = { status: 'loading' };

/**
 * The one engine of the page: on its way, ready, or failed with a way to try again. It knows nothing of
 * the interface, so that it can start before that has been fetched.
 */
export class EngineHolder {
  readonly #create: typeof createEngine;
  readonly #settings: SettingsStore;
  readonly #listeners = new Set<(state: EngineState) => void>();
  readonly #progressListeners = new Set<(progress: LoadProgress | null) => void>();
  #state: EngineState = LOADING;
  #progress: LoadProgress | null = null;
  #backend: BackendChoice | null = null;
  #giveUp = new AbortController();
  /** What the newest start came to. Each waits for the one before to be gone: two never hold memory at once. */
  #engine: Promise<Engine | null> = Promise.resolve(null);

  constructor(create: typeof createEngine, settings: SettingsStore) {
    this.#create = create;
    this.#settings = settings;
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Calls back at once and at every change, until the returned function is called. */
  readonly watch = (listener: (state: EngineState) => void): (() => void) => {
    listener(this.#state);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** As `watch`, of how far a start has come; null before the first word of it. It changes ten times a second, the state rarely. */
  readonly watchProgress = (listener: (progress: LoadProgress | null) => void): (() => void) => {
    listener(this.#progress);
    this.#progressListeners.add(listener);
    return () => this.#progressListeners.delete(listener);
  };

  /** Runs the engine as the settings say, from now on. To be called once. */
  start(): void {
    const follow = () => {
      const { backend } = this.#settings.getSnapshot();
      if (backend === this.#backend) return this.#configure();
      this.#backend = backend;
      this.#restart(backend);
    };
    this.#settings.subscribe(follow);
    follow();
  }

  /** Resolves when the engine is ready, or has failed. */
  settled(): Promise<void> {
    if (this.#state.status !== 'loading') return Promise.resolve();
    return new Promise((resolve) => {
      const leave = this.watch(({ status }) => {
        if (status === 'loading') return;
        leave();
        resolve();
      });
    });
  }

  #restart(backend: BackendChoice): void {
    // A start that hangs must not keep the next one waiting.
    this.#giveUp.abort();
    this.#giveUp = new AbortController();
    const { signal } = this.#giveUp;
    this.#tell(null);
    this.#publish(LOADING);
    this.#engine = this.#engine.then(async (previous) => {
      await previous?.dispose().catch(() => undefined);
      return signal.aborted ? null : this.#begin(backend, signal);
    });
  }

  async #begin(backend: BackendChoice, signal: AbortSignal): Promise<Engine | null> {
    const show = (state: EngineState) => {
      if (!signal.aborted) this.#publish(state);
    };
    let engine: Engine | null = null;
    try {
      const { smoothingMs } = this.#settings.getSnapshot();
      engine = await this.#create(
        { assetBase: new URL('./', document.baseURI).href, backend, live: { smoothingMs } },
        // A worker that is replaced later loads anew; whoever waits for its next answer sees to that.
        (progress) => {
          if (!engine && !signal.aborted) this.#tell(progress);
        },
        signal,
      );
      show({ status: 'ready', engine, health: await engine.health() });
      this.#configure();
      return engine;
    } catch (error) {
      await engine?.dispose().catch(() => undefined);
      show({ status: 'failed', error: MienError.from(error), retry: () => this.#restart(backend) });
      return null;
    }
  }

  #configure(): void {
    if (this.#state.status !== 'ready') return;
    const { smoothingMs } = this.#settings.getSnapshot();
    // A failure here shows itself in the next frame's own answer.
    this.#state.engine.configureLive({ smoothingMs }).catch(() => undefined);
  }

  #publish(state: EngineState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }

  #tell(progress: LoadProgress | null): void {
    this.#progress = progress;
    for (const listener of this.#progressListeners) listener(progress);
  }
}

export const engineHolder = new EngineHolder(createEngine, settingsStore());
