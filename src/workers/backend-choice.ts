import { MienError } from '../engine/errors';
import { BACKEND_NAMES, type BackendChoice, type BackendName, type BackendReport, type EngineHealth } from '../engine/types';
import { rememberBackend, rememberedBackend } from './backend-memory';
import { probeBackend } from './connection';

/** Nobody waits for it. */
const PROBE_TIMEOUT_MS = 60_000;
/** Another backend must be this much faster than what serves, since changing over stalls a few frames. */
const WORTH_CHANGING = 0.8;
/** What may be fastest somewhere; plain JavaScript never is. */
const CONTENDERS: readonly BackendName[] = ['wasm', 'webgl'];

/** Of a running engine, what the choice is made with. */
export interface ServingEngine {
  health(): Promise<EngineHealth>;
  /** Median milliseconds for one face. */
  measure(): Promise<number>;
  /** Stays with the present one where the other does not pass. */
  changeBackend(name: BackendName): Promise<unknown>;
}

/** Backends to try, best first: the choice, or what was fastest here, or what starts soonest. */
export function orderToTry(choice: BackendChoice, remembered = rememberedBackend()): BackendName[] {
  const soonest: BackendName[] = ['wasm', 'webgl', 'cpu'];
  const first = choice === 'auto' ? remembered : choice;
  return first === null ? soonest : [first, ...soonest.filter((name) => name !== first && BACKEND_NAMES.includes(name))];
}

/**
 * Measures the backends that do not serve, changes over to one that is much faster, and remembers the fastest.
 *
 * WebAssembly does well everywhere, so where it could be neither run nor measured, something passing was in its way:
 * nothing is remembered then, and the next start tries it first again. Rejects where a worker dies or the engine ends.
 *
 * @param onReport is told of each backend that was measured.
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
  // Where the engine cannot change to WebAssembly, the next start may.
  if (fastest?.[0] === 'wasm') rememberBackend('wasm');
  else if (before === 'wasm' || medians.has('wasm')) rememberBackend((await engine.health()).backend);
}

/** Null where it takes too long: too slow here to serve, however slow. */
async function probe(name: BackendName, assetBase: string, signal: AbortSignal): Promise<BackendReport | null> {
  try {
    return await probeBackend(name, assetBase, PROBE_TIMEOUT_MS, signal);
  } catch (error) {
    if (error instanceof MienError && error.is('engine', 'timeout')) return null;
    throw error;
  }
}
