import { DownloadMeter, type OnDownload } from '../engine/download-meter';
import { MienError } from '../engine/errors';
import { compileDetector } from '../engine/face-detector/compile-detector';
import type { Probabilities } from '../engine/labels';
import { log } from '../engine/log';
import type { Sensitivity } from '../engine/mixing';
import { replyOf, valueOf, type Reply } from '../engine/reply';
import type { BackendReport, EngineHealth, EngineSettings, FrameResult, LiveFrame, LoadProgress, OnGlance, StreamOptions } from '../engine/types';
import { chooseByMeasuring, orderToTry, type ServingEngine } from './backend-choice';
import { rememberedBackend } from './backend-memory';
import { connect, type Connection } from './connection';
import { SerialQueue } from '../engine/serial-queue';
import { watchLife } from './life-watch';
import { whileAlive } from './supervised-worker';
import { StartProgress } from './start-progress';
import { StreamQueue } from './stream-queue';
import { LIVE_STREAM, type Engine, type EngineOptions } from './protocol';

/** Calls that take longer count as hung, and the worker is replaced. Slow software renderers need seconds. */
const LIVE_TIMEOUT_MS = 30_000;
const STILL_TIMEOUT_MS = 180_000;
/** Delay between the first result and the measurement of other backends. */
const PROBE_DELAY_MS = 1_500;
/** After this many failures without a result in between, the engine is not restarted for REST_MS. */
const MOST_FAILURES = 3;
const REST_MS = 10_000;

/**
 * Starts the engine.
 *
 * @param signal cancels a start in progress (`engine/disposed`); to end a running engine, call `dispose`.
 * @throws MienError of kind `model` or `engine`.
 */
export async function createEngine(
  options: EngineOptions,
  onProgress: (progress: LoadProgress) => void = () => undefined,
  signal?: AbortSignal,
): Promise<Engine> {
  const client = new EngineClient(options, onProgress);
  const giveUp = () => void client.dispose();
  signal?.addEventListener('abort', giveUp, { once: true });
  if (signal?.aborted) giveUp();
  try {
    await client.started();
    return client;
  } catch (error) {
    await client.dispose();
    throw error;
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}

class EngineClient implements Engine {
  readonly #options: EngineOptions;
  readonly #onProgress: (progress: LoadProgress) => void;
  readonly #end = new AbortController();
  #settings: EngineSettings;
  /** Null before the first call and after a worker died: the next call connects. */
  #connection: Promise<Connection> | null = null;
  /** Compiled binary, kept for replacement workers; null if it could not be loaded. */
  #binary: Promise<Reply<WebAssembly.Module>> | null = null;
  #place: 'worker' | 'main-thread' = 'worker';
  #failures = 0;
  #failedAtMs = 0;
  #generation = 0;
  /** Time of the detector's newest download progress, which may go on after the start. */
  #heardMs = -Infinity;
  readonly #streams = new Map<string, StreamQueue>();
  readonly #stills = new SerialQueue();
  #probeIsDue: boolean;
  /** Reports of the measured backends other than the serving one. */
  readonly #probed: BackendReport[] = [];

  constructor(options: EngineOptions, onProgress: (progress: LoadProgress) => void) {
    this.#options = options;
    this.#settings = options.settings;
    this.#onProgress = onProgress;
    this.#probeIsDue = options.backend === 'auto' && rememberedBackend() === null;
  }

  get place(): 'worker' | 'main-thread' {
    return this.#place;
  }

  get generation(): number {
    return this.#generation;
  }

  analyzeStill(frame: ImageBitmap, signal?: AbortSignal, onGlance?: OnGlance, sensitivity?: Sensitivity): Promise<FrameResult> {
    return this.#stills.add(() => this.#unlessAborted(frame, signal, () => this.#sendStill(frame, signal, onGlance, sensitivity)));
  }

  analyzeLive(frame: LiveFrame, timestampMs: number, stream = LIVE_STREAM, isBehind = false): Promise<FrameResult | null> {
    return this.#queueOf(stream.name).newest(frame, () => this.#sendLive(frame, timestampMs, stream, isBehind));
  }

  analyzeNext(frame: LiveFrame, timestampMs: number, stream: StreamOptions, signal?: AbortSignal): Promise<FrameResult> {
    return this.#queueOf(stream.name).inOrder(() => {
      return this.#unlessAborted(frame, signal, () => this.#sendLive(frame, timestampMs, stream, false));
    });
  }

  classifyCrops(crops: readonly ImageBitmap[]): Promise<Probabilities[]> {
    return this.#call(({ engine }) => engine.classifyCrops(crops), STILL_TIMEOUT_MS, ...crops);
  }

  async configure(settings: EngineSettings): Promise<void> {
    this.#settings = settings;
    await this.#call(({ engine }) => engine.configure(settings), LIVE_TIMEOUT_MS);
  }

  async resetLive(name = LIVE_STREAM.name): Promise<void> {
    const queue = this.#queueOf(name);
    queue.dropNewest();
    try {
      await queue.inOrder(() => this.#call(({ engine }) => engine.resetLive(name), LIVE_TIMEOUT_MS));
    } finally {
      if (queue.isIdle) this.#streams.delete(name);
    }
  }

  async health(): Promise<EngineHealth> {
    const health = await this.#call(({ networks }) => networks.health(), STILL_TIMEOUT_MS);
    const probed = this.#probed.filter(({ name }) => !health.backends.some((b) => b.name === name));
    return { ...health, backends: [...health.backends, ...probed] };
  }

  // A round trip to the worker would lengthen a cold start.
  started(): Promise<null> {
    return this.#call(() => Promise.resolve({ ok: true, value: null }), Infinity);
  }

  async dispose(): Promise<void> {
    if (this.#end.signal.aborted) return;
    this.#end.abort();
    for (const queue of this.#streams.values()) queue.dropNewest();
    const connection = await this.#connection?.catch(() => null);
    // Without a worker to terminate, dispose the pipeline itself.
    if (connection?.place === 'main-thread') await connection.engine.dispose();
    connection?.close();
  }

  #queueOf(name: string): StreamQueue {
    let queue = this.#streams.get(name);
    if (!queue) {
      queue = new StreamQueue();
      this.#streams.set(name, queue);
    }
    return queue;
  }

  async #sendStill(frame: ImageBitmap, signal?: AbortSignal, onGlance?: OnGlance, sensitivity?: Sensitivity): Promise<FrameResult> {
    // A worker that is gone has no still to abort.
    const abort = () => void this.#connection?.then(({ engine }) => engine.abortStill()).catch(() => undefined);
    signal?.addEventListener('abort', abort);
    // The first look has its own port, so it may arrive after the answer.
    let isOver = false;
    const whileUnderWay = (seen: FrameResult) => {
      if (!isOver && !signal?.aborted) onGlance?.(seen);
    };
    try {
      return await this.#call(({ engine }) => engine.analyzeStill(frame, onGlance ? whileUnderWay : null, sensitivity), STILL_TIMEOUT_MS, frame);
    } catch (error) {
      throw signal?.aborted ? signal.reason : error;
    } finally {
      isOver = true;
      signal?.removeEventListener('abort', abort);
    }
  }

  #sendLive(frame: LiveFrame, timestampMs: number, stream: StreamOptions, isBehind: boolean): Promise<FrameResult> {
    // A thorough search takes as long as a still's.
    const timeoutMs = stream.search === 'thorough' ? STILL_TIMEOUT_MS : LIVE_TIMEOUT_MS;
    return this.#call(({ engine }) => engine.analyzeLive(frame, timestampMs, stream, isBehind), timeoutMs, frame);
  }

  async #unlessAborted<T>(frame: LiveFrame, signal: AbortSignal | undefined, send: () => Promise<T>): Promise<T> {
    if (signal?.aborted) {
      frame.close();
      throw signal.reason;
    }
    return send();
  }

  /** Makes one call; rejects if the worker dies or hangs. Closes frames that were not transferred. */
  async #call<T>(send: (connection: Connection) => Promise<Reply<T>>, timeoutMs: number, ...frames: readonly LiveFrame[]): Promise<T> {
    try {
      this.#end.signal.throwIfAborted();
      const connection = await this.#connected();
      // Some files are fetched only when they are needed, and a slow network is not an error.
      const value = valueOf(await answerOf(connection, send(connection), timeoutMs, () => this.#heardMs));
      if (frames.length > 0) this.#onResult();
      return value;
    } catch (error) {
      // A no-op for a transferred frame.
      for (const frame of frames) frame.close();
      throw this.#end.signal.aborted ? new MienError('engine', 'disposed') : MienError.from(error);
    }
  }

  #onResult(): void {
    this.#failures = 0;
    if (!this.#probeIsDue || this.#place !== 'worker') return;
    this.#probeIsDue = false;
    const timer = setTimeout(() => void this.#chooseByMeasuring(), PROBE_DELAY_MS);
    this.#end.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  }

  #connected(): Promise<Connection> {
    if (this.#connection) return this.#connection;
    const resting = performance.now() - this.#failedAtMs < REST_MS;
    if (this.#failures >= MOST_FAILURES && resting) throw new MienError('engine', 'worker-died', 'again and again');
    const connecting = this.#connect();
    this.#connection = connecting;
    const forget = () => {
      if (this.#connection !== connecting) return;
      this.#connection = null;
      this.#failures++;
      this.#failedAtMs = performance.now();
    };
    connecting.then(({ gone }) => {
      if (gone.aborted) forget();
      else gone.addEventListener('abort', forget, { once: true });
    }, forget);
    return connecting;
  }

  /** Spawns and starts an engine. */
  async #connect(): Promise<Connection> {
    // Progress has its own port, so the last message may arrive after the answer and would hide a failure.
    const started = new AbortController();
    const progress = new StartProgress((told) => {
      if (!started.signal.aborted) this.#onProgress(told);
    });
    // The binary is the largest download, so start it while the worker starts.
    const binary = this.#compiled(progress);
    const connection = await connect(this.#options.assetBase);
    this.#place = connection.place;
    const { assetBase, backend, model } = this.#options;
    const end = () => connection.close();
    const { signal } = this.#end;
    signal.addEventListener('abort', end, { once: true });
    connection.gone.addEventListener('abort', () => signal.removeEventListener('abort', end), { once: true });
    if (signal.aborted) end();
    try {
      // Also detects a worker that dies while it loads. After startup, time limits of calls replace the silence check.
      for (const worker of connection.workers) watchLife(worker, end, started.signal);
      const options = { assetBase, backends: orderToTry(backend), settings: this.#settings, ...(model && { model }) };
      // No time limit: a slow network is not an error.
      const detector: OnDownload = (loadedBytes, isComplete) => {
        this.#heardMs = performance.now();
        progress.of('detector')(loadedBytes, isComplete);
      };
      valueOf(await answerOf(connection, connection.start(options, { detector, classifier: progress.of('classifier') }, () => binary), Infinity));
    } catch (error) {
      end();
      throw error;
    } finally {
      started.abort();
    }
    this.#generation++;
    connection.gone.addEventListener('abort', () => {
      if (!signal.aborted) log.warn(`engine worker ${this.#generation} is gone: ${String(connection.gone.reason)}`);
    });
    return connection;
  }

  #compiled(progress: StartProgress): Promise<Reply<WebAssembly.Module>> {
    const meter = new DownloadMeter(progress.of('binary'));
    this.#binary ??= replyOf(() => compileDetector(this.#options.assetBase, meter.onBytes, this.#end.signal));
    const binary = this.#binary;
    void binary.then(({ ok }) => {
      if (ok) meter.onFetched();
      else if (this.#binary === binary) this.#binary = null;
    });
    return binary;
  }

  async #chooseByMeasuring(): Promise<void> {
    const serving: ServingEngine = {
      health: () => this.#call(({ networks }) => networks.health(), STILL_TIMEOUT_MS),
      measure: () => this.#call(({ networks }) => networks.measure(), STILL_TIMEOUT_MS),
      changeBackend: (name) => this.#call(({ networks }) => networks.changeBackend(name), STILL_TIMEOUT_MS),
    };
    try {
      await chooseByMeasuring(serving, this.#options.assetBase, this.#end.signal, (report) => this.#probed.push(report));
    } catch {
      // Nothing is remembered: the current backend keeps serving, and the next start measures again.
    }
  }
}

/**
 * Returns the answer.
 *
 * @param heardMs as in `whileAlive`.
 * @throws `engine/worker-died` if the worker dies first; `engine/timeout` if it takes too long, which also ends the worker.
 */
function answerOf<T>(connection: Connection, answer: Promise<T>, timeoutMs: number, heardMs?: () => number): Promise<T> {
  return whileAlive(connection.gone, answer, { timeoutMs, ...(heardMs && { heardMs }), late: new MienError('engine', 'timeout'), end: () => connection.close() });
}
