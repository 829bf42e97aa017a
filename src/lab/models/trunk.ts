import * as tf from '@tensorflow/tfjs-core';
import { readValues } from '../../engine/backend';
import { standardise } from '../../engine/crop-arithmetic';
import { MienError } from '../../engine/errors';
import { EXPRESSIONS } from '../../engine/labels';
import type { ModelFiles } from '../../engine/model-files';
import { NetworkRunner } from '../../engine/network-runner';
import { countFaces, FACE_SIDE, LUMINANCE_BYTES, modelInput, type FaceBatch } from '../faces';
import { mixedEvidence, type MixedHead } from '../why/mixed-evidence';

interface TopologyLayer {
  readonly name: string;
  readonly class_name: string;
  readonly inbound_nodes: readonly (readonly (readonly [string, ...unknown[]])[])[];
}

/** Class activation maps: a square of evidence for each face and expression. */
export interface ActivationMaps {
  /** Cells per side. */
  readonly side: number;
  /** [n, 7, side, side], in the order of `EXPRESSIONS`; positive values support the expression, negative ones oppose it. */
  readonly evidence: Float32Array;
}

/** Faces per batch. */
const BATCH = 32;

/** Mien's own network up to its pooling layer: yields features of faces, and their locations within a face. */
export class Trunk {
  /** Number of features per face. */
  readonly width: number;
  readonly #files: ModelFiles;
  readonly #network: NetworkRunner;
  readonly #pool: string;
  readonly #map: string;

  private constructor(files: ModelFiles, network: NetworkRunner, pool: TopologyLayer, width: number) {
    this.#files = files;
    this.#network = network;
    this.#pool = pool.name;
    this.#map = pool.inbound_nodes[0]?.[0]?.[0] ?? '';
    this.width = width;
  }

  /** On tfjs's current backend. @throws MienError `model/incompatible` for a network without pooling. */
  static open(files: ModelFiles): Trunk {
    const pool = poolOf(files.topology);
    const network = NetworkRunner.create(files);
    const kernel = (files.weightSpecs as readonly tf.io.WeightsManifestEntry[]).find(({ name }) => name === `${network.heads[0] ?? ''}/kernel`);
    if (pool && kernel?.shape[0] !== undefined) return new Trunk(files, network, pool, kernel.shape[0]);
    network.dispose();
    throw new MienError('model', 'incompatible', 'no pooling before the outputs');
  }

  /** Pooled features, [n × width]. */
  async features(faces: FaceBatch): Promise<Float32Array> {
    const count = countFaces(faces);
    const features = new Float32Array(count * this.width);
    for (let from = 0; from < count; from += BATCH) {
      const part = faces.luminance.subarray(from * LUMINANCE_BYTES, (from + BATCH) * LUMINANCE_BYTES);
      const [pooled] = await this.#run([this.#pool], { luminance: part, colors: null });
      if (pooled) features.set(pooled, from * this.width);
    }
    return features;
  }

  /**
   * Class activation maps (Zhou et al., CVPR 2016): what each place contributes to each expression, with the app's mixing of the two outputs. Exact,
   * since a single dense layer follows the pooling.
   */
  async activation({ luminance }: FaceBatch): Promise<ActivationMaps> {
    const heads = this.#mixedHeads();
    const evidence: number[] = [];
    let side = 0;
    for (let from = 0; from < luminance.length; from += BATCH * LUMINANCE_BYTES) {
      const part = { luminance: luminance.subarray(from, from + BATCH * LUMINANCE_BYTES), colors: null };
      const [maps = new Float32Array()] = await this.#run([this.#map], part);
      const each = maps.length / countFaces(part);
      side = Math.round(Math.sqrt(each / this.width));
      for (let at = 0; at < maps.length; at += each) evidence.push(...mixedEvidence(maps.subarray(at, at + each), this.width, heads, EXPRESSIONS.length));
    }
    return { side, evidence: Float32Array.from(evidence) };
  }

  dispose(): void {
    this.#network.dispose();
  }

  async #run(layers: readonly string[], faces: FaceBatch): Promise<Float32Array[]> {
    const input = modelInput(faces, { side: FACE_SIDE, channels: 1 });
    standardise(input);
    const outputs = tf.tidy(() => this.#network.outputsOf(layers, tf.tensor4d(input, [countFaces(faces), FACE_SIDE, FACE_SIDE, 1])));
    try {
      return await Promise.all(outputs.map(readValues));
    } finally {
      tf.dispose(outputs);
    }
  }

  #mixedHeads(): readonly MixedHead[] {
    const weights = tf.io.decodeWeights(this.#files.weightData, this.#files.weightSpecs as tf.io.WeightsManifestEntry[]);
    try {
      return this.#network.heads.map((head) => ({ share: this.#files.mixing.shares[head] ?? 0, kernel: weights[`${head}/kernel`]?.dataSync() ?? [] }));
    } finally {
      tf.dispose(weights);
    }
  }
}

function poolOf(topology: object): TopologyLayer | undefined {
  const { config } = topology as { readonly config: { readonly layers: readonly TopologyLayer[] } };
  return config.layers.find((layer) => layer.class_name === 'GlobalAveragePooling2D');
}
