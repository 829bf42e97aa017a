import { EmotionClassifier } from '../../src/engine/emotion-classifier';
import { cropRegion, FaceCropper, standardise } from '../../src/engine/face-crop';
import { FaceDetector } from '../../src/engine/face-detector';
import { dominant, type Expression } from '../../src/engine/labels';
import { loadModelFiles, type ModelFiles } from '../../src/engine/model-files';
import type { CropRule } from '../../src/engine/crop-arithmetic';
import type { FaceDetection } from '../../src/engine/types';

export interface LabelledPhoto {
  readonly url: string;
  readonly label: Expression;
}

export interface CropScore {
  readonly rule: CropRule;
  /** Heads used: one of them, or both, as in the app. */
  readonly heads: string;
  readonly right: number;
  readonly photos: number;
  /** Label → number of answers for each expression. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

declare global {
  interface Window {
    /** Scores each rule with each head and with both; a photo without a face counts as wrong. */
    scoreCrops(photos: LabelledPhoto[], rules: CropRule[]): Promise<CropScore[]>;
  }
}

const BASE = new URL('./', document.baseURI).href;

function mixtures(files: ModelFiles): { heads: string; files: ModelFiles }[] {
  const alone = Object.keys(files.mixing.shares).map((head) => ({
    heads: head,
    files: { ...files, mixing: { ...files.mixing, shares: { [head]: 1 } } },
  }));
  return [...alone, { heads: 'both', files }];
}

window.scoreCrops = async (photos, rules) => {
  const detector = await FaceDetector.create({ assetBase: BASE });
  const cropper = new FaceCropper();
  const found: { frame: ImageBitmap; face: FaceDetection | undefined; label: Expression }[] = [];
  for (const { url, label } of photos) {
    const frame = await createImageBitmap(await (await fetch(url)).blob());
    const [face] = await detector.detectStill(frame);
    found.push({ frame, face, label });
  }
  const scores: CropScore[] = [];
  for (const { heads, files } of mixtures(await loadModelFiles(BASE))) {
    const classifier = await EmotionClassifier.create('wasm', files, BASE);
    if (typeof classifier === 'string') throw new Error(classifier);
    for (const rule of rules) {
      let right = 0;
      const answers: Record<string, Record<string, number>> = {};
      for (const { frame, face, label } of found) {
        const [answer] = face ? await classifier.classify(standardised(cropper.crop(frame, [cropRegion(face, rule)]))) : [];
        const said = answer ? dominant(answer).label : 'no face';
        const row = (answers[label] ??= {});
        row[said] = (row[said] ?? 0) + 1;
        if (said === label) right++;
      }
      scores.push({ rule, heads, right, photos: photos.length, answers });
    }
    classifier.dispose();
  }
  return scores;
};

function standardised(crops: Float32Array): Float32Array {
  standardise(crops);
  return crops;
}
