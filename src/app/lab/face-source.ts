import { MienError } from '../../engine/errors';
import { FaceCropper, wholeRegion } from '../../engine/face-crop';
import type { FaceObservation } from '../../engine/types';
import type { EngineSource } from '../../reading/engine-source';
import { openImage } from '../../sources/image-file-source';
import { COLOR_BYTES, COLOR_SIDE, LUMINANCE_BYTES } from '../../lab/faces';
import type { LeftOutReason } from './data-words';

/** `find`: detect and crop the largest face of each picture, as in the app; `whole`: each picture is already a cropped face. */
export type CropChoice = 'find' | 'whole';

export interface CroppedFace {
  readonly status: 'cropped';
  readonly luminance: Uint8Array;
  readonly colors: Uint8Array;
  readonly concerned: boolean;
}

export type PictureFace = CroppedFace | { readonly status: 'left-out'; readonly reason: LeftOutReason };

/** Crops faces from picture files, one after the other. */
export class FaceSource {
  readonly #engine: EngineSource;
  readonly #grey = new FaceCropper();
  readonly #colors = new FaceCropper({ side: COLOR_SIDE, channels: 3 });

  constructor(engine: EngineSource) {
    this.#engine = engine;
  }

  /** @throws the signal's reason; MienError of kind `engine` if the engine cannot be started. */
  async crop(file: Blob, choice: CropChoice, signal: AbortSignal): Promise<PictureFace> {
    let bitmap: ImageBitmap;
    try {
      ({ bitmap } = await openImage(file));
    } catch (error) {
      return { status: 'left-out', reason: { failed: MienError.from(error).toPlain() } };
    }
    return this.cropPicture(bitmap, choice, signal);
  }

  /** Crops a face from a decoded picture, and closes it. */
  async cropPicture(bitmap: ImageBitmap, choice: CropChoice, signal: AbortSignal): Promise<PictureFace> {
    try {
      if (choice === 'whole') return this.#cut(bitmap, wholeRegion(bitmap), false);
      const { engine } = await this.#engine(signal);
      const { faces } = await engine.analyzeStill(await createImageBitmap(bitmap), signal);
      const [largest] = faces.toSorted((a, b) => areaOf(b) - areaOf(a));
      if (!largest) return { status: 'left-out', reason: 'no-face' };
      if (largest.status === 'skipped') return { status: 'left-out', reason: { skipped: largest.reason } };
      return this.#cut(bitmap, largest.crop, largest.concerns.length > 0);
    } finally {
      bitmap.close();
    }
  }

  dispose(): void {
    this.#grey.dispose();
    this.#colors.dispose();
  }

  #cut(bitmap: ImageBitmap, region: FaceObservation['crop'], concerned: boolean): CroppedFace {
    return {
      status: 'cropped',
      luminance: toBytes(this.#grey.crop(bitmap, [region]), LUMINANCE_BYTES),
      colors: toBytes(this.#colors.crop(bitmap, [region]), COLOR_BYTES),
      concerned,
    };
  }
}

function areaOf({ box }: FaceObservation): number {
  return box.width * box.height;
}

function toBytes(shares: Float32Array, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => Math.round(255 * (shares[i] ?? 0)));
}
