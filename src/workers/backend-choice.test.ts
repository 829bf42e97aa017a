import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MienError } from '../engine/errors';
import type { BackendName, BackendReport, EngineHealth } from '../engine/types';
import { chooseByMeasuring, orderToTry, type ServingEngine } from './backend-choice';

/** Outcome of a probe: ms for one face, null if unavailable, or a failure. */
type Finding = number | null | 'timeout' | 'worker-died';

const device = vi.hoisted(() => ({ findings: {}, probed: [] as string[], remembered: null as string | null }));
vi.mock('./connection', () => ({
  probeBackend: (name: BackendName) => {
    device.probed.push(name);
    const found = (device.findings as Partial<Record<BackendName, Finding>>)[name];
    if (found === 'timeout' || found === 'worker-died') return Promise.reject(new MienError('engine', found));
    const medianMs = found ?? null;
    return Promise.resolve({ name, outcome: medianMs === null ? 'unavailable' : 'passed', medianMs, deviation: null });
  },
}));
vi.mock('./backend-memory', () => ({
  rememberBackend: (name: string | null) => (device.remembered = name),
  rememberedBackend: () => null,
}));

/** Takes 10 ms per face. */
class ServingStandIn implements ServingEngine {
  backend: BackendName;
  canChange = true;

  constructor(backend: BackendName) {
    this.backend = backend;
  }

  health = () => Promise.resolve({ backend: this.backend } as EngineHealth);
  measure = () => Promise.resolve(10);
  changeBackend = (name: BackendName) => {
    if (this.canChange) this.backend = name;
    return this.health();
  };
}

async function choose(engine: ServingEngine, findings: Partial<Record<BackendName, Finding>>): Promise<BackendReport[]> {
  device.findings = findings;
  const reports: BackendReport[] = [];
  await chooseByMeasuring(engine, 'http://localhost/', new AbortController().signal, (report) => reports.push(report));
  return reports;
}

beforeEach(() => {
  device.probed = [];
  device.remembered = null;
});

describe('chooseByMeasuring', () => {
  it.each<[string, BackendName, Partial<Record<BackendName, Finding>>, BackendName, BackendName | null]>([
    ['switches to a much faster graphics card', 'wasm', { webgl: 5 }, 'webgl', 'webgl'],
    ['stays if the graphics card is only slightly faster', 'wasm', { webgl: 9 }, 'wasm', 'wasm'],
    ['stays without a graphics card', 'wasm', { webgl: null }, 'wasm', 'wasm'],
    ['stays if the probe timed out', 'wasm', { webgl: 'timeout' }, 'wasm', 'wasm'],
    ['retries WebAssembly after it failed at startup', 'webgl', { wasm: 5 }, 'wasm', 'wasm'],
    ['remembers the graphics card if WebAssembly is slower', 'webgl', { wasm: 20 }, 'webgl', 'webgl'],
    ['does not remember a graphics card that was not compared with WebAssembly', 'webgl', { wasm: null }, 'webgl', null],
    ['does not remember a graphics card if the comparison timed out', 'webgl', { wasm: 'timeout' }, 'webgl', null],
    ['takes the fastest of several', 'cpu', { wasm: 3, webgl: 2 }, 'webgl', 'webgl'],
    ['never remembers plain JavaScript', 'cpu', { wasm: null, webgl: null }, 'cpu', null],
  ])('%s', async (_, before, findings, after, remembered) => {
    const engine = new ServingStandIn(before);
    await choose(engine, findings);
    expect(engine.backend).toBe(after);
    expect(device.remembered).toBe(remembered);
  });

  it('probes and reports the backends that are not serving, except plain JavaScript', async () => {
    expect(await choose(new ServingStandIn('cpu'), { wasm: 'timeout', webgl: 5 })).toMatchObject([{ name: 'webgl', medianMs: 5 }]);
    expect(device.probed).toEqual(['wasm', 'webgl']);
  });

  it('makes the next start try WebAssembly first if this engine cannot switch to it', async () => {
    const engine = new ServingStandIn('webgl');
    engine.canChange = false;
    await choose(engine, { wasm: 5 });
    expect(engine.backend).toBe('webgl');
    expect(device.remembered).toBe('wasm');
  });

  it('remembers nothing if a measurement fails', async () => {
    await expect(choose(new ServingStandIn('wasm'), { webgl: 'worker-died' })).rejects.toMatchObject({ reason: 'worker-died' });
    expect(device.remembered).toBeNull();
  });
});

describe('orderToTry', () => {
  it('starts with the backend that is ready soonest if nothing is remembered', () => {
    expect(orderToTry('auto', null)).toEqual(['wasm', 'webgl', 'cpu']);
  });

  it('starts with the fastest backend remembered for this device', () => {
    expect(orderToTry('auto', 'webgl')).toEqual(['webgl', 'wasm', 'cpu']);
  });

  it('starts with the chosen backend, then falls back', () => {
    expect(orderToTry('cpu', 'webgl')).toEqual(['cpu', 'wasm', 'webgl']);
  });
});
