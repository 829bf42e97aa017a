import { proxy, transfer } from 'comlink';
import { MienError } from '../engine/errors';
import type { BackendName, BackendReport, LoadProgress } from '../engine/types';
import type { EngineApi, OpenBinary, ProbeApi, StartOptions } from './protocol';
import probeUrl from './backend-probe.worker.ts?worker&url';
import pipelineUrl from './pipeline.worker.ts?worker&url';
import { SupervisedWorker } from './supervised-worker';
import { whyNotStarted } from './why-not-started';

/** One running engine and the news of its death. */
export interface Connection {
  readonly place: 'worker' | 'main-thread';
  readonly api: EngineApi;
  /** Aborts, with why, when the worker is gone; never on the main thread. A signal, since calls that end can leave it again. */
  readonly gone: AbortSignal;
  /** Ends the worker at once. `gone` then aborts too. */
  close(): void;
}

/** Whether this browser can run the engine off the main thread. */
export function canUseWorker(): boolean {
  return typeof Worker !== 'undefined' && typeof OffscreenCanvas !== 'undefined';
}

/**
 * Spawns the engine; `start` has yet to be called on it.
 *
 * @param assetBase as in `EngineOptions`.
 */
export async function connect(assetBase: string): Promise<Connection> {
  if (canUseWorker()) return connectWorker(assetBase);
  const { EngineHost } = await import('./engine-host');
  return {
    place: 'main-thread',
    api: new EngineHost(),
    gone: new AbortController().signal,
    close: () => undefined,
  };
}

/** A name for the lock that a worker holds while it lives; null where there are no Web Locks. */
export function newLifeLock(): string | null {
  // Typed as always present, yet absent on insecure pages and in older browsers.
  const locks = navigator.locks as LockManager | undefined;
  return locks ? `mien-engine-${crypto.randomUUID()}` : null;
}

/**
 * Calls back when the holder of the lock is gone. A worker that is terminated or killed tells
 * nobody, but the browser frees its locks. Call it only once the worker holds the lock.
 */
export function onLockFreed(name: string, callback: () => void): void {
  // Refused where storage is denied.
  navigator.locks.request(name, callback).catch(() => undefined);
}

function connectWorker(assetBase: string): Connection {
  const died = () => new MienError('engine', 'worker-died');
  const worker = new SupervisedWorker<EngineApi>({
    url: pipelineUrl,
    name: 'mien-engine',
    base: assetBase,
    onBreak: (message, hasRun) => (hasRun ? died() : whyNotStarted(new URL(pipelineUrl, assetBase).href, message)),
  });
  const { remote } = worker;
  const api: EngineApi = {
    holdLock: (name) => remote.holdLock(name),
    start: (options: StartOptions, onProgress: (p: LoadProgress) => void, openBinary: OpenBinary) =>
      remote.start(options, proxy(onProgress), proxy(openBinary)),
    analyzeStill: (frame, onGlance) => remote.analyzeStill(transfer(frame, [frame]), onGlance && proxy(onGlance)),
    abortStill: () => remote.abortStill(),
    classifyCrops: (crops) => remote.classifyCrops(transfer(crops, [...crops])),
    analyzeLive: (frame, timestampMs, stream, isBehind) => remote.analyzeLive(transfer(frame, [frame]), timestampMs, stream, isBehind),
    configure: (settings) => remote.configure(settings),
    resetLive: (name) => remote.resetLive(name),
    measure: () => remote.measure(),
    changeBackend: (name) => remote.changeBackend(name),
    health: () => remote.health(),
    dispose: () => remote.dispose(),
  };
  return { place: 'worker', api, gone: worker.gone, close: () => worker.end(died()) };
}

/**
 * Measures a backend in a worker of its own, so that no frame waits for it.
 * Rejects with `engine/timeout` after `timeoutMs`.
 */
export async function probeBackend(
  backend: BackendName,
  assetBase: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<BackendReport> {
  const worker = new SupervisedWorker<ProbeApi>({
    url: probeUrl,
    name: 'mien-probe',
    base: assetBase,
    onBreak: () => new MienError('engine', 'worker-died', 'probe'),
  });
  const end = () => worker.end(new MienError('engine', 'disposed'));
  signal.addEventListener('abort', end, { once: true });
  try {
    if (signal.aborted) end();
    return await worker.call((remote) => remote.probe(backend, assetBase), timeoutMs, new MienError('engine', 'timeout', `probe of ${backend}`));
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}
