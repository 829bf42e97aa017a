import type { Size } from '../../engine/geometry';
import { paintOverlay, type PaintedFace } from '../../export/overlay-painter';
import { canvasToBlob } from '../shared/canvas-blob';
import { saveFile, timeInName } from '../shared/save-file';
import type { LiveSession } from './live-session';

/** Sizes of lines and words in a saved picture follow its height, as they would on the screen. */
const UNIT_HEIGHT = 540;

/** What the stage shows: the playing video, or the still of a camera that is off. */
interface Picture {
  readonly image: CanvasImageSource;
  readonly size: Size;
  readonly faces: readonly PaintedFace[];
}

/** What there is to save just now; null where there is nothing. */
export function currentPicture(session: LiveSession, video: HTMLVideoElement | null): Picture | null {
  if (!video || video.hidden || video.videoWidth === 0) return session.still;
  const size = { width: video.videoWidth, height: video.videoHeight };
  return { image: video, size, faces: session.motion.at(performance.now()) };
}

/** Saves a picture as PNG under the present time. */
export async function saveSnapshot(picture: Picture, withBoxes: boolean): Promise<void> {
  const name = `mien-${timeInName(new Date())}.png`;
  saveFile(await renderSnapshot(withBoxes ? picture : { ...picture, faces: [] }), name);
}

/** The picture as PNG, never mirrored, with what was read in it. */
async function renderSnapshot(picture: Picture): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = picture.size.width;
  canvas.height = picture.size.height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d context for the snapshot');
  context.drawImage(picture.image, 0, 0, canvas.width, canvas.height);
  const unit = Math.max(1, canvas.height / UNIT_HEIGHT);
  paintOverlay(context, picture.faces, { scale: 1, offset: { x: 0, y: 0 }, frame: picture.size, mirror: false, unit });
  return canvasToBlob(canvas, 'image/png');
}
