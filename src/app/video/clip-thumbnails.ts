import type { LiveFrame } from '../../engine/types';
import { frameSize } from '../../export/video/frame-compositor';
import type { KeyMoment } from '../../session/key-moments';
import { readSamples, type VideoFileSource } from '../../sources/video-file-source';
import { canvasToBlob } from '../files/canvas-blob';
import { facePicture } from '../files/face-picture';
import { makeThumbnail } from '../files/thumbnail';

/** Clips often start with black. */
const THUMBNAIL_MS = 1000;
/** Side of a moment's picture, pixels: 96 on a high-density display. */
const MOMENT_SIDE = 192;
/** Side of the crop around a face, in multiples of its box's. */
const AROUND = 1.7;

/** A thumbnail of the clip; null if it cannot be decoded. */
export async function clipThumbnail(source: VideoFileSource): Promise<Blob | null> {
  const { startMs, endMs } = source.info;
  try {
    for await (const { frame } of readSamples(source.frames({ atMs: [Math.min(startMs + THUMBNAIL_MS, (startMs + endMs) / 2)] }))) {
      const bitmap = await toBitmap(frame);
      try {
        return await makeThumbnail(bitmap);
      } finally {
        bitmap.close();
      }
    }
  } catch {
    // The analysis reports the error.
  }
  return null;
}

async function toBitmap(frame: LiveFrame): Promise<ImageBitmap> {
  if (frame instanceof ImageBitmap) return frame;
  try {
    return await createImageBitmap(frame);
  } finally {
    frame.close();
  }
}

/**
 * Passes on pictures of the faces at key moments as they are decoded. The caller frees them.
 *
 * @param open opens the clip, which is closed here.
 * @param moments in chronological order.
 * @param side of a picture, pixels.
 */
export async function momentThumbnails(
  open: () => Promise<VideoFileSource>,
  moments: readonly KeyMoment[],
  signal: AbortSignal,
  onPicture: (moment: KeyMoment, picture: Blob) => void,
  side = MOMENT_SIDE,
): Promise<void> {
  const source = await open();
  try {
    const times = [...new Set(moments.map(({ timestampMs }) => timestampMs))];
    for await (const { frame, timestampMs } of readSamples(source.frames({ atMs: times }, { signal }))) {
      try {
        for (const moment of moments) {
          // The frame on screen at a moment started at it or slightly before.
          if (Math.abs(moment.timestampMs - timestampMs) < 0.5) onPicture(moment, await drawFace(frame, moment, side));
        }
      } finally {
        frame.close();
      }
    }
  } finally {
    source.close();
  }
}

function drawFace(frame: LiveFrame, { box }: KeyMoment, side: number): Promise<Blob> {
  return canvasToBlob(facePicture(frame, frameSize(frame), box, { side, around: AROUND }), 'image/jpeg');
}
