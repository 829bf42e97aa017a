import { releaseProxy } from 'comlink';
import { MienError } from '../engine/errors';
import type { OpenExpressionModel } from '../engine/expression-model';
import type { Probabilities } from '../engine/labels';
import { Pipeline } from '../engine/pipeline';
import { replyOf, valueOf, type Reply } from '../engine/reply';
import type { BackendName, EngineHealth, EngineSettings, FrameResult, LiveFrame, LoadProgress, OnGlance, StreamOptions } from '../engine/types';
import type { EngineApi, OpenBinary, StartOptions } from './protocol';
import { SerialQueue, type Turn } from '../engine/serial-queue';

/**
 * The pipeline behind `EngineApi`: one call at a time, in the order in which they came, but stills let
 * the others in between; errors turned into values. Runs in the worker, or on the main thread where there is none.
 */
export class EngineHost implements EngineApi {
  #pipeline: Pipeline | null = null;
  readonly #queue = new SerialQueue();
  #still = new AbortController();

  holdLock(name: string): Promise<Reply<null>> {
    return this.#inTurn(async () => {
      await holdForever(name);
      return null;
    });
  }

  start(options: StartOptions, onProgress: (p: LoadProgress) => void, openBinary: OpenBinary): Promise<Reply<EngineHealth>> {
    return this.#inTurn(async () => {
      this.#pipeline?.dispose();
      this.#pipeline = null;
      this.#pipeline = await Pipeline.create({ ...options, compiling: openBinary().then(valueOf), openModel: opener(options) }, onProgress);
      return this.#pipeline.health();
    });
  }

  async analyzeStill(frame: ImageBitmap, onGlance: OnGlance | null): Promise<Reply<FrameResult>> {
    const { signal } = (this.#still = new AbortController());
    const reply = await this.#inTurn((turn) => {
      const pause = async (meanwhile?: Promise<unknown>) => {
        await turn.pause(meanwhile);
        signal.throwIfAborted();
      };
      return this.#running(frame).analyzeStill(frame, pause, onGlance);
    });
    release(onGlance);
    return reply;
  }

  classifyCrops(crops: readonly ImageBitmap[]): Promise<Reply<Probabilities[]>> {
    return this.#inTurn(() => this.#running(...crops).classifyCrops(crops));
  }

  /** Bypasses the queue: the still that runs or waits is aborted at once. */
  abortStill(): Promise<void> {
    this.#still.abort();
    return Promise.resolve();
  }

  analyzeLive(frame: LiveFrame, timestampMs: number, stream: StreamOptions, isBehind: boolean): Promise<Reply<FrameResult>> {
    return this.#inTurn((turn) => this.#running(frame).analyzeLive(frame, timestampMs, stream, isBehind, (meanwhile) => turn.pause(meanwhile)));
  }

  configure(settings: EngineSettings): Promise<Reply<null>> {
    return this.#inTurn(() => {
      this.#running().configure(settings);
      return null;
    });
  }

  resetLive(name: string): Promise<Reply<null>> {
    return this.#inTurn(() => {
      this.#running().resetLive(name);
      return null;
    });
  }

  measure(): Promise<Reply<number>> {
    return this.#inTurn(() => this.#running().measure());
  }

  changeBackend(name: BackendName): Promise<Reply<EngineHealth>> {
    return this.#inTurn(async () => {
      await this.#running().changeBackend(name);
      return this.#running().health();
    });
  }

  health(): Promise<Reply<EngineHealth>> {
    return this.#inTurn(() => this.#running().health());
  }

  dispose(): Promise<Reply<null>> {
    return this.#inTurn(() => {
      this.#pipeline?.dispose();
      this.#pipeline = null;
      return null;
    });
  }

  /** The pipeline, or `engine/disposed`; the frames that came with the call are then closed here. */
  #running(...frames: readonly LiveFrame[]): Pipeline {
    if (this.#pipeline) return this.#pipeline;
    for (const frame of frames) frame.close();
    throw new MienError('engine', 'disposed');
  }

  #inTurn<T>(work: (turn: Turn) => T | Promise<T>): Promise<Reply<T>> {
    return replyOf(() => this.#queue.add(work));
  }
}

/** Reads models from elsewhere. Its code, and tf.layers with it, is fetched only then. */
function opener({ model, assetBase }: StartOptions): OpenExpressionModel | null {
  if (!model) return null;
  return async (recover) => {
    const { BroughtModel } = await import('../network/brought-model');
    return BroughtModel.open(model, assetBase, recover);
  };
}

/** From the page a callback comes on a port of its own, which would stay. */
function release(callback: (OnGlance & { [releaseProxy]?: () => void }) | null): void {
  const end = callback?.[releaseProxy];
  end?.();
}

/** Takes a Web Lock and keeps it: the browser frees it when this worker ends, however it ends. Rejects where it is refused. */
function holdForever(name: string): Promise<void> {
  return new Promise((held, refused) => {
    const keep = () => {
      held();
      return new Promise(() => undefined);
    };
    navigator.locks.request(name, keep).catch(refused);
  });
}
