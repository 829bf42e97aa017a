import { MienError } from '../engine/errors';
import type { FrameResult, LiveFrame, StreamOptions } from '../engine/types';
import type { ReadSample } from '../sources/video-file-source';
import type { Engine } from '../workers/protocol';
import type { EngineSource, ReadyEngine } from './engine-source';

/** Outcome of a frame sent to the engine. */
export type SentFrame =
  | { readonly status: 'read'; readonly sample: ReadSample; readonly result: FrameResult; readonly engine: Engine; readonly generation: number }
  | { readonly status: 'failed'; readonly sample: ReadSample; readonly error: MienError }
  | { readonly status: 'aborted' };

/**
 * Sends a clip's frames to the engine, in order. If the page replaces its engine meanwhile, the frames that the disposed one had not read are sent
 * to the next one of the same model, again in order: the replacement is no fault of theirs.
 */
export class ClipSender {
  readonly #source: EngineSource;
  readonly #stream: StreamOptions;
  #model: ReadyEngine['health']['model'] | null = null;
  /** Engine to which the newest frame was sent first. */
  #engine: Engine | null = null;
  /** Engine to which a frame was sent last. */
  #newest: Engine | null = null;
  /** Resolves when the newest frame has been sent once. */
  #sent: Promise<unknown> = Promise.resolve();
  /** Outcome of the newest frame. */
  #settled: Promise<unknown> = Promise.resolve();

  constructor(source: EngineSource, stream: StreamOptions) {
    this.#source = source;
    this.#stream = stream;
  }

  /** Waits for the first engine, whose model all others must have. @throws as `EngineSource`. */
  async begin(signal: AbortSignal): Promise<ReadyEngine> {
    const first = await this.#source(signal);
    this.#model = first.health.model;
    return first;
  }

  /** Call in order of time. Closes the frame; never rejects. */
  send(sample: ReadSample, signal: AbortSignal): Promise<SentFrame> {
    const [sentBefore, settledBefore] = [this.#sent, this.#settled];
    let onSent: () => void = () => undefined;
    this.#sent = new Promise<void>((resolve) => (onSent = resolve));
    const outcome = this.#send(sample, { sentBefore, settledBefore, onSent }, signal).finally(onSent);
    this.#settled = outcome;
    return outcome;
  }

  /** Frees the stream's tracks; a disposed engine has none. */
  end(): void {
    this.#newest?.resetLive(this.#stream.name).catch(() => undefined);
  }

  async #send(sample: ReadSample, { sentBefore, settledBefore, onSent }: Turn, signal: AbortSignal): Promise<SentFrame> {
    try {
      await sentBefore;
      let { engine } = await this.#ready(signal);
      if (this.#engine && engine !== this.#engine) await settledBefore;
      this.#engine = engine;
      for (;;) {
        const frame = await copyOf(sample.frame);
        const reading = engine.analyzeNext(frame, sample.timestampMs, this.#stream, signal);
        this.#newest = engine;
        onSent();
        try {
          const result = await reading;
          return { status: 'read', sample, result, engine, generation: engine.generation };
        } catch (error) {
          signal.throwIfAborted();
          engine = await this.#replacementOf(engine, error, signal);
          await settledBefore;
        }
      }
    } catch (thrown) {
      return signal.aborted ? { status: 'aborted' } : { status: 'failed', sample, error: MienError.from(thrown) };
    } finally {
      sample.frame.close();
    }
  }

  /** @throws `engine/disposed` if another model is in use, since all rows are of one. */
  async #ready(signal: AbortSignal): Promise<ReadyEngine> {
    const ready = await this.#source(signal);
    const { id, sha256 } = ready.health.model;
    if (id !== this.#model?.id || sha256 !== this.#model.sha256) throw new MienError('engine', 'disposed', 'another model is in use');
    return ready;
  }

  /** @throws `error` unless it says that the page replaces the engine. */
  async #replacementOf(engine: Engine, error: unknown, signal: AbortSignal): Promise<Engine> {
    if (!MienError.from(error).is('engine', 'disposed')) throw error;
    const { engine: next } = await this.#ready(signal);
    if (next === engine) throw error;
    return next;
  }
}

/** A frame's place among those sent. */
interface Turn {
  readonly sentBefore: Promise<unknown>;
  readonly settledBefore: Promise<unknown>;
  /** Lets the next frame be sent. */
  readonly onSent: () => void;
}

/** The engine takes each frame that it is sent. */
async function copyOf(frame: LiveFrame): Promise<LiveFrame> {
  return 'clone' in frame ? frame.clone() : createImageBitmap(frame);
}
