import { FaceCropper, wholeRegion } from '../../engine/face-crop';
import { EXPRESSIONS } from '../../engine/labels';
import { COLOR_SIDE, type FaceBatch } from '../../lab/faces';
import { COVERED_PLACES, coveringShares, evidenceOfCovering } from '../../lab/why/occlusion';
import { settingsStore } from '../settings';
import { labWorker } from './lab-worker';
import { keyOf, specOf } from './model-figures';
import { modelLibrary } from './model-library';

export type WhyMethod = 'activation' | 'covering';

/** Explains where a face's expressions come from. */
export interface Why {
  readonly side: number;
  /** [7, side, side]; positive values support the expression. */
  readonly evidence: Float32Array;
  /** Shares for the original face and for each covered place, [1 + side² × 7]; null if nothing was covered. */
  readonly shares: Float32Array | null;
}

/** Class activation is exact for Mien's own network, and unavailable for others. */
export function methodsOf(): readonly WhyMethod[] {
  return settingsStore().getSnapshot().modelId === null ? ['activation', 'covering'] : ['covering'];
}

/** Loads a face picture from a URL as model input. Uses an image element, because the page's policy forbids fetching `blob:`. */
export async function faceOf(address: string): Promise<FaceBatch> {
  const image = new Image();
  image.src = address;
  await image.decode();
  const bitmap = await createImageBitmap(image);
  const croppers = [new FaceCropper(), new FaceCropper({ side: COLOR_SIDE, channels: 3 })] as const;
  try {
    const [luminance, colors] = croppers.map((cropper) => Uint8Array.from(cropper.crop(bitmap, [wholeRegion(bitmap)]), (share) => Math.round(255 * share)));
    return { luminance: luminance ?? new Uint8Array(), colors: colors ?? null };
  } finally {
    bitmap.close();
    for (const cropper of croppers) cropper.dispose();
  }
}

/**
 * @param onProgress receives the completed share, 0–1.
 * @throws MienError of kind `engine`, `model`, `model-file` or `storage`; the signal's reason.
 */
export async function explain(face: FaceBatch, method: WhyMethod, signal: AbortSignal, onProgress: (share: number) => void): Promise<Why> {
  if (method === 'activation') return { ...(await labWorker().activation({ luminance: face.luminance, colors: null })), shares: null };
  const { modelId } = settingsStore().getSnapshot();
  const model = modelId === null ? null : await modelLibrary.find(modelId);
  const own = specOf(model);
  // Only expressions, as in the app.
  const spec = own.kind === 'brought' ? ({ ...own, outputs: 'expressions' } as const) : own;
  const answer = (covered: FaceBatch) => {
    signal.throwIfAborted();
    return labWorker().answer(`${keyOf(model)} why`, spec, covered);
  };
  const shares = await coveringShares(face, answer, onProgress);
  return { side: COVERED_PLACES, evidence: evidenceOfCovering(shares, EXPRESSIONS.length), shares };
}
