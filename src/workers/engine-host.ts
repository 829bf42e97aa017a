import { releaseProxy, wrap } from 'comlink';
import { MienError } from '../engine/errors';
import type { FaceNetworks } from '../engine/face-networks';
import type { OnDownload } from '../engine/download-meter';
import type { Probabilities } from '../engine/labels';
import { loadDetectorLoader } from '../engine/face-detector/loader';
import type { Sensitivity } from '../engine/mixing';
import { Pipeline } from '../engine/pipeline';
import { replyOf, valueOf, type Reply } from '../engine/reply';
import type { EngineSettings, FrameResult, LiveFrame, OnGlance, StreamOptions } from '../engine/types';
import { holdForever } from './hold-lock';
import { linkedNetworks } from './linked-networks';
import type { EngineApi, NetworkApi, OpenBinary, StartOptions } from './protocol';
import { SerialQueue, type Turn } from '../engine/serial-queue';

/**
 * The pipeline behind `EngineApi`. Runs calls one at a time in order of arrival, except that stills yield to other calls; returns errors as values.
 * Runs in the worker, or on the main thread without workers.
 */
export class EngineHost implements EngineApi {
  #running: { readonly pipeline: Pipeline; readonly networks: FaceNetworks } | null = null;
  readonly #queue = new SerialQueue();
  #still = new AbortController();

  holdLock(name: string): Promise<Reply<null>> {
    return this.#inTurn(async () => {
      await holdForever(name);
      return null;
    });
  }

  ping(): Promise<null> {
    return Promise.resolve(null);
  }

  start({ assetBase, settings }: StartOptions, onDownload: OnDownload, openBinary: OpenBinary, api: NetworkApi | MessagePort): Promise<Reply<null>> {
    // Starts the downloads before the lock is held; the detector's network waits for the lock.
    const files = { loader: loadDetectorLoader(assetBase), compiling: openBinary().then(valueOf) };
    for (const file of Object.values(files)) file.catch(() => undefined);
    return this.#inTurn(async () => {
      const networks = linkedNetworks(api instanceof MessagePort ? wrap<NetworkApi>(api) : api);
      try {
        const pipeline = await Pipeline.create({ assetBase, settings, ...files, networks }, onDownload);
        this.#running = { pipeline, networks };
        return null;
      } catch (error) {
        const ended = networks.dispose().catch(() => undefined);
        // On this thread, the next start shares tfjs's backend with these networks, so wait until they are disposed. A worker is terminated instead.
        if (!(api instanceof MessagePort)) await ended;
        throw error;
      }
    });
  }

  async analyzeStill(frame: ImageBitmap, onGlance: OnGlance | null, sensitivity?: Sensitivity): Promise<Reply<FrameResult>> {
    const { signal } = (this.#still = new AbortController());
    const reply = await this.#inTurn((turn) => {
      const pause = async (meanwhile?: Promise<unknown>) => {
        await turn.pause(meanwhile);
        signal.throwIfAborted();
      };
      return this.#pipeline(frame).analyzeStill(frame, pause, onGlance, sensitivity);
    });
    release(onGlance);
    return reply;
  }

  classifyCrops(crops: readonly ImageBitmap[]): Promise<Reply<Probabilities[]>> {
    return this.#inTurn(() => this.#pipeline(...crops).classifyCrops(crops));
  }

  /** Bypasses the queue: aborts the running or waiting still at once. */
  abortStill(): Promise<void> {
    this.#still.abort();
    return Promise.resolve();
  }

  analyzeLive(frame: LiveFrame, timestampMs: number, stream: StreamOptions, isBehind: boolean): Promise<Reply<FrameResult>> {
    return this.#inTurn((turn) => this.#pipeline(frame).analyzeLive(frame, timestampMs, stream, isBehind, (meanwhile) => turn.pause(meanwhile)));
  }

  configure(settings: EngineSettings): Promise<Reply<null>> {
    return this.#inTurn(async () => {
      this.#pipeline().configure(settings);
      await this.#running?.networks.setSensitivity(settings.sensitivity);
      return null;
    });
  }

  resetLive(name: string): Promise<Reply<null>> {
    return this.#inTurn(() => {
      this.#pipeline().resetLive(name);
      return null;
    });
  }

  dispose(): Promise<Reply<null>> {
    return this.#inTurn(async () => {
      await this.#free();
      return null;
    });
  }

  async #free(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    running?.pipeline.dispose();
    await running?.networks.dispose();
  }

  /**
   * Returns the pipeline.
   *
   * @throws `engine/disposed`, after closing the frames passed in.
   */
  #pipeline(...frames: readonly LiveFrame[]): Pipeline {
    if (this.#running) return this.#running.pipeline;
    for (const frame of frames) frame.close();
    throw new MienError('engine', 'disposed');
  }

  #inTurn<T>(work: (turn: Turn) => T | Promise<T>): Promise<Reply<T>> {
    return replyOf(() => this.#queue.add(work));
  }
}

/** Releases a callback from the page; otherwise its MessagePort would leak. */
function release(callback: (OnGlance & { [releaseProxy]?: () => void }) | null): void {
  const end = callback?.[releaseProxy];
  end?.();
}
