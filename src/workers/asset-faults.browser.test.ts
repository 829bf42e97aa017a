import { expect, test } from 'vitest';
import { fiveFaces } from '../../scripts/drawn-faces/scenes';
import type { AssetFault } from '../../scripts/faulty-assets';
import { MienError } from '../engine/errors';
import { bitmapOf } from '../testing/drawn-picture';
import { ASSET_BASE } from '../testing/engine';
import { createEngine } from './pipeline-client';

/**
 * Starts an engine whose server delivers one file faultily; returns the error or the backend that serves. The fallback from tfjs's WebAssembly to
 * another backend is covered by recognizer-model.browser.test.ts.
 */
async function startWith(fault: AssetFault, file: string): Promise<string> {
  const assetBase = new URL(`faults/${fault}/${file}/`, ASSET_BASE).href;
  try {
    const engine = await createEngine({ assetBase, backend: 'wasm', settings: { smoothingMs: 0, sensitivity: 'balanced' } });
    const { backend } = await engine.health();
    await engine.dispose();
    return `serves on ${backend}`;
  } catch (error) {
    if (!(error instanceof MienError)) throw error;
    return `${error.kind}/${error.reason}`;
  }
}

const LOADER = 'vision_wasm_module_internal.js';
const WASM = 'vision_wasm_module_internal.wasm';
const DETECTOR = 'face_detection_short_range.tflite';

test.each([
  ['weights.bin', 'missing', 'model/not-found'],
  ['weights.bin', 'changed', 'model/corrupt'],
  ['weights.bin', 'half', 'model/corrupt'],
  ['model.json', 'missing', 'model/not-found'],
  ['model.json', 'page', 'model/not-found'],
  ['card.json', 'half', 'model/corrupt'],
  [DETECTOR, 'missing', 'model/not-found'],
  [DETECTOR, 'changed', 'model/corrupt'],
  [LOADER, 'missing', 'model/not-found'],
  [LOADER, 'half', 'model/corrupt'],
  [WASM, 'missing', 'model/not-found'],
  [WASM, 'half', 'model/corrupt'],
] as const)('%s that arrives %s: %s', async (file, fault, outcome) => {
  expect(await startWith(fault, file)).toBe(outcome);
});

test('without the search network, live frames are answered and clip frames are rejected', async () => {
  const assetBase = new URL('faults/missing/face_detection_full_range_sparse.tflite/', ASSET_BASE).href;
  const engine = await createEngine({ assetBase, backend: 'wasm', settings: { smoothingMs: 0, sensitivity: 'balanced' } });
  try {
    const scene = await bitmapOf(fiveFaces());
    const frame = () => createImageBitmap(scene);
    expect((await engine.analyzeLive(await frame(), 0))?.faces.length).toBeGreaterThan(0);
    const clip = engine.analyzeNext(await frame(), 0, { name: 'clip', search: 'fast' });
    await expect(clip).rejects.toMatchObject({ kind: 'model', reason: 'not-found' });
  } finally {
    await engine.dispose();
  }
});
