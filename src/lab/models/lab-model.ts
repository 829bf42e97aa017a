import { loadModelFiles, type ModelFiles } from '../../engine/model-files';
import { ClassifierService } from '../../engine/classifier-service';
import { EXPRESSIONS } from '../../engine/labels';
import type { Sensitivity } from '../../engine/mixing';
import type { BroughtModelReport, ModelIdentity } from '../../engine/types';
import { BroughtModel, type ModelSource } from '../../network/brought-model';
import { loadZooSource } from '../../network/zoo';
import { modelInput, type FaceBatch } from '../faces';

/** A model to run in the Lab. */
export type ModelSpec =
  | { readonly kind: 'mien'; readonly sensitivity: Sensitivity }
  /** A network shipped with Mien in addition to its own. */
  | { readonly kind: 'zoo'; readonly id: string }
  | {
      readonly kind: 'brought';
      readonly source: ModelSource;
      /** `expressions`: only outputs that are among the seven count; `own`: all outputs, by their own names. */
      readonly outputs: 'expressions' | 'own';
    };

export interface ModelFacts {
  /** Class names, in the order of the answers. */
  readonly classes: readonly string[];
  readonly identity: ModelIdentity;
  /** Null for Mien's own model. */
  readonly report: BroughtModelReport | null;
}

/** A model on tfjs's current backend: takes cropped faces, returns a probability for each class. */
export interface LabModel {
  readonly facts: ModelFacts;
  /** [n × classes]; each face's sum to 1. Must not overlap with another call. */
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
  // Without WebGL, no context can be lost.
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
