import { activateBackend, contextIsLost, ContextLostError, tensorMemory } from './backend';
import { CROP_SIZE, standardise } from './crop-arithmetic';
import { CoveringNetwork, type CoveringFiles, type HiddenShares } from './covering-network';
import { EmotionClassifier } from './emotion-classifier';
import { MienError } from './errors';
import type { Answer, ExpressionModel } from './expression-model';
import { DEFAULT_SENSITIVITY, type Sensitivity } from './mixing';
import type { ModelFiles } from './model-files';
import type { BackendName, BackendReport, FaceInput, ModelIdentity } from './types';

/**
 * Keeps one classifier running on the best available backend: falls back if a backend is missing or gives wrong answers,
 * switches on request, and replaces WebGL when its context is lost.
 */
export class ClassifierService implements ExpressionModel {
  readonly input: FaceInput = { side: CROP_SIZE, channels: 1 };
  readonly report = null;
  /** How readily expressions other than neutral and happy are named, from the next call on that names none itself. */
  sensitivity: Sensitivity = DEFAULT_SENSITIVITY;
  readonly #files: ModelFiles;
  readonly #assetBase: string;
  readonly #reports = new Map<BackendName, BackendReport>();
  #serving: EmotionClassifier;
  readonly #coveringFiles: CoveringFiles | null;
  #covering: CoveringNetwork | null = null;
  #contextLosses = 0;

  private constructor(files: ModelFiles, coveringFiles: CoveringFiles | null, assetBase: string, serving: EmotionClassifier) {
    this.#files = files;
    this.#coveringFiles = coveringFiles;
    this.#assetBase = assetBase;
    this.#serving = serving;
  }

  /**
   * Starts on the first backend of `order` that passes the known answer.
   *
   * @param coveringFiles of the network that detects hidden parts of faces; null: no such network.
   * @param signal cancels between two steps: no further backend is tried, and the promise rejects with its reason.
   * @throws `engine/no-backend` if none passes.
   */
  static async create(
    files: ModelFiles,
    assetBase: string,
    order: readonly BackendName[],
    coveringFiles: CoveringFiles | null = null,
    signal?: AbortSignal,
  ): Promise<ClassifierService> {
    const reports: BackendReport[] = [];
    for (const name of order) {
      signal?.throwIfAborted();
      const made = await EmotionClassifier.create(name, files, assetBase, signal);
      if (typeof made === 'string') {
        reports.push({ name, outcome: made, medianMs: null, deviation: null });
        continue;
      }
      const service = new ClassifierService(files, coveringFiles, assetBase, made);
      await service.#openCovering();
      reports.push(made.report);
      reports.forEach((r) => service.#reports.set(r.name, r));
      return service;
    }
    throw new MienError('engine', 'no-backend', reports.map((r) => `${r.name}: ${r.outcome}`).join(', '));
  }

  get identity(): ModelIdentity {
    return this.#files.identity;
  }

  get backend(): BackendName {
    return this.#serving.backend;
  }

  get contextLosses(): number {
    return this.#contextLosses;
  }

  get reports(): BackendReport[] {
    return Array.from(this.#reports.values(), (r) =>
      r.name === this.backend ? { ...r, outcome: 'serving' as const } : r,
    );
  }

  get memory(): { numTensors: number; numBytes: number } {
    return tensorMemory();
  }

  /** Median milliseconds per face on the current backend. Must not overlap with a classification. */
  async measure(): Promise<number> {
    const serving = this.#serving;
    const medianMs = await serving.measure();
    this.#reports.set(serving.backend, serving.report);
    return medianMs;
  }

  /** Classifies luminance [n, 48, 48], 0–1; after a lost context, again on another backend. */
  async classify(faces: Float32Array, sensitivity = this.sensitivity): Promise<Answer[]> {
    if (faces.length === 0) return [];
    const crops = faces.slice();
    standardise(crops);
    const given = await this.#pastLoss(() => this.#serving.classify(crops, sensitivity));
    return given.map((probabilities) => ({ probabilities, other: null }));
  }

  /**
   * Detects which parts of faces [n, 48, 48] (luminance 0–1) are hidden, for any expression model; null without a covering network. Must
   * not overlap with another call.
   */
  async hiddenParts(faces: Float32Array): Promise<readonly HiddenShares[] | null> {
    if (faces.length === 0 || !this.#covering) return null;
    return this.#pastLoss(async () => (await this.#covering?.hiddenParts(faces)) ?? null);
  }

  /** Runs, and after a lost context once more on another backend. */
  async #pastLoss<T>(run: () => Promise<T>): Promise<T> {
    try {
      if (contextIsLost()) throw new ContextLostError();
      return await run();
    } catch (error) {
      // A context can be lost during an upload or a compile, which then fails with an error of its own.
      if (!(error instanceof ContextLostError) && !contextIsLost()) throw error;
      await this.replaceLostBackend();
      return run();
    }
  }

  /** Opens the covering network on the current backend. */
  async #openCovering(): Promise<void> {
    this.#covering = this.#coveringFiles && (await CoveringNetwork.create(this.#coveringFiles));
  }

  /** Switches to a backend; keeps the current one if the other fails its check. Must not overlap with a classification. */
  async changeTo(name: BackendName): Promise<void> {
    if (name === this.backend) return;
    const before = this.#serving;
    let made: Awaited<ReturnType<typeof EmotionClassifier.create>> = 'unavailable';
    try {
      made = await EmotionClassifier.create(name, this.#files, this.#assetBase);
    } finally {
      // Trying the other one made it tfjs's current backend.
      if (typeof made === 'string') await activateBackend(before.backend, this.#assetBase);
    }
    if (typeof made === 'string') {
      this.#reports.set(name, { name, outcome: made, medianMs: null, deviation: null });
      return;
    }
    this.#reports.set(name, made.report);
    before.dispose();
    this.#serving = made;
    this.#covering?.dispose();
    await this.#openCovering();
  }

  dispose(): void {
    this.#covering?.dispose();
    this.#serving.dispose();
  }

  /** Replaces WebGL after its context was lost. @throws `engine/no-backend`. */
  async replaceLostBackend(): Promise<void> {
    this.#contextLosses++;
    const lost = this.#serving.backend;
    this.#reports.set(lost, { name: lost, outcome: 'unavailable', medianMs: null, deviation: null });
    this.#serving.discard();
    // Its tensors were lost with the backend.
    this.#covering = null;
    const fresh = await ClassifierService.create(this.#files, this.#assetBase, ['wasm', 'cpu'], this.#coveringFiles);
    fresh.#reports.forEach((r) => this.#reports.set(r.name, r));
    this.#serving = fresh.#serving;
    this.#covering = fresh.#covering;
  }
}
