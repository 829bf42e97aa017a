import type { Size } from '../../engine/geometry';
import { paintOverlay, savedUnit, type OverlayOptions, type OverlayView, type PaintedFace } from '../../export/overlay-painter';
import { canvasToBlob } from '../files/canvas-blob';
import { timeInName } from '../../export/file-names';
import { saveFile } from '../files/save-file';
import type { LiveSession } from './live-session';

/** The stage's picture: the playing video, or the still of a camera that is off. */
interface Picture {
  readonly image: CanvasImageSource;
  readonly size: Size;
  readonly faces: readonly PaintedFace[];
}

/** The picture that can be saved now; null if there is none. */
export function currentPicture(session: LiveSession, video: HTMLVideoElement | null): Picture | null {
  if (!video || video.hidden || video.videoWidth === 0) return session.still;
  const size = { width: video.videoWidth, height: video.videoHeight };
  return { image: video, size, faces: session.motion.at(performance.now()) };
}

/**
 * Saves a picture as PNG, named after the current time.
 *
 * @param overlay how to draw its faces; null saves the picture only.
 */
export async function saveSnapshot(picture: Picture, overlay: OverlayOptions | null): Promise<void> {
  const name = `mien-${timeInName(new Date())}.png`;
  saveFile(await renderSnapshot(picture, overlay), name);
}

/** Renders the picture as PNG, never mirrored. */
async function renderSnapshot(picture: Picture, overlay: OverlayOptions | null): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = picture.size.width;
  canvas.height = picture.size.height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d context for the snapshot');
  context.drawImage(picture.image, 0, 0, canvas.width, canvas.height);
  const view: OverlayView = { scale: 1, offset: { x: 0, y: 0 }, frame: picture.size, mirror: false, unit: savedUnit(canvas) };
  if (overlay) paintOverlay(context, picture.faces, view, overlay);
  return canvasToBlob(canvas, 'image/png');
}
