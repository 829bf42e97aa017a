import { expect, test } from 'vitest';
import type { AssetFault } from '../../scripts/faulty-assets';
import { MienError } from '../engine/errors';
import { ASSET_BASE } from '../testing/engine';
import { createEngine } from './pipeline-client';

/**
 * How an engine starts whose assets come from a server with one file at fault: the error, or the backend that serves. Another backend
 * takes the place of tfjs's WebAssembly: recognizer-model.browser.test.ts.
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
