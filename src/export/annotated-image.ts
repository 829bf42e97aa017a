import type { PixelPoint } from '../engine/geometry';
import type { FaceObservation, FrameResult } from '../engine/types';
import { paintPose, poseStrokes, type PoseStroke } from './pose-axes';

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** How one face is marked: colours as CSS colours, and the words of its label. */
export interface FaceMark {
  readonly color: string;
  readonly text: string;
}

/** Most pixels of an annotated picture: the largest canvas that every browser has. */
const MAX_CANVAS_PIXELS = 16_000_000;

/** Size of the annotated picture: the picture's own, or smaller where a canvas could not hold it. */
export function annotatedSize(frame: FrameResult['frame']): { width: number; height: number; scale: number } {
  const scale = Math.min(1, Math.sqrt(MAX_CANVAS_PIXELS / (frame.width * frame.height)));
  return { width: Math.max(1, Math.floor(frame.width * scale)), height: Math.max(1, Math.floor(frame.height * scale)), scale };
}

/** Draws the picture with a box and a label for every face, and where its head faces if `pose`; the canvas has `annotatedSize`. */
export function drawAnnotated(
  context: Context,
  picture: CanvasImageSource,
  result: FrameResult,
  mark: (face: FaceObservation) => FaceMark,
  pose: boolean,
): void {
  const { width, height, scale } = annotatedSize(result.frame);
  const line = Math.max(2, Math.round(Math.min(width, height) / 250));
  const fontPx = Math.max(12, Math.round(Math.min(width, height) / 36));
  context.drawImage(picture, 0, 0, width, height);
  context.font = `600 ${fontPx}px system-ui, sans-serif`;
  context.textBaseline = 'middle';
  for (const face of result.faces) {
    const { color, text } = mark(face);
    const x = face.box.x * scale;
    const y = face.box.y * scale;
    // A white line around the coloured one keeps it visible on any picture.
    context.lineJoin = 'round';
    for (const [stroke, thickness] of [['#ffffff', line * 2], [color, line]] as const) {
      context.strokeStyle = stroke;
      context.lineWidth = thickness;
      context.strokeRect(x, y, face.box.width * scale, face.box.height * scale);
    }
    if (pose && face.status === 'classified') paintPose(context, scaledStrokes(face, scale), line);
    drawLabel(context, text, { x, y, fontPx, color, width });
  }
}

function scaledStrokes({ box, headPose }: FaceObservation, scale: number): PoseStroke[] {
  const place = ({ x, y }: PixelPoint) => ({ x: x * scale, y: y * scale });
  return poseStrokes(box, headPose).map(({ axis, from, to }) => ({ axis, from: place(from), to: place(to) }));
}

function drawLabel(
  context: Context,
  text: string,
  at: { readonly x: number; readonly y: number; readonly fontPx: number; readonly color: string; readonly width: number },
): void {
  const height = Math.round(at.fontPx * 1.6);
  const padding = Math.round(at.fontPx * 0.5);
  const width = context.measureText(text).width + 2 * padding + at.fontPx * 0.4;
  const left = Math.max(0, Math.min(at.x, at.width - width));
  const top = Math.max(0, at.y - height);
  context.fillStyle = '#ffffff';
  context.fillRect(left, top, width, height);
  context.fillStyle = at.color;
  context.fillRect(left, top, at.fontPx * 0.4, height);
  context.fillStyle = '#1d1f23';
  context.fillText(text, left + padding + at.fontPx * 0.4, top + height / 2);
}
