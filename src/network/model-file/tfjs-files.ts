import * as tfc from '@tensorflow/tfjs-core';
import type { GraphModel } from '@tensorflow/tfjs-converter';
import { MienError } from '../../engine/errors';
import { joined } from '../../engine/joined';
import { buildLayers, disposeModel } from './build-layers';
import { isRecord, listOf, recordOf, textOf, type Json } from './json';
import { planNetwork } from './keras-config';
import { type ReadLayers } from './keras-files';
import { fillWeights, weightsNamed, type WeightSource } from './keras-weights';
import { MODEL_LIMITS } from './limits';
import { statedInput } from './stated-input';

export interface ReadGraph {
  readonly model: GraphModel;
  readonly format: string;
}

/** True for the `model.json` of a tfjs model. */
export function isTfjsModel(value: unknown): value is Json {
  return isRecord(value) && isRecord(value['modelTopology']);
}

/** Finds a file by its path relative to `model.json`; undefined if there is none. */
export type FindFile = (name: string) => Uint8Array<ArrayBuffer> | undefined;

/**
 * Reads a tfjs model, layers or graph.
 *
 * @throws MienError `model-file/part-missing` with the name of a missing part; `model-file/*`.
 */
export async function readTfjs(json: Json, find: FindFile): Promise<ReadLayers | ReadGraph> {
  const topology = recordOf(json['modelTopology'], 'modelTopology');
  const { specs, data } = readWeights(json['weightsManifest'], find);
  if (Array.isArray(topology['node'])) return readGraph(json, topology, specs, data);
  // The converter wraps Keras's config; tfjs's own `save` does not.
  const config = recordOf(topology['model_config'] ?? topology, 'model_config');
  const version = typeof topology['keras_version'] === 'string' ? topology['keras_version'] : '2';
  const plan = planNetwork(config, version.startsWith('3') ? 3 : 2);
  const model = await buildLayers(plan.topology);
  const tensors = decode(data, specs);
  try {
    fillWeights(model, plan.owners, namedWeights(tensors));
    const stated = statedInput(json);
    return { model, format: 'TensorFlow.js layers', ...(stated && { stated }) };
  } catch (error) {
    disposeModel(model);
    throw error;
  } finally {
    tfc.dispose(tensors);
  }
}

async function readGraph(json: Json, topology: Json, specs: tfc.io.WeightsManifestEntry[], data: ArrayBuffer): Promise<ReadGraph> {
  const { loadGraphModel } = await import('@tensorflow/tfjs-converter');
  try {
    const model = await loadGraphModel(
      tfc.io.fromMemory({
        modelTopology: topology,
        weightSpecs: specs,
        weightData: data,
        ...(isRecord(json['signature']) ? { signature: json['signature'] } : {}),
      }),
    );
    return { model, format: 'TensorFlow.js graph' };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new MienError('model-file', message.includes('not supported') ? 'unsupported-layer' : 'damaged', message, error);
  }
}

function readWeights(manifest: unknown, find: FindFile): { specs: tfc.io.WeightsManifestEntry[]; data: ArrayBuffer } {
  const specs: tfc.io.WeightsManifestEntry[] = [];
  const parts: Uint8Array[] = [];
  for (const entry of listOf(manifest, 'weightsManifest')) {
    const group = recordOf(entry, 'weightsManifest');
    for (const path of listOf(group['paths'], 'paths')) {
      const name = textOf(path, 'path of a part');
      const part = find(name);
      if (!part) throw new MienError('model-file', 'part-missing', name);
      parts.push(part);
    }
    specs.push(...listOf(group['weights'], 'weights').map(readSpec));
  }
  const bytes = parts.reduce((sum, part) => sum + part.length, 0);
  const expected = specs.reduce((sum, spec) => sum + bytesOf(spec), 0);
  if (bytes !== expected) throw new MienError('model-file', 'damaged', `${bytes} bytes of weights, not ${expected}`);
  return { specs, data: joined(Uint8Array, parts).buffer };
}

const BYTES: Readonly<Record<string, number>> = { float32: 4, int32: 4, float16: 2, uint16: 2, uint8: 1, bool: 1, complex64: 8 };

function readSpec(value: unknown): tfc.io.WeightsManifestEntry {
  const spec = recordOf(value, 'weights');
  const shape = listOf(spec['shape'], 'shape of a weight');
  const fits = shape.every((size) => Number.isInteger(size) && (size as number) >= 0);
  if (!fits || typeof spec['name'] !== 'string' || !(String(spec['dtype']) in BYTES)) {
    throw new MienError('model-file', 'damaged', `weight ${String(spec['name'])} of type ${String(spec['dtype'])}`);
  }
  if (countOf(shape as number[]) > MODEL_LIMITS.parameters) throw new MienError('model-file', 'too-large', `weight ${spec['name']}`);
  return spec as unknown as tfc.io.WeightsManifestEntry;
}

function bytesOf({ shape, dtype, quantization }: tfc.io.WeightsManifestEntry): number {
  return countOf(shape) * (BYTES[quantization?.dtype ?? dtype] ?? NaN);
}

function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function decode(data: ArrayBuffer, specs: tfc.io.WeightsManifestEntry[]): tfc.NamedTensorMap {
  try {
    return tfc.io.decodeWeights(data, specs);
  } catch (error) {
    throw new MienError('model-file', 'damaged', String(error), error);
  }
}

function namedWeights(tensors: tfc.NamedTensorMap): WeightSource {
  const names = Object.keys(tensors);
  return ({ path }, _, layers) =>
    weightsNamed(names, path.at(-1) ?? '', layers).map((name) => {
      const tensor = tensors[name] as tfc.Tensor;
      return { shape: tensor.shape, values: Float32Array.from(tensor.dataSync()) };
    });
}
