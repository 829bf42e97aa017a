import { MienError } from '../../engine/errors';
import type { KeyMoment } from '../../session/key-moments';
import type { VideoFileSource } from '../../sources/video-file-source';
import { canvasToBlob } from '../files/canvas-blob';
import { momentThumbnails } from './clip-thumbnails';

const SIDE = 640;
const CAPTION = 96;
const MARGIN = 20;
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

interface Caption {
  readonly title: string;
  readonly note: string;
  readonly rightToLeft: boolean;
}

/**
 * The face of a key moment with a caption, as a PNG.
 *
 * @param open opens the clip, which is closed here.
 * @throws MienError if the clip can no longer be read.
 */
export async function momentPictureFile(open: () => Promise<VideoFileSource>, moment: KeyMoment, caption: Caption, name: string): Promise<File> {
  const found: Blob[] = [];
  await momentThumbnails(open, [moment], new AbortController().signal, (_moment, picture) => found.push(picture), SIDE);
  const [picture] = found;
  if (!picture) throw new MienError('video', 'unreadable');
  const face = await createImageBitmap(picture);
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE + CAPTION;
  const context = canvas.getContext('2d', { alpha: false });
  if (context) drawCaptioned(context, face, caption);
  face.close();
  return new File([await canvasToBlob(canvas, 'image/png')], name, { type: 'image/png' });
}

function drawCaptioned(context: CanvasRenderingContext2D, face: ImageBitmap, { title, note, rightToLeft }: Caption): void {
  const start = rightToLeft ? SIDE - MARGIN : MARGIN;
  const room = SIDE - 2 * MARGIN;
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, SIDE, SIDE + CAPTION);
  context.drawImage(face, 0, 0, SIDE, SIDE);
  context.direction = rightToLeft ? 'rtl' : 'ltr';
  context.textAlign = 'start';
  context.fillStyle = '#1d1f23';
  context.font = fontOf(650, 26);
  context.fillText(title, start, SIDE + 42, room);
  context.fillStyle = '#575a62';
  context.font = fontOf(400, 17);
  context.fillText(note, start, SIDE + 76, room);
}

function fontOf(weight: number, px: number): string {
  return `${weight} ${px}px ${FONT}`;
}
