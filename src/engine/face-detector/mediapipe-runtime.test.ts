import type { FaceDetector as BlazeFace } from '@mediapipe/tasks-vision';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ModelRunner } from './mediapipe-runtime';

const PICTURE = {} as ImageData;

beforeEach(() => vi.stubGlobal('ImageData', vi.fn(function picture() { return PICTURE; })));
afterEach(() => vi.unstubAllGlobals());

function runnerOf(detect: () => unknown): ModelRunner {
  return new ModelRunner({ detect, close: () => undefined } as unknown as BlazeFace);
}

describe('ModelRunner', () => {
  it('reports a faulty model at the first run, from a frame or the warm-up', () => {
    const fails = () => {
      throw new Error('memory access out of bounds');
    };
    const corrupt = expect.objectContaining({ kind: 'model', reason: 'corrupt' }) as Error;
    for (const start of [(runner: ModelRunner) => runner.run(PICTURE), (runner: ModelRunner) => runner.warmUp()]) {
      const runner = runnerOf(fails);
      expect(runner.isFaulty).toBe(false);
      expect(() => start(runner)).toThrow(corrupt);
      expect(runner.isFaulty).toBe(true);
    }
  });

  it('passes later errors on unchanged', () => {
    const lost = new Error('no memory');
    const detect = vi.fn().mockReturnValueOnce({ detections: [] }).mockImplementation(() => {
      throw lost;
    });
    const runner = runnerOf(detect);
    runner.run(PICTURE);
    expect(() => runner.run(PICTURE)).toThrow(lost);
    expect(runner.isFaulty).toBe(false);
  });

  it('warms up once, and not after a frame', () => {
    const detect = vi.fn(() => ({ detections: [] }));
    const runner = runnerOf(detect);
    runner.run(PICTURE);
    runner.warmUp();
    expect(detect).toHaveBeenCalledOnce();
  });
});
