import { FaceCropper, wholeRegion } from '../../engine/face-crop';
import { EXPRESSIONS } from '../../engine/labels';
import { COLOR_SIDE, type FaceBatch } from '../../lab/faces';
import { COVERED_PLACES, coveringShares, evidenceOfCovering } from '../../lab/why/occlusion';
import { settingsStore } from '../settings';
import { labWorker } from './lab-worker';
import { keyOf, specOf } from './model-figures';
import { modelLibrary } from './model-library';

export type WhyMethod = 'activation' | 'covering';

/** Where a face's expressions come from. */
export interface Why {
  readonly side: number;
  /** [7, side, side]; above 0 speaks for the expression. */
  readonly evidence: Float32Array;
  /** Of the face as it is and covered at each place, [1 + side² × 7]; null where nothing was covered. */
  readonly shares: Float32Array | null;
}

/** Class activation is exact for Mien's own network, and there is none for others. */
export function methodsOf(): readonly WhyMethod[] {
  return settingsStore().getSnapshot().modelId === null ? ['activation', 'covering'] : ['covering'];
}

/** A picture of one face at some address, as the models take it. As an image: the page's policy lets nothing fetch `blob:`. */
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
 * @param onProgress told the share that is done, 0–1.
 * @throws MienError of kind `engine`, `model`, `model-file` or `storage`; the signal's reason.
 */
export async function explain(face: FaceBatch, method: WhyMethod, signal: AbortSignal, onProgress: (share: number) => void): Promise<Why> {
  if (method === 'activation') return { ...(await labWorker().activation({ luminance: face.luminance, colors: null })), shares: null };
  const { modelId } = settingsStore().getSnapshot();
  const model = modelId === null ? null : await modelLibrary.find(modelId);
  const own = specOf(model);
  // As in the app: expressions alone.
  const spec = own.kind === 'brought' ? ({ ...own, outputs: 'expressions' } as const) : own;
  const answer = (covered: FaceBatch) => {
    signal.throwIfAborted();
    return labWorker().answer(`${keyOf(model)} why`, spec, covered);
  };
  const shares = await coveringShares(face, answer, onProgress);
  return { side: COVERED_PLACES, evidence: evidenceOfCovering(shares, EXPRESSIONS.length), shares };
}
