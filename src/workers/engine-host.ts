import { releaseProxy, wrap } from 'comlink';
import { MienError } from '../engine/errors';
import type { FaceNetworks } from '../engine/face-networks';
import type { OnDownload } from '../engine/download-meter';
import type { Probabilities } from '../engine/labels';
import { loadDetectorLoader } from '../engine/face-detector/loader';
import { Pipeline } from '../engine/pipeline';
import { replyOf, valueOf, type Reply } from '../engine/reply';
import type { EngineSettings, FrameResult, LiveFrame, OnGlance, StreamOptions } from '../engine/types';
import { holdForever } from './hold-lock';
import { linkedNetworks } from './linked-networks';
import type { EngineApi, NetworkApi, OpenBinary, StartOptions } from './protocol';
import { SerialQueue, type Turn } from '../engine/serial-queue';

/**
 * The pipeline behind `EngineApi`: one call at a time, in the order in which they came, but stills let
 * the others in between; errors turned into values. Runs in the worker, or on the main thread where there is none.
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
    // At once, also while the lock is not held yet, for which the detector's own network waits.
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
        // In this thread, where tfjs has one backend for them and for the next start's, they end first. A worker is terminated.
        if (!(api instanceof MessagePort)) await ended;
        throw error;
      }
    });
  }

  async analyzeStill(frame: ImageBitmap, onGlance: OnGlance | null): Promise<Reply<FrameResult>> {
    const { signal } = (this.#still = new AbortController());
    const reply = await this.#inTurn((turn) => {
      const pause = async (meanwhile?: Promise<unknown>) => {
        await turn.pause(meanwhile);
        signal.throwIfAborted();
      };
      return this.#pipeline(frame).analyzeStill(frame, pause, onGlance);
    });
    release(onGlance);
    return reply;
  }

  classifyCrops(crops: readonly ImageBitmap[]): Promise<Reply<Probabilities[]>> {
    return this.#inTurn(() => this.#pipeline(...crops).classifyCrops(crops));
  }

  /** Bypasses the queue: the still that runs or waits is aborted at once. */
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

  /** The pipeline, or `engine/disposed`; the frames that came with the call are then closed here. */
  #pipeline(...frames: readonly LiveFrame[]): Pipeline {
    if (this.#running) return this.#running.pipeline;
    for (const frame of frames) frame.close();
    throw new MienError('engine', 'disposed');
  }

  #inTurn<T>(work: (turn: Turn) => T | Promise<T>): Promise<Reply<T>> {
    return replyOf(() => this.#queue.add(work));
  }
}

/** From the page a callback comes on a port of its own, which would stay. */
function release(callback: (OnGlance & { [releaseProxy]?: () => void }) | null): void {
  const end = callback?.[releaseProxy];
  end?.();
}
