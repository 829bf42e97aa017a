import { MienError } from '../engine/errors';
import { BACKEND_NAMES, type BackendChoice, type BackendName, type BackendReport, type EngineHealth } from '../engine/types';
import { rememberBackend, rememberedBackend } from './backend-memory';
import { probeBackend } from './connection';

/** Generous, since nothing waits for the probe. */
const PROBE_TIMEOUT_MS = 60_000;
/** A backend replaces the serving one only below this fraction of its time, since switching stalls a few frames. */
const WORTH_CHANGING = 0.8;
/** Backends that can be the fastest on some device; plain JavaScript never is. */
const CONTENDERS: readonly BackendName[] = ['wasm', 'webgl'];

/** The part of a running engine that the choice needs. */
export interface ServingEngine {
  health(): Promise<EngineHealth>;
  /** Median milliseconds for one face. */
  measure(): Promise<number>;
  /** Keeps the current backend if the new one fails its check. */
  changeBackend(name: BackendName): Promise<unknown>;
}

/** Backends to try, in order: the chosen or remembered one first, then those that start soonest. */
export function orderToTry(choice: BackendChoice, remembered = rememberedBackend()): BackendName[] {
  const soonest: BackendName[] = ['wasm', 'webgl', 'cpu'];
  const first = choice === 'auto' ? remembered : choice;
  return first === null ? soonest : [first, ...soonest.filter((name) => name !== first && BACKEND_NAMES.includes(name))];
}

/**
 * Measures the backends that are not serving, switches to one that is much faster, and remembers the fastest.
 *
 * WebAssembly performs well on every device, so if it could neither run nor be measured, the cause was temporary: nothing is remembered, and the next
 * start tries it first again. Rejects if a worker dies or the engine ends.
 *
 * @param onReport called for each measured backend.
 */
export async function chooseByMeasuring(
  engine: ServingEngine,
  assetBase: string,
  signal: AbortSignal,
  onReport: (report: BackendReport) => void,
): Promise<void> {
  const { backend: before } = await engine.health();
  const medians = new Map<BackendName, number>();
  for (const name of CONTENDERS.filter((contender) => contender !== before)) {
    const report = await probe(name, assetBase, signal);
    if (report) onReport(report);
    const medianMs = report?.medianMs ?? null;
    if (medianMs !== null) medians.set(name, medianMs);
  }
  const servingMs = await engine.measure();
  const [fastest] = [...medians].filter(([, ms]) => ms < servingMs * WORTH_CHANGING).sort(([, a], [, b]) => a - b);
  if (fastest) await engine.changeBackend(fastest[0]);
  // This engine cannot switch to WebAssembly; the next start may be able to.
  if (fastest?.[0] === 'wasm') rememberBackend('wasm');
  else if (before === 'wasm' || medians.has('wasm')) rememberBackend((await engine.health()).backend);
}

/** Null if the probe timed out: the backend is too slow to serve. */
async function probe(name: BackendName, assetBase: string, signal: AbortSignal): Promise<BackendReport | null> {
  try {
    return await probeBackend(name, assetBase, PROBE_TIMEOUT_MS, signal);
  } catch (error) {
    if (error instanceof MienError && error.is('engine', 'timeout')) return null;
    throw error;
  }
}
