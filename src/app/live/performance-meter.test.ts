import { describe, expect, it } from 'vitest';
import { PerformanceMeter } from './performance-meter';

const TIMINGS = { detectMs: 5, cropMs: 1, classifyMs: 9, totalMs: 15 };

describe('PerformanceMeter', () => {
  it('separates the camera’s rate from the engine’s, and counts dropped frames', () => {
    const meter = new PerformanceMeter();
    for (let i = 0; i < 120; i++) {
      const t = i * 33.3;
      meter.show(t, 1);
      if (i % 2 === 1) continue;
      meter.take();
      meter.finish(t + 40, t, { ...TIMINGS, detectMs: i % 4 === 0 ? 4 : 8 });
    }
    const reading = meter.read(4000);
    expect(reading.cameraRate).toBeCloseTo(30, 0);
    expect(reading.analysisRate).toBeCloseTo(15, 0);
    expect(reading.droppedFrames).toBeGreaterThanOrEqual(59);
    expect(reading.droppedFrames).toBeLessThanOrEqual(60);
    expect(reading.latencyMs).toBeCloseTo(40);
    expect(reading.classifyMs).toBe(9);
  });

  it('counts frames without a callback of their own', () => {
    const meter = new PerformanceMeter();
    for (let i = 0; i < 40; i++) {
      meter.show(i * 100, 3);
      meter.take();
    }
    expect(meter.read(3950).cameraRate).toBeCloseTo(30, 0);
    expect(meter.read(3950).droppedFrames).toBe(79);
  });

  it('falls to zero when frames stop', () => {
    const meter = new PerformanceMeter();
    meter.show(0, 1);
    meter.take();
    meter.finish(20, 0, TIMINGS);
    expect(meter.read(10_000)).toMatchObject({ cameraRate: 0, analysisRate: 0, latencyMs: 0 });
  });
});
