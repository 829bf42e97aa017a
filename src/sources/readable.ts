import { MienError } from '../engine/errors';
import { createCanvas } from '../engine/face-detector/canvas';

/** Whether a video element has a frame to read. */
export function showsPicture(video: HTMLVideoElement): boolean {
  return video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0;
}

/**
 * Checks that the browser lets this page read the pixels.
 *
 * @throws MienError `image/cross-origin`.
 */
export function assertReadable(source: ImageBitmap | HTMLVideoElement): void {
  const context = createCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (!context || !('drawImage' in context)) throw new MienError('engine', 'unknown', 'no 2D canvas');
  context.drawImage(source, 0, 0, 1, 1, 0, 0, 1, 1);
  try {
    context.getImageData(0, 0, 1, 1);
  } catch (error) {
    throw new MienError('image', 'cross-origin', '', error);
  }
}
