import { MienError } from '../engine/errors';
import type { Sensitivity } from '../engine/mixing';
import type { FaceObservation, FrameResult } from '../engine/types';
import { inPixelsOf } from '../engine/result-size';
import type { Picture } from '../sources/picture';
import type { EngineSource } from './engine-source';

export interface StillOptions {
  readonly signal: AbortSignal;
  /** Receives the faces that a first, fast look finds; never called after the final result. */
  readonly onGlance?: ((seen: FrameResult) => void) | undefined;
  /** Default: the engine's. */
  readonly sensitivity?: Sensitivity;
}

/**
 * Reads one picture. If the engine is replaced meanwhile, the picture is opened again for the next one.
 *
 * @param open decodes the picture; the engine closes the bitmap.
 * @returns the faces from left to right, in pixels of the whole picture.
 * @throws MienError of kind `image`, `engine` or `model`; the signal's reason.
 */
export async function readStill(engine: EngineSource, open: () => Promise<Picture>, { signal, onGlance, sensitivity }: StillOptions): Promise<FrameResult> {
  for (;;) {
    const { bitmap: frame, size } = await open();
    let ready;
    try {
      ready = await engine(signal);
    } catch (error) {
      frame.close();
      throw error;
    }
    try {
      const onSeen = onGlance && ((seen: FrameResult) => onGlance(leftToRight(inPixelsOf(size, seen))));
      return leftToRight(inPixelsOf(size, await ready.engine.analyzeStill(frame, signal, onSeen, sensitivity)));
    } catch (error) {
      if (signal.aborted || !MienError.from(error).is('engine', 'disposed')) throw error;
      if ((await engine(signal)).engine === ready.engine) throw error;
    }
  }
}

/** Faces are numbered from left to right, as people count them; the engine returns the largest first. */
function leftToRight(result: FrameResult): FrameResult {
  const middle = ({ box }: FaceObservation) => box.x + box.width / 2;
  return { ...result, faces: result.faces.toSorted((a, b) => middle(a) - middle(b)) };
}
