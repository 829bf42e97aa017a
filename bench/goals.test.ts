import { describe, expect, it } from 'vitest';
import { goals, type Figures } from './goals';

/** Every twelfth frame takes twice as long. */
const row = (name: string, scene: string, ms: number) => ({ name, scene, backend: 'wasm', timesMs: Array.from({ length: 48 }, (_, i) => (i % 12 === 0 ? 2 * ms : ms)), faces: 1, stages: null });

const FINE: Figures = {
  compared: ['one face', 'five faces'].flatMap((scene) => [row('mien', scene, 12), row('human', scene, 43), row('face-api', scene, 60)]),
  memory: { tensorsBefore: 32, tensorsAfter: 32, heapBefore: 13.6e6, heapAfter: 14e6 },
  app: { photoMs: [1600, 1300, 1400], webcamMs: [1200, 1300, 1400], longTasks: [], initialScriptGzip: 118e3, webcamGzip: 5.4e6, files: {} },
  cold: { mien: [700, 760, 710], detector: [660, 650, 700] },
};

const missed = (figures: Figures, binding: boolean) => goals(figures).filter((g) => !g.met && g.binding === binding).map((g) => g.what);

describe('goals', () => {
  it('are met by good measurements, and list them', () => {
    expect(goals(FINE).filter((g) => !g.met)).toEqual([]);
    expect(goals(FINE).map((g) => g.measured)).toEqual(expect.arrayContaining(['3.58 × (3.58–3.58)', '1400 ms', '1.08 ×', '5.40 MB', '32 → 32']));
  });

  it.each<[string, Figures, string]>([
    ['a script that has grown', { ...FINE, app: { ...FINE.app, initialScriptGzip: 124e3 } }, 'initial script, gzipped'],
    ['a script that was not found', { ...FINE, app: { ...FINE.app, initialScriptGzip: 0 } }, 'initial script, gzipped'],
    ['a download that has grown', { ...FINE, app: { ...FINE.app, webcamGzip: 5.6e6 } }, 'all for the first webcam result, gzipped'],
    ['a tensor left behind', { ...FINE, memory: { ...FINE.memory, tensorsAfter: 33 } }, 'tensors over 1,000 frames'],
    ['a heap that grows', { ...FINE, memory: { ...FINE.memory, heapAfter: 17e6 } }, 'collected heap over 1,000 frames'],
  ])('fail the bench by %s', (_, figures, what) => {
    expect(missed(figures, true)).toEqual([what]);
    expect(missed(figures, false)).toEqual([]);
  });

  it('do not fail the bench because of times, which depend on the machine', () => {
    const slow = { ...FINE, compared: FINE.compared.map((r) => ({ ...r, timesMs: r.timesMs.map((ms) => 4 * ms) })) };
    expect(missed(slow, true)).toEqual([]);
    expect(missed(slow, false)).toEqual(['one face, p50', 'one face, p95', 'five faces, p50']);
    const starved = { ...FINE, app: { ...FINE.app, longTasks: [{ wallMs: 90, ownMs: 30 }] } };
    expect(missed(starved, false)).toEqual(['main-thread tasks over 50 ms, from start to end']);
    const late = { ...FINE, cold: { ...FINE.cold, mien: [900, 910, 920] } };
    expect(missed(late, false)).toEqual(['first result on a bare page, beside the detector alone']);
    const none = { ...FINE, compared: FINE.compared.filter((r) => r.name !== 'mien') };
    expect(missed(none, false)).toContain('one face, beside the faster peer');
  });
});
