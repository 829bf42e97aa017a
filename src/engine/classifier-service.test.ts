import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ClassifierService } from './classifier-service';
import { EmotionClassifier } from './emotion-classifier';
import { CROP_SIZE } from './face-crop';
import { loadModelFiles } from './model-files';

const BASE = 'https://mien.invalid/';
const PUBLIC = new URL('../../public/', import.meta.url);

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('ClassifierService', () => {
  it('falls back to a working backend, and keeps it where a switch fails', async () => {
    vi.stubGlobal('fetch', (url: string) => Promise.resolve(new Response(readFileSync(new URL(new URL(url).pathname.slice(1), PUBLIC)))));
    // Node has no WebGL.
    const service = await ClassifierService.create(await loadModelFiles(BASE), BASE, ['webgl', 'cpu']);
    expect(service.backend).toBe('cpu');
    expect(service.reports.map(({ name, outcome }) => [name, outcome])).toEqual([['webgl', 'unavailable'], ['cpu', 'serving']]);
    expect(service.reports[1]?.medianMs).toBeNull();
    expect(await service.measure()).toBeGreaterThan(0);
    expect(service.reports[1]?.medianMs).toBeGreaterThan(0);

    const crop = Float32Array.from({ length: CROP_SIZE * CROP_SIZE }, (_, i) => Math.sin(i / 50));
    const before = await service.classify(crop);
    const { numTensors } = service.memory;
    await service.changeTo('webgl');

    // A failing attempt that has already made another backend tfjs's current one.
    tf.registerBackend('other', () => new tf.KernelBackend());
    vi.spyOn(EmotionClassifier, 'create').mockImplementationOnce(async () => {
      await tf.setBackend('other');
      throw new Error('out of memory');
    });
    await expect(service.changeTo('wasm')).rejects.toThrow('out of memory');
    expect(tf.getBackend()).toBe('cpu');
    expect(service.backend).toBe('cpu');
    expect(await service.classify(crop)).toEqual(before);
    expect(service.memory.numTensors).toBe(numTensors);
    service.dispose();
  }, 60_000);

  it('tries no backend where its start is already cancelled', async () => {
    vi.stubGlobal('fetch', (url: string) => Promise.resolve(new Response(readFileSync(new URL(new URL(url).pathname.slice(1), PUBLIC)))));
    const inVain = new AbortController();
    const tried = vi.spyOn(EmotionClassifier, 'create').mockImplementation(() => {
      inVain.abort(new Error('no detector'));
      return Promise.resolve('unavailable');
    });
    await expect(ClassifierService.create(await loadModelFiles(BASE), BASE, ['wasm', 'webgl', 'cpu'], null, inVain.signal)).rejects.toThrow('no detector');
    expect(tried).toHaveBeenCalledOnce();
  });
});
