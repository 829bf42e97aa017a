import { VideoSample } from 'mediabunny';
import { MienError } from '../../engine/errors';
import type { Size } from '../../engine/geometry';
import type { LiveFrame } from '../../engine/types';

export interface Display {
  /** Size of the video, upright, in square pixels. */
  readonly size: Size;
  /** Clockwise. */
  readonly rotationDeg: 0 | 90 | 180 | 270;
  /** Mirrored horizontally, after rotation. */
  readonly mirrored: boolean;
}

/**
 * Converts a decoded frame for display. A frame of another size than the video's (recordings of calls change theirs in mid-stream)
 * is fitted into it, centred on black, so that boxes of all frames share one coordinate system. Takes ownership of the frame;
 * one that needs no change is not copied.
 */
export function displayedFrame(frame: VideoFrame, timestampMs: number, { size, rotationDeg, mirrored }: Display): LiveFrame {
  const sample = new VideoSample(frame, { timestamp: timestampMs / 1000, rotation: rotationDeg, flip: mirrored });
  try {
    const { displayWidth, displayHeight } = sample;
    const squarePixels = sample.pixelAspectRatio.num === sample.pixelAspectRatio.den;
    if (rotationDeg === 0 && !mirrored && squarePixels && displayWidth === size.width && displayHeight === size.height) return sample.toVideoFrame();
    return fitted(size, { width: displayWidth, height: displayHeight }, (context, ...place) => sample.draw(context, ...place));
  } finally {
    sample.close();
  }
}

/** The same for a picture without pixel aspect or rotation. */
export function displayedBitmap(bitmap: ImageBitmap, size: Size): ImageBitmap {
  if (bitmap.width === size.width && bitmap.height === size.height) return bitmap;
  try {
    return fitted(size, bitmap, (context, ...place) => context.drawImage(bitmap, ...place));
  } finally {
    bitmap.close();
  }
}

type Place = [x: number, y: number, width: number, height: number];

/** Draws as large as possible into the middle of a black picture. */
function fitted(size: Size, drawn: Size, draw: (context: OffscreenCanvasRenderingContext2D, ...place: Place) => void): ImageBitmap {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new MienError('video', 'damaged', 'no canvas to fit a frame on');
  const scale = Math.min(size.width / drawn.width, size.height / drawn.height);
  const [width, height] = [drawn.width * scale, drawn.height * scale];
  context.imageSmoothingQuality = 'high';
  draw(context, (size.width - width) / 2, (size.height - height) / 2, width, height);
  return canvas.transferToImageBitmap();
}
