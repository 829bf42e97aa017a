import { expect, test } from 'vitest';
import { fiveFaces } from '../../scripts/drawn-faces/scenes';
import type { AssetFault } from '../../scripts/faulty-assets';
import { MienError } from '../engine/errors';
import { bitmapOf } from '../testing/drawn-picture';
import type { FrameResult } from '../engine/types';
import { ASSET_BASE, sharedEngine } from '../testing/engine';
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
const WASM = 'face_detection.wasm';
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

/** Indexes of functions of MediaPipe that its start calls, and that only the detection of a face calls: `npm run detector-functions`. */
const CALLED_AT = { start: 75, face: 14341 } as const;

test.each(Object.entries(CALLED_AT))('a binary that lacks a function called at the %s is replaced by the whole one', async (_when, index) => {
  const assetBase = new URL(`faults/lacks-${index}/${WASM}/`, ASSET_BASE).href;
  const engine = await createEngine({ assetBase, backend: 'wasm', settings: { smoothingMs: 0, sensitivity: 'balanced' } });
  try {
    const scene = await bitmapOf(fiveFaces());
    const frame = () => createImageBitmap(scene);
    const same = await sharedEngine();
    const boxes = ({ faces }: FrameResult) => faces.map(({ box }) => box);
    expect(boxes(await engine.analyzeStill(await frame()))).toEqual(boxes(await same.analyzeStill(await frame())));
    expect((await engine.analyzeLive(await frame(), 0))?.faces).toHaveLength(5);
    for (const search of ['fast', 'thorough'] as const) {
      expect((await engine.analyzeNext(await frame(), 0, { name: `clip, ${search}`, search })).faces).toHaveLength(5);
    }
  } finally {
    await engine.dispose();
  }
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
