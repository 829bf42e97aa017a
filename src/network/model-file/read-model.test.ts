import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { gzipSync, strToU8, unzipSync, zipSync } from 'fflate';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { MienError, type PlainError } from '../../engine/errors';
import { seededRandom } from '../../../scripts/drawn-faces/looks';
import { disposeModel } from './build-layers';
import { expectedOf, fixture, trialInput, type Expected } from './fixtures';
import { readModel, type NamedBytes } from './read-model';

const WRITTEN = [
  'sequential.keras2.h5',
  'sequential.keras3.h5',
  'functional.keras2.h5',
  'functional.keras2.keras',
  'functional.keras3.h5',
  'functional.keras3.keras',
  'recurrent.keras2.keras',
  'recurrent.keras3.keras',
  'nested.keras2.h5',
  'nested.keras2.keras',
  'nested.keras3.h5',
  'nested.keras3.keras',
  'scaled.keras2.keras',
  'scaled.keras3.keras',
  'channels.keras3.keras',
  ...['operations', 'transfer', 'attention', 'variety'].flatMap((name) => ['keras2.h5', 'keras2.keras', 'keras3.h5', 'keras3.keras'].map((version) => `${name}.${version}`)),
];
const TOLERANCE = 2e-6;

beforeAll(() => tf.setBackend('cpu'));

const library = vi.hoisted(() => vi.fn());
vi.mock('./hdf5-wasm', async (original) => {
  const { throughHdf5Library } = await original<typeof import('./hdf5-wasm')>();
  return { throughHdf5Library: library.mockImplementation(throughHdf5Library) };
});

let tensorsBefore = 0;
beforeEach(() => {
  library.mockClear();
  tensorsBefore = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors, 'tensors left behind').toBe(tensorsBefore);
});

/** Largest difference from Keras's answers. */
async function deviation(files: readonly NamedBytes[], expected: Expected): Promise<number> {
  const { model } = await readModel(files);
  const answer = tf.tidy(() => model.predict(tf.tensor(trialInput(expected), [...expected.shape])) as tf.Tensor);
  const values = await answer.data();
  tf.dispose(answer);
  disposeModel(model);
  return Math.max(...expected.answers.flat().map((value, i) => Math.abs(value - (values[i] ?? NaN))));
}

async function errorOf(files: readonly NamedBytes[]): Promise<PlainError> {
  const error: unknown = await readModel(files).then(
    ({ model }) => (disposeModel(model), null),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(MienError);
  const { kind, reason, detail } = error as MienError;
  return { kind, reason, detail };
}

function expectedFor(name: string): Expected {
  const [network = '', version] = name.split('.');
  const expected = expectedOf(version as 'keras2' | 'keras3')[network];
  if (!expected) throw new Error(name);
  return expected;
}

describe('files written by Keras', () => {
  it.each(WRITTEN)('%s answers as in Keras', async (name) => {
    expect(await deviation([fixture(name)], expectedFor(name))).toBeLessThan(TOLERANCE);
  });

  it.each(['latest', 'bigendian', 'compact', 'userblock', 'keras1', 'theano'])('answers the same from other storage: %s', async (kind) => {
    expect(await deviation([fixture(`sequential.${kind}.h5`)], expectedFor('sequential.keras2'))).toBeLessThan(TOLERANCE);
  });

  it('reports the assumption made for a Keras 1 file', async () => {
    const { model, format } = await readModel([fixture('sequential.keras1.h5')]);
    expect(format).toBe('Keras 1.2.2, HDF5, taken as computed by TensorFlow');
    disposeModel(model);
  });

  it('reads 16-bit numbers at their precision', async () => {
    expect(await deviation([fixture('sequential.half.h5')], expectedFor('sequential.keras2'))).toBeLessThan(1e-3);
  });

  it('reports a truncated file of the newer kind', async () => {
    const { bytes } = fixture('sequential.latest.h5');
    expect(await errorOf([{ path: 'a.h5', bytes: bytes.slice(0, -1000) }])).toMatchObject({ reason: 'damaged', detail: expect.stringContaining('truncated file') as string });
  });

  it('names an unsupported number type without reporting damage', async () => {
    const bytes = fixture('sequential.keras2.h5').bytes.slice();
    // Version and class of a type, 32-bit float, before its size: changed to opaque, which other 16-bit floats are stored as.
    const float = [0x11, 0x20, 0x1f, 0, 4, 0, 0, 0];
    for (const at of bytes.keys()) if (float.every((byte, i) => bytes[at + i] === byte)) bytes[at] = 0x15;
    expect(await errorOf([{ path: 'a.h5', bytes }])).toMatchObject({ reason: 'unsupported-storage', detail: expect.stringContaining('Opaque') as string });
  });

  it('names an unsupported compression without reporting damage', async () => {
    expect(await errorOf([fixture('sequential.scaleoffset.h5')])).toMatchObject({ reason: 'unsupported-storage', detail: expect.stringMatching(/HDF5 filter 6$/) as string });
  });

  it('counts parameters like Keras', async () => {
    const { model } = await readModel([fixture('recurrent.keras3.keras')]);
    expect((model as layers.LayersModel).countParams()).toBe(expectedFor('recurrent.keras3.keras').parameters);
    disposeModel(model);
  });

  it.each(['keras2', 'keras3'] as const)('%s: weights alone require a matching network', async (version) => {
    const weights = fixture(`sequential.${version}.weights.h5`);
    expect(await errorOf([weights])).toMatchObject({ reason: 'weights-only' });
    expect(await deviation([weights, fixture(`sequential.${version}.json`)], expectedFor(`sequential.${version}`))).toBeLessThan(TOLERANCE);
  });

  it('names the layer whose weights have another shape', async () => {
    const text = new TextDecoder().decode(fixture('sequential.keras3.json').bytes).replace('"units": 8', '"units": 9');
    const other = { path: 'other.json', bytes: strToU8(text) };
    expect(await errorOf([fixture('sequential.keras3.weights.h5'), other])).toMatchObject({ reason: 'damaged', detail: expect.stringContaining('dense') as string });
  });

  it('are found in a ZIP with other files', async () => {
    const { bytes } = fixture('sequential.keras3.h5');
    const zip = new Uint8Array(zipSync({ 'a/README.md': strToU8('# model'), 'a/model.h5': bytes }));
    expect(await deviation([{ path: 'model.zip', bytes: zip }], expectedFor('sequential.keras3.h5'))).toBeLessThan(TOLERANCE);
  });
});

it('reads a gzip file', async () => {
  const bytes = new Uint8Array(gzipSync(fixture('sequential.keras3.h5').bytes));
  expect(await deviation([{ path: 'model.h5.gz', bytes }], expectedFor('sequential.keras3.h5'))).toBeLessThan(TOLERANCE);
  expect(await errorOf([{ path: 'model.h5.gz', bytes: bytes.slice(0, -400) }])).toMatchObject({ kind: 'model-file' });
});

describe('among all given files', () => {
  const pathsRead = async (files: readonly NamedBytes[]) => {
    const { model, from } = await readModel(files);
    disposeModel(model);
    return from.map(({ path }) => path);
  };
  const labels = { path: 'labels.txt', bytes: strToU8('angry') };
  const json = fixture('sequential.keras3.json');

  it('lists those that the network was read from, without those beside them', async () => {
    expect(await pathsRead([labels, json, fixture('sequential.keras3.h5')])).toEqual(['sequential.keras3.h5']);
    expect(await pathsRead([labels, json, fixture('sequential.keras3.weights.h5')])).toEqual(['sequential.keras3.weights.h5', 'sequential.keras3.json']);
    expect(await pathsRead([...(await savedByTfjs()), labels])).toEqual(['model.json', 'weights.bin']);
  });

  it('lists the archive itself, not its contents', async () => {
    expect(await pathsRead([labels, fixture('functional.keras3.keras')])).toEqual(['functional.keras3.keras']);
    const parts = unzipSync(fixture('functional.keras3.keras').bytes);
    const unpacked = Object.entries(parts).map(([name, bytes]) => ({ path: `net/${name}`, bytes: new Uint8Array(bytes) }));
    expect((await pathsRead([{ ...labels, path: 'net/labels.txt' }, ...unpacked])).toSorted()).toEqual(['net/config.json', 'net/metadata.json', 'net/model.weights.h5']);
  });
});

describe('files written by TensorFlow.js', () => {
  it('run as a graph model', async () => {
    expect(await deviation([fixture('functional.graph.zip')], expectedFor('functional.keras2.h5'))).toBeLessThan(TOLERANCE);
  });

  it('are read as a layers model if saved by tf.layers', async () => {
    const files = await savedByTfjs();
    const { model, format } = await readModel(files);
    expect(format).toBe('TensorFlow.js layers');
    const answer = Array.from(tf.tidy(() => (model.predict(tf.ones([1, 8, 8, 1])) as tf.Tensor).dataSync()));
    disposeModel(model);
    expect(answer).toHaveLength(3);
    expect(answer.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
  });

  it('are rejected with the name of a missing part', async () => {
    const [json] = await savedByTfjs();
    expect(await errorOf([json as NamedBytes])).toEqual({ kind: 'model-file', reason: 'part-missing', detail: 'weights.bin' });
  });

  it('are rejected if the weights are truncated', async () => {
    const [json, weights] = (await savedByTfjs()) as [NamedBytes, NamedBytes];
    expect(await errorOf([json, { ...weights, bytes: weights.bytes.slice(0, -4) }])).toMatchObject({ reason: 'damaged' });
  });
});

/** A small model as saved by `model.save`. */
async function savedByTfjs(): Promise<NamedBytes[]> {
  const model = layers.sequential({
    layers: [
      layers.layers.conv2d({ inputShape: [8, 8, 1], filters: 2, kernelSize: 3, activation: 'relu' }),
      layers.layers.batchNormalization(),
      layers.layers.flatten(),
      layers.layers.dense({ units: 3, activation: 'softmax' }),
    ],
  });
  let files: NamedBytes[] = [];
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      const weightsManifest = [{ paths: ['weights.bin'], weights: artifacts.weightSpecs }];
      const json = JSON.stringify({ format: 'layers-model', modelTopology: artifacts.modelTopology, weightsManifest });
      files = [
        { path: 'model.json', bytes: strToU8(json) },
        { path: 'weights.bin', bytes: new Uint8Array(artifacts.weightData as ArrayBuffer) },
      ];
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
    }),
  );
  disposeModel(model);
  return files;
}

describe('malicious and unsupported files', () => {
  it('rejects files that are not models', async () => {
    for (const bytes of [new Uint8Array(0), strToU8('hello'), strToU8('{"a": 1}'), new Uint8Array([0xff, 0xd8, 0xff, 0xe0])]) {
      expect(await errorOf([{ path: 'a.h5', bytes: bytes }])).toEqual({ kind: 'model-file', reason: 'not-a-model', detail: 'a.h5' });
    }
  });

  it.each([
    ['TensorFlow SavedModel', ['net/saved_model.pb', 'net/variables/variables.index']],
    ['PyTorch', ['emotion.PTH']],
    ['ONNX', ['emotion-ferplus-8.onnx']],
    ['TensorFlow Lite', ['model.tflite']],
  ])('recognizes %s by file name', async (format, paths) => {
    expect(await errorOf(paths.map((path) => ({ path, bytes: strToU8('any bytes') })))).toEqual({ kind: 'model-file', reason: 'not-a-model', detail: `${format}: save it as .keras, .h5 or a TensorFlow.js model` });
  });

  it('recognizes TensorFlow Lite by its bytes, and PyTorch by the contents of its archive', async () => {
    expect(await errorOf([{ path: 'model.bin', bytes: strToU8('\u001c\0\0\0TFL3\0\0') }])).toMatchObject({ detail: expect.stringContaining('TensorFlow Lite') as string });
    const archive = new Uint8Array(zipSync({ 'model/data.pkl': strToU8('x') }));
    expect(await errorOf([{ path: 'model', bytes: archive }])).toMatchObject({ detail: expect.stringContaining('PyTorch') as string });
  });

  it.each(['sequential.keras3.h5', 'nested.keras3.keras', 'functional.graph.zip'])('reports %s truncated at any position as a model error', async (name) => {
    const { bytes } = fixture(name);
    for (let share = 1; share < 16; share++) {
      const cut = bytes.slice(0, Math.floor((bytes.length * share) / 16));
      expect(await errorOf([{ path: name, bytes: cut }])).toMatchObject({ kind: 'model-file' });
    }
  });

  it('survives arbitrary flipped bytes', async () => {
    const { bytes } = fixture('sequential.keras3.h5');
    const random = seededRandom(7);
    for (let round = 0; round < 60; round++) {
      const damaged = bytes.slice();
      for (let i = 0; i < 4; i++) damaged[Math.floor(random() * 4096)] = Math.floor(random() * 256);
      await readModel([{ path: 'a.h5', bytes: damaged }]).then(
        ({ model }) => disposeModel(model),
        (error: unknown) => expect(error).toBeInstanceOf(MienError),
      );
    }
  });

  it('survives flipped bytes if numbers are stored in headers, without the HDF Group’s library', async () => {
    const { bytes } = fixture('sequential.compact.h5');
    const random = seededRandom(7);
    for (let round = 0; round < 20; round++) {
      const damaged = bytes.slice();
      for (let i = 0; i < 4; i++) damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
      await readModel([{ path: 'a.h5', bytes: damaged }]).then(
        ({ model }) => disposeModel(model),
        (error: unknown) => expect(error).toBeInstanceOf(MienError),
      );
    }
    expect(library, 'runs of the HDF Group’s library').not.toHaveBeenCalled();
  });

  it('does not unpack a ZIP bomb', async () => {
    const zip = new Uint8Array(zipSync({ 'model.h5': new Uint8Array(1000) }));
    const view = new DataView(zip.buffer);
    const directory = view.getUint32(zip.length - 6, true);
    // The size claimed by the directory, 24 bytes after its start.
    view.setUint32(directory + 24, 0xfffffff0, true);
    expect(await errorOf([{ path: 'a.zip', bytes: zip }])).toMatchObject({ kind: 'model-file', reason: 'too-large' });
  });
});
