import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MienError } from '../engine/errors';
import type { BackendName, BackendReport, EngineHealth } from '../engine/types';
import { chooseByMeasuring, orderToTry, type ServingEngine } from './backend-choice';

/** What a probe finds: ms for one face, or nothing, or how it fails. */
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

/** Serves a face in 10 ms. */
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
    ['changes over to a graphics card that is much faster', 'wasm', { webgl: 5 }, 'webgl', 'webgl'],
    ['stays where it is nearly as fast', 'wasm', { webgl: 9 }, 'wasm', 'wasm'],
    ['stays where there is none', 'wasm', { webgl: null }, 'wasm', 'wasm'],
    ['does not measure again one that took too long', 'wasm', { webgl: 'timeout' }, 'wasm', 'wasm'],
    ['gives WebAssembly that failed at the start another chance', 'webgl', { wasm: 5 }, 'wasm', 'wasm'],
    ['remembers the graphics card where WebAssembly is slower', 'webgl', { wasm: 20 }, 'webgl', 'webgl'],
    ['remembers no graphics card that WebAssembly was not compared with', 'webgl', { wasm: null }, 'webgl', null],
    ['nor where the comparison took too long', 'webgl', { wasm: 'timeout' }, 'webgl', null],
    ['takes the fastest of several', 'cpu', { wasm: 3, webgl: 2 }, 'webgl', 'webgl'],
    ['never remembers plain JavaScript in place of WebAssembly', 'cpu', { wasm: null, webgl: null }, 'cpu', null],
  ])('%s', async (_, before, findings, after, remembered) => {
    const engine = new ServingStandIn(before);
    await choose(engine, findings);
    expect(engine.backend).toBe(after);
    expect(device.remembered).toBe(remembered);
  });

  it('measures and reports what does not serve, and no plain JavaScript', async () => {
    expect(await choose(new ServingStandIn('cpu'), { wasm: 'timeout', webgl: 5 })).toMatchObject([{ name: 'webgl', medianMs: 5 }]);
    expect(device.probed).toEqual(['wasm', 'webgl']);
  });

  it('has the next start try WebAssembly first where this engine cannot change to it', async () => {
    const engine = new ServingStandIn('webgl');
    engine.canChange = false;
    await choose(engine, { wasm: 5 });
    expect(engine.backend).toBe('webgl');
    expect(device.remembered).toBe('wasm');
  });

  it('remembers nothing where a measurement fails', async () => {
    await expect(choose(new ServingStandIn('wasm'), { webgl: 'worker-died' })).rejects.toMatchObject({ reason: 'worker-died' });
    expect(device.remembered).toBeNull();
  });
});

describe('orderToTry', () => {
  it('starts with what is ready soonest where nothing is known', () => {
    expect(orderToTry('auto', null)).toEqual(['wasm', 'webgl', 'cpu']);
  });

  it('starts with what was fastest here before', () => {
    expect(orderToTry('auto', 'webgl')).toEqual(['webgl', 'wasm', 'cpu']);
  });

  it('starts with the choice, and still falls back', () => {
    expect(orderToTry('cpu', 'webgl')).toEqual(['cpu', 'wasm', 'webgl']);
  });
});
