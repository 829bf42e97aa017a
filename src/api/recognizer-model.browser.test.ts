import { expect, test } from 'vitest';
import { oneFace } from '../../scripts/drawn-faces/scenes';
import { EXPRESSIONS } from '../engine/labels';
import drawnModel from '../network/model-file/fixtures/drawn-raf-centred.keras?url';
import graphZip from '../network/model-file/fixtures/functional.graph.zip?url';
import kerasHdf5 from '../network/model-file/fixtures/functional.keras2.h5?url';
import { bitmapOf } from '../testing/drawn-picture';
import { videoClip } from '../testing/video-clip';
import type { ModelInput, ModelInputOptions } from './model-source';
import { createRecognizer, type Recognizer, type RecognizerOptions } from './recognizer';

async function fileAt(url: string, name: string): Promise<File> {
  return new File([await (await fetch(url)).blob()], name);
}

test('a custom model reads faces, is named in the record, and reports how its input is interpreted', async () => {
  const model = await fileAt(drawnModel, 'theirs.keras');
  const recognizer = await createRecognizer({ assetBase: '/', backend: 'wasm', model });
  try {
    const { modelInput, memory } = await recognizer.health();
    expect(modelInput).toMatchObject({ input: { side: 32, channels: 1 }, scaling: 'minus-one-to-one' });
    for (const expression of ['happy', 'surprise', 'happy'] as const) {
      const record = await recognizer.detect(await bitmapOf(oneFace(expression, 130)));
      expect(record.model).toMatchObject({ id: 'theirs', version: expect.stringMatching(/^Keras 3/) as string });
      expect(record.emotion).toBe(expression);
      expect(record.reading.sensitivity).toBeNull();
    }
    expect((await recognizer.health()).memory.numTensors).toBe(memory.numTensors);
  } finally {
    await recognizer.dispose();
  }
});

test('a model that cannot run is rejected with the name of its layer or file', async () => {
  const json = JSON.stringify({ modelTopology: { class_name: 'Sequential', config: [{ class_name: 'Lambda', config: { name: 'squeeze' } }] }, weightsManifest: [] });
  const opening = (model: File) => createRecognizer({ assetBase: '/', backend: 'wasm', model, modelInput: { scaling: 'unit', labels: EXPRESSIONS } });
  await expect(opening(new File([json], 'model.json'))).rejects.toMatchObject({ kind: 'model-file', reason: 'unsupported-layer', detail: 'squeeze (Lambda)' });
  await expect(opening(new File(['hello'], 'notes.h5'))).rejects.toMatchObject({ kind: 'model-file', reason: 'not-a-model', detail: 'notes.h5' });
});

/** Runs `work` with a custom model, then disposes the recognizer. */
async function withModel<T>(model: ModelInput, work: (recognizer: Recognizer) => Promise<T>, others: Partial<RecognizerOptions> = {}): Promise<T> {
  const recognizer = await createRecognizer({ assetBase: '/', backend: 'wasm', model, ...others });
  try {
    return await work(recognizer);
  } finally {
    await recognizer.dispose();
  }
}

const shares = async (recognizer: Recognizer) => {
  const { model, faces } = await recognizer.detect(await bitmapOf(oneFace('happy', 130)));
  return { model: model.id, shares: Object.values(faces[0]?.probabilities ?? {}) };
};

test('a network gives the same answers from HDF5 and from a graph model in a ZIP', async () => {
  const modelInput: ModelInputOptions = { scaling: 'bytes', labels: [...EXPRESSIONS, 'contempt'] };
  const hdf5 = await withModel(await fileAt(kerasHdf5, 'theirs.h5'), shares, { modelInput });
  const graph = await withModel(await fileAt(graphZip, 'theirs.zip'), shares, { modelInput });
  expect(hdf5.shares).toHaveLength(EXPRESSIONS.length);
  expect(new Set(hdf5.shares).size).toBeGreaterThan(3);
  expect(graph.model).toBe('theirs');
  graph.shares.forEach((share, i) => expect(share).toBeCloseTo(hdf5.shares[i] ?? NaN, 3));
});

test('a cropped face reaches the model to the last pixel, also when WebGL replaces missing WebAssembly', async () => {
  const modelInput: ModelInputOptions = { scaling: 'unit', labels: EXPRESSIONS };
  const canvas = new OffscreenCanvas(48, 48);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no context');
  // A white border, one pixel wide, around black.
  context.strokeStyle = 'white';
  context.fillRect(0, 0, 48, 48);
  context.strokeRect(0.5, 0.5, 47, 47);
  const classify = async (recognizer: Recognizer) => ({ crops: await recognizer.classifyFaces([canvas]), backend: (await recognizer.health()).backend });
  for (const [assetBase, backend] of [['/', 'wasm'], ['/faults/missing/tfjs-backend-wasm-simd.wasm/', 'webgl']] as const) {
    const told = await withModel(cornerModel(), classify, { modelInput, assetBase });
    expect(told.backend).toBe(backend);
    // The first logit is the corner's brightness, the others are 0.
    expect(told.crops[0]?.probabilities.angry).toBeCloseTo(Math.E / (Math.E + 6), 3);
  }
});

/** A tfjs model with one dense layer that uses only the first pixel. */
function cornerModel(): File[] {
  const layers = [
    { class_name: 'Flatten', config: { name: 'flatten', batch_input_shape: [null, 48, 48, 1] } },
    { class_name: 'Dense', config: { name: 'dense', units: EXPRESSIONS.length, activation: 'softmax', use_bias: false } },
  ];
  const weights = new Float32Array(48 * 48 * EXPRESSIONS.length);
  weights[0] = 1;
  const json = {
    modelTopology: { class_name: 'Sequential', config: { name: 'corner', layers } },
    weightsManifest: [{ paths: ['weights.bin'], weights: [{ name: 'dense/kernel', shape: [48 * 48, EXPRESSIONS.length], dtype: 'float32' }] }],
  };
  return [new File([JSON.stringify(json)], 'model.json'), new File([weights], 'weights.bin')];
}

test('a TensorFlow.js model is fetched by URL with its weights, and gives the same from its files', async () => {
  const folder = '/models/seed-bilstm/';
  const fetched = await withModel(`${folder}model.json`, shares);
  const files = await Promise.all(['model.json', 'weights.bin'].map((name) => fileAt(folder + name, name)));
  const chosen = await withModel(files, shares);
  expect(fetched.shares).toEqual(chosen.shares);
  await expect(createRecognizer({ assetBase: '/', model: `${folder}none.keras` })).rejects.toMatchObject({ kind: 'model', reason: 'not-found' });
});

test('a model given by URL reads a clip and follows a stream', async () => {
  await withModel(new URL(drawnModel, location.href), async (recognizer) => {
    const { model, results } = await recognizer.detectVideo(await videoClip('per-second.mp4'), { frameRate: 2, search: 'fast' });
    expect(model.id).toBe('drawn-raf-centred');
    expect(results.map(({ faces }) => faces.length)).toEqual([1, 1, 1, 1, 1, 1]);
    // In the middle second, after the smoothing has caught up.
    expect(results[3]?.faces[0]?.emotion).toBe('surprise');

    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
    const picture = await bitmapOf(oneFace('surprise', 130));
    const context = canvas.getContext('2d');
    const redraw = setInterval(() => context?.drawImage(picture, 0, 0), 50);
    const video = Object.assign(document.createElement('video'), { muted: true, srcObject: canvas.captureStream(15) });
    await video.play();
    try {
      const seen = await new Promise((resolve, reject) => {
        const stop = recognizer.track(
          video,
          ({ faces }) => {
            if (faces[0]?.emotion !== 'surprise') return;
            stop();
            resolve(faces[0].emotion);
          },
          { onError: reject },
        );
      });
      expect(seen).toBe('surprise');
    } finally {
      clearInterval(redraw);
    }
  });
});
