import { proxy, transfer, type Remote } from 'comlink';
import { MienError } from '../engine/errors';
import type { OnDownload } from '../engine/download-meter';
import { valueOf, type Reply } from '../engine/reply';
import type { BackendName, BackendReport } from '../engine/types';
import type { EngineApi, LockHolder, NetworkApi, OpenBinary, StartOptions } from './protocol';
import networkUrl from './network.worker.ts?worker&url';
import pipelineUrl from './pipeline.worker.ts?worker&url';
import type { WatchedWorker } from './life-watch';
import { SupervisedWorker } from './supervised-worker';
import { whyNotStarted } from './why-not-started';

/** Download listeners, one per thread of an engine. */
export interface OnDownloads {
  readonly detector: OnDownload;
  readonly classifier: OnDownload;
}

/** A running engine and the signal of its end. */
export interface Connection {
  readonly place: 'worker' | 'main-thread';
  /** Callable once `start` has resolved. */
  readonly engine: Omit<EngineApi, 'start' | keyof LockHolder>;
  /** Callable once `start` has resolved. */
  readonly networks: Pick<NetworkApi, 'measure' | 'changeBackend' | 'health'>;
  readonly workers: readonly WatchedWorker[];
  start(options: StartOptions, onDownloads: OnDownloads, openBinary: OpenBinary): Promise<Reply<null>>;
  /**
   * Aborts, with the reason, when a worker is gone, which ends the others too; never aborts on the main thread. A signal, so that finished calls can
   * remove their listeners.
   */
  readonly gone: AbortSignal;
  /** Ends the workers at once, which aborts `gone`. */
  close(): void;
}

/** True if this browser can run the engine off the main thread. */
export function canUseWorker(): boolean {
  return typeof Worker !== 'undefined' && typeof OffscreenCanvas !== 'undefined';
}

/**
 * Spawns the engine's workers; call `start` on the result next.
 *
 * @param assetBase as in `EngineOptions`.
 */
export async function connect(assetBase: string): Promise<Connection> {
  if (canUseWorker()) return connectWorkers(assetBase);
  const { EngineHost, NetworkHost } = await import('./hosts');
  const [engine, networks] = [new EngineHost(), new NetworkHost()];
  return {
    place: 'main-thread',
    workers: [],
    start: (options, { detector, classifier }, openBinary) => {
      // `ready` reports the outcome.
      void networks.start(options, classifier, null);
      return engine.start(options, detector, openBinary, networks);
    },
    engine,
    networks,
    gone: new AbortController().signal,
    close: () => undefined,
  };
}

function connectWorkers(assetBase: string): Connection {
  const life = new AbortController();
  const died = () => new MienError('engine', 'worker-died');
  const spawn = <Api>(url: string, name: string) => {
    const worker = new SupervisedWorker<Api>({
      url,
      name,
      base: assetBase,
      onBreak: (message, hasRun) => (hasRun ? died() : whyNotStarted(new URL(url, assetBase).href, message)),
    });
    // Each worker is useless without the other.
    life.signal.addEventListener('abort', () => worker.end(MienError.from(life.signal.reason)), { once: true });
    worker.gone.addEventListener('abort', () => life.abort(worker.gone.reason), { once: true });
    return worker.remote;
  };
  const remote = spawn<EngineApi>(pipelineUrl, 'mien-engine');
  let networks: Remote<NetworkApi>;
  try {
    networks = spawn<NetworkApi>(networkUrl, 'mien-networks');
  } catch (error) {
    // The first worker would leak.
    life.abort(error);
    throw error;
  }
  const watched = (worker: Remote<LockHolder>, url: string): WatchedWorker => ({
    holdLock: (name) => worker.holdLock(name),
    ping: () => worker.ping(),
    fetchScript: async () => (await fetch(new URL(url, assetBase))).arrayBuffer(),
  });
  return {
    place: 'worker',
    workers: [watched(remote, pipelineUrl), watched(networks, networkUrl)],
    start: (options, { detector, classifier }, openBinary) => {
      const { port1, port2 } = new MessageChannel();
      // The engine receives the outcome through the port, and `gone` reports a worker that dies.
      networks.start(options, proxy(classifier), transfer(port1, [port1])).catch(() => undefined);
      return remote.start(options, proxy(detector), proxy(openBinary), transfer(port2, [port2]));
    },
    engine: {
      analyzeStill: (frame, onGlance, sensitivity) => remote.analyzeStill(transfer(frame, [frame]), onGlance && proxy(onGlance), sensitivity),
      abortStill: () => remote.abortStill(),
      classifyCrops: (crops) => remote.classifyCrops(transfer(crops, [...crops])),
      analyzeLive: (frame, timestampMs, stream, isBehind) => remote.analyzeLive(transfer(frame, [frame]), timestampMs, stream, isBehind),
      configure: (settings) => remote.configure(settings),
      resetLive: (name) => remote.resetLive(name),
      dispose: () => remote.dispose(),
    },
    networks,
    gone: life.signal,
    close: () => life.abort(died()),
  };
}

/**
 * Measures a backend in a separate worker, so that no frame waits for it.
 *
 * @throws `engine/timeout` after `timeoutMs`.
 */
export async function probeBackend(
  backend: BackendName,
  assetBase: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<BackendReport> {
  const worker = new SupervisedWorker<NetworkApi>({
    url: networkUrl,
    name: 'mien-probe',
    base: assetBase,
    onBreak: () => new MienError('engine', 'worker-died', 'probe'),
  });
  const end = () => worker.end(new MienError('engine', 'disposed'));
  signal.addEventListener('abort', end, { once: true });
  try {
    if (signal.aborted) end();
    const late = new MienError('engine', 'timeout', `probe of ${backend}`);
    return valueOf<BackendReport>(await worker.call((remote): Promise<Reply<BackendReport>> => remote.probe(backend, assetBase), timeoutMs, late));
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}
