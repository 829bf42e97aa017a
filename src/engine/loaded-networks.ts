import { activateBackend } from './backend';
import { ClassifierService } from './classifier-service';
import { loadCoveringFiles, type HiddenShares } from './covering-network';
import { DownloadMeter, type OnDownload } from './download-meter';
import type { ComputedAnswer, ExpressionModel, OpenExpressionModel } from './expression-model';
import { loadModelFiles } from './model-files';
import type { Sensitivity } from './mixing';
import type { BackendName, EngineHealth, FaceInput } from './types';

export interface NetworkOptions {
  /** Absolute URL, with a trailing slash, of the folder that holds `vendor/` and `models/`. */
  readonly assetBase: string;
  /** Backends to try, best first. */
  readonly backends: readonly BackendName[];
  readonly sensitivity: Sensitivity;
  /** Opens the user's own model; null: the shipped model reads expressions. */
  readonly openModel: OpenExpressionModel | null;
}

/** The networks of `FaceNetworks` in this realm, sharing tfjs's one backend. Calls must not overlap. */
export class LoadedNetworks {
  /** Chooses and checks the backend, also for a brought model. */
  readonly #classifier: ClassifierService;
  readonly #model: ExpressionModel;

  private constructor(classifier: ClassifierService, model: ExpressionModel, sensitivity: Sensitivity) {
    this.#classifier = classifier;
    this.#model = model;
    classifier.sensitivity = sensitivity;
  }

  /**
   * Loads, checks and warms up.
   *
   * @param signal cancels: the promise rejects with its reason, downloads are cancelled, and computations end after their current
   *   step. After the rejection nothing changes tfjs's backend any more.
   * @throws `MienError` of kind `model`, `model-file`, `call` or `engine`.
   */
  static async load({ assetBase, backends, sensitivity, openModel }: NetworkOptions, onDownload: OnDownload, signal: AbortSignal): Promise<LoadedNetworks> {
    const { onBytes, onFetched } = new DownloadMeter(onDownload);
    const fetched = Promise.all([loadModelFiles(assetBase, onBytes, signal), loadCoveringFiles(assetBase, onBytes, signal)]);
    void fetched.then(onFetched, () => undefined);
    // Loads code and binary in parallel with the weights; whether the backend passes is checked below. Await both, whatever the outcomes.
    const [got] = await Promise.allSettled([fetched, activateBackend(backends[0] ?? 'wasm', assetBase, signal)]);
    signal.throwIfAborted();
    if (got.status === 'rejected') throw got.reason;
    const [files, covering] = got.value;
    const classifier = await ClassifierService.create(files, assetBase, backends, covering, signal);
    try {
      signal.throwIfAborted();
      const model = (await openModel?.(() => classifier.replaceLostBackend())) ?? classifier;
      return new LoadedNetworks(classifier, model, sensitivity);
    } catch (error) {
      classifier.dispose();
      throw error;
    }
  }

  /** Input of a brought model; null: the shipped model is in use. */
  get brought(): FaceInput | null {
    return this.#model === this.#classifier ? null : this.#model.input;
  }

  set sensitivity(sensitivity: Sensitivity) {
    this.#classifier.sensitivity = sensitivity;
  }

  async classify(faces: Float32Array, sensitivity?: Sensitivity): Promise<ComputedAnswer[]> {
    const answers = await this.#model.classify(faces, sensitivity);
    // Only now: a lost backend is replaced meanwhile.
    const { backend } = this.#classifier;
    return answers.map((answer) => ({ ...answer, backend }));
  }

  hiddenParts(faces: Float32Array): Promise<readonly HiddenShares[] | null> {
    return this.#classifier.hiddenParts(faces);
  }

  measure(): Promise<number> {
    return this.#classifier.measure();
  }

  changeBackend(name: BackendName): Promise<void> {
    return this.#classifier.changeTo(name);
  }

  health(): EngineHealth {
    const { backend, reports: backends, memory, contextLosses } = this.#classifier;
    return { ready: true, backend, backends, memory, contextLosses, model: this.#model.identity, brought: this.#model.report };
  }

  dispose(): void {
    this.#model.dispose();
    if (this.#model !== this.#classifier) this.#classifier.dispose();
  }
}
