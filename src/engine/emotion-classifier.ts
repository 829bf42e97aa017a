import * as tf from '@tensorflow/tfjs-core';
import { activateBackend, dropBackend, readValues } from './backend';
import { MienError } from './errors';
import { NetworkRunner } from './network-runner';
import { CROP_SIZE, standardise } from './face-crop';
import { EXPRESSIONS, toProbabilities, type Probabilities } from './labels';
import { DEFAULT_SENSITIVITY, headProbabilities, mix, SENSITIVITIES, type MixingRule, type Sensitivity } from './mixing';
import type { KnownAnswer, ModelFiles } from './model-files';
import type { BackendName, BackendReport } from './types';

/** Largest deviation from PyTorch's probabilities; a backend beyond it is rejected. */
export const KNOWN_ANSWER_TOLERANCE = 0.01;

/** WebGL compiles programs per shape, so batches are padded to one of these sizes; larger ones are split. */
const WEBGL_BATCHES = [1, 2, 4, 8] as const;
/** Elsewhere only memory limits a batch: WebAssembly never returns memory. */
const LARGEST_BATCH: Readonly<Record<BackendName, number>> = { webgl: 8, wasm: 32, cpu: 32 };
/**
 * Besides all crops of the known answer (4), WebGL is also checked with its first 1 and 2, which use other programs and
 * are the usual sizes of live frames: they are compiled before the first frame. 8 is rarer, and takes as long as both of these.
 */
const WARMED_BATCHES = [1, 2] as const;
/**
 * Other backends compile no program per batch size, so one face suffices to expose a faulty kernel: a weaker check than all faces
 * of the known answer, which would lengthen a cold start.
 */
const CHECKED_BATCHES = [1] as const;

/** A measurement ends after this many runs, or after this many ms on a slow device. */
const MEASURED_RUNS = 5;
const MEASURED_MS = 250;

const CLASSES = EXPRESSIONS.length;
const CROP_LENGTH = CROP_SIZE * CROP_SIZE;

/** The expression network on one backend: standardised crops in, calibrated probabilities out. */
export class EmotionClassifier {
  readonly backend: BackendName;
  readonly #network: NetworkRunner;
  readonly #rule: MixingRule;
  #deviation = NaN;
  #medianMs: number | null = null;

  private constructor(backend: BackendName, network: NetworkRunner, rule: MixingRule) {
    this.backend = backend;
    this.#network = network;
    this.#rule = rule;
  }

  /**
   * Loads the model on a backend and checks shapes and the known answer, which also warms it up.
   *
   * Returns the reason if the backend is unavailable (also if it fails on the way) or gives wrong answers; it is then
   * dropped, and no backend is current.
   *
   * @param signal cancels between two steps: rejects with its reason, and frees what was allocated.
   * @throws `model/incompatible` if the network does not match its card.
   */
  static async create(
    backend: BackendName,
    files: ModelFiles,
    assetBase: string,
    signal?: AbortSignal,
  ): Promise<EmotionClassifier | 'unavailable' | 'wrong-answer'> {
    const isActive = await activateBackend(backend, assetBase, signal);
    signal?.throwIfAborted();
    if (!isActive) return 'unavailable';
    const network = NetworkRunner.create(files);
    const missing = Object.keys(files.mixing.shares).filter((head) => !network.heads.includes(head));
    if (missing.length > 0) {
      network.dispose();
      throw new MienError('model', 'incompatible', `no head ${missing.join()}`);
    }
    const classifier = new EmotionClassifier(backend, network, files.mixing);
    try {
      const { count } = files.knownAnswer;
      classifier.#deviation = 0;
      for (const n of backend === 'webgl' ? [count, ...WARMED_BATCHES] : CHECKED_BATCHES) {
        signal?.throwIfAborted();
        classifier.#deviation = worse(classifier.#deviation, await classifier.#deviationFrom(files.knownAnswer, n));
        // Written so that NaN fails too.
        if (!(classifier.#deviation <= KNOWN_ANSWER_TOLERANCE)) {
          classifier.discard();
          return 'wrong-answer';
        }
      }
      return classifier;
    } catch {
      if (signal?.aborted) {
        // Not dropped: the next start may want this backend.
        classifier.dispose();
        throw signal.reason;
      }
      classifier.discard();
      return 'unavailable';
    }
  }

  /** Report of this backend, which has passed. */
  get report(): BackendReport {
    return { name: this.backend, outcome: 'passed', medianMs: this.#medianMs, deviation: this.#deviation };
  }

  /**
   * Classifies standardised crops, [n, 48, 48], in as few batches as the backend allows, each with one asynchronous read.
   *
   * @throws `ContextLostError` if the WebGL context is lost, instead of returning garbage.
   */
  async classify(crops: Float32Array, sensitivity: Sensitivity = DEFAULT_SENSITIVITY): Promise<Probabilities[]> {
    const logits = await this.#logits(crops);
    const { heads } = this.#network;
    const stride = heads.length * CLASSES;
    const result: Probabilities[] = [];
    for (let i = 0; i < logits.length; i += stride) {
      result.push(toProbabilities(mix(logits.subarray(i, i + stride), heads, this.#rule, sensitivity)));
    }
    return result;
  }

  /** Median milliseconds per face over a few runs; `report` includes it from then on. */
  async measure(): Promise<number> {
    const crop = new Float32Array(CROP_LENGTH);
    // The first run of a batch size compiles; later frames do not pay for that.
    await this.classify(crop);
    const times: number[] = [];
    const began = performance.now();
    while (times.length < MEASURED_RUNS && performance.now() - began < MEASURED_MS) {
      const from = performance.now();
      await this.classify(crop);
      times.push(performance.now() - from);
    }
    this.#medianMs = times.sort((a, b) => a - b)[times.length >> 1] ?? Infinity;
    return this.#medianMs;
  }

  dispose(): void {
    this.#network.dispose();
  }

  /** Frees the network and its backend. */
  discard(): void {
    try {
      this.dispose();
    } catch {
      // Tensors of a lost context cannot always be freed; they went with the context.
    }
    dropBackend();
  }

  /**
   * Largest deviation from PyTorch's answers for the first `count` crops in one batch, over the mixed probabilities and each head's:
   * mixing can hide the error of one head.
   */
  async #deviationFrom({ crops, logits, shown }: KnownAnswer, count: number): Promise<number> {
    const input = crops.slice(0, count * CROP_LENGTH);
    standardise(input);
    const given = await this.#logits(input);
    const { heads } = this.#network;
    const stride = heads.length * CLASSES;
    let deviation = given.length === count * stride ? 0 : NaN;
    for (let i = 0; i < count; i++) {
      const own = given.subarray(i * stride, (i + 1) * stride);
      const reference = heads.flatMap((head) => logits[head]?.[i] ?? []);
      const answer = heads.flatMap((_, h) => headProbabilities(own, h));
      const expected = heads.flatMap((_, h) => headProbabilities(reference, h));
      for (const sensitivity of SENSITIVITIES) {
        answer.push(...mix(own, heads, this.#rule, sensitivity));
        expected.push(...(shown[sensitivity][i] ?? []));
      }
      answer.forEach((p, k) => {
        deviation = worse(deviation, Math.abs(p - (expected[k] ?? NaN)));
      });
    }
    return deviation;
  }

  /** Logits of all heads side by side, [n × heads × 7]. */
  async #logits(crops: Float32Array): Promise<Float32Array> {
    const count = crops.length / CROP_LENGTH;
    const stride = this.#network.heads.length * CLASSES;
    const result = new Float32Array(count * stride);
    const largest = LARGEST_BATCH[this.backend];
    for (let from = 0; from < count; from += largest) {
      const n = Math.min(largest, count - from);
      const padded = this.backend === 'webgl' ? (WEBGL_BATCHES.find((b) => b >= n) ?? n) : n;
      const batch = new Float32Array(padded * CROP_LENGTH);
      batch.set(crops.subarray(from * CROP_LENGTH, (from + n) * CROP_LENGTH));
      const output = tf.tidy(() => {
        const x = tf.tensor4d(batch, [padded, CROP_SIZE, CROP_SIZE, 1]);
        return this.#network.run(x);
      });
      try {
        const values = await readValues(output);
        result.set(values.subarray(0, n * stride), from * stride);
      } finally {
        output.dispose();
      }
    }
    return result;
  }
}

/** Maximum that keeps NaN. */
function worse(a: number, b: number): number {
  return a > b || Number.isNaN(a) ? a : b;
}
