import { loadModelFiles, type ModelFiles } from '../../engine/model-files';
import { ClassifierService } from '../../engine/classifier-service';
import { EXPRESSIONS } from '../../engine/labels';
import type { Sensitivity } from '../../engine/mixing';
import type { BroughtModelReport, ModelIdentity } from '../../engine/types';
import { BroughtModel, type ModelSource } from '../../network/brought-model';
import { loadZooSource } from '../../network/zoo';
import { modelInput, type FaceBatch } from '../faces';

/** A model that the Lab runs. */
export type ModelSpec =
  | { readonly kind: 'mien'; readonly sensitivity: Sensitivity }
  /** A network that comes with Mien beside its own. */
  | { readonly kind: 'zoo'; readonly id: string }
  | {
      readonly kind: 'brought';
      readonly source: ModelSource;
      /** `expressions`: outputs that are none of the seven take no part; `own`: all outputs by their own names. */
      readonly outputs: 'expressions' | 'own';
    };

export interface ModelFacts {
  /** Names of the classes, in the order of the answers. */
  readonly classes: readonly string[];
  readonly identity: ModelIdentity;
  /** Null of Mien's own. */
  readonly report: BroughtModelReport | null;
}

/** A model on tfjs's current backend: cropped faces in, a share for each class out. */
export interface LabModel {
  readonly facts: ModelFacts;
  /** [n × classes]; those of a face sum to 1. Must not overlap with another call. */
  answer(faces: FaceBatch): Promise<Float32Array>;
  dispose(): void;
}

/** @throws MienError of kind `model`, `model-file` or `engine`. */
export async function openLabModel(spec: ModelSpec, assetBase: string): Promise<LabModel> {
  if (spec.kind === 'mien') return openMien(await loadModelFiles(assetBase), spec.sensitivity, assetBase);
  if (spec.kind === 'zoo') return openBrought({ source: await loadZooSource(assetBase, spec.id), outputs: 'expressions' }, assetBase);
  return openBrought(spec, assetBase);
}

async function openMien(files: ModelFiles, sensitivity: Sensitivity, assetBase: string): Promise<LabModel> {
  const service = await ClassifierService.create(files, assetBase, ['wasm', 'cpu']);
  service.sensitivity = sensitivity;
  return {
    facts: { classes: EXPRESSIONS, identity: service.identity, report: null },
    async answer(faces) {
      const answers = await service.classify(modelInput(faces, service.input));
      return Float32Array.from(answers.flatMap(({ probabilities }) => EXPRESSIONS.map((expression) => probabilities[expression])));
    },
    dispose: () => service.dispose(),
  };
}

async function openBrought({ source, outputs }: Omit<Extract<ModelSpec, { kind: 'brought' }>, 'kind'>, assetBase: string): Promise<LabModel> {
  // Without WebGL there is no context to lose.
  const model = await BroughtModel.open(source, assetBase, () => Promise.reject(new Error('no backend was lost')), outputs);
  const { identity, report } = model;
  return {
    facts: { classes: outputs === 'own' ? report.labels : EXPRESSIONS, identity, report },
    async answer(faces) {
      const input = modelInput(faces, report.input);
      if (outputs === 'own') return model.predict(input);
      return Float32Array.from((await model.classify(input)).flatMap(({ probabilities }) => EXPRESSIONS.map((expression) => probabilities[expression])));
    },
    dispose: () => model.dispose(),
  };
}
