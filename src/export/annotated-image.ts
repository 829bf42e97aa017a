import { pixelRect, type PixelPoint, type PixelRect, type Size } from '../engine/geometry';
import type { FaceObservation, FrameResult } from '../engine/types';
import { placeLabels } from './label-places';
import { paintPose, poseStrokes, type PoseStroke } from './pose-axes';

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Appearance of one marked face: CSS colour and label text. */
export interface FaceMark {
  readonly color: string;
  readonly text: string;
}

/** Pixel limit of an annotated picture: the largest canvas that all browsers support. */
const MAX_CANVAS_PIXELS = 16_000_000;

/** Size of the annotated picture: the original's, scaled down where it exceeds the canvas limit. */
export function annotatedSize(frame: FrameResult['frame']): { width: number; height: number; scale: number } {
  const scale = Math.min(1, Math.sqrt(MAX_CANVAS_PIXELS / (frame.width * frame.height)));
  return { width: Math.max(1, Math.floor(frame.width * scale)), height: Math.max(1, Math.floor(frame.height * scale)), scale };
}

/** Draws the picture with a box and a label for every face and, if `pose`, its head axes. The canvas must have `annotatedSize`. */
export function drawAnnotated(
  context: Context,
  picture: CanvasImageSource,
  result: FrameResult,
  mark: (face: FaceObservation, index: number) => FaceMark,
  pose: boolean,
): void {
  const { width, height, scale } = annotatedSize(result.frame);
  const line = Math.max(2, Math.round(Math.min(width, height) / 250));
  const fontPx = Math.max(12, Math.round(Math.min(width, height) / 36));
  context.drawImage(picture, 0, 0, width, height);
  context.font = `600 ${fontPx}px system-ui, sans-serif`;
  context.textBaseline = 'middle';
  const marked = result.faces.map((face, index) => {
    const { color, text } = mark(face, index);
    const box = pixelRect(face.box.x * scale, face.box.y * scale, face.box.width * scale, face.box.height * scale);
    return { face, color, text, box, label: labelSize(context, text, fontPx) };
  });
  for (const { face, color, box } of marked) {
    // A white line around the coloured one keeps it visible on any picture.
    context.lineJoin = 'round';
    for (const [stroke, thickness] of [['#ffffff', line * 2], [color, line]] as const) {
      context.strokeStyle = stroke;
      context.lineWidth = thickness;
      context.strokeRect(box.x, box.y, box.width, box.height);
    }
    if (pose && face.status === 'classified') paintPose(context, scaledStrokes(face, scale), line);
  }
  const places = placeLabels(marked, { bounds: pixelRect(0, 0, width, height), gap: line });
  for (const [index, place] of places.entries()) {
    const label = marked[index];
    if (label) drawLabel(context, label.text, label.color, place, fontPx);
  }
}

function scaledStrokes({ box, headPose }: FaceObservation, scale: number): PoseStroke[] {
  const place = ({ x, y }: PixelPoint) => ({ x: x * scale, y: y * scale });
  return poseStrokes(box, headPose).map(({ axis, from, to }) => ({ axis, from: place(from), to: place(to) }));
}

/** Label geometry in multiples of the font size: coloured edge, padding, height. */
const LABEL = { edge: 0.4, padding: 0.5, height: 1.6 };

function labelSize(context: Context, text: string, fontPx: number): Size {
  return { width: context.measureText(text).width + (2 * LABEL.padding + LABEL.edge) * fontPx, height: LABEL.height * fontPx };
}

function drawLabel(context: Context, text: string, color: string, { x, y, width, height }: PixelRect, fontPx: number): void {
  context.fillStyle = '#ffffff';
  context.fillRect(x, y, width, height);
  context.fillStyle = color;
  context.fillRect(x, y, LABEL.edge * fontPx, height);
  context.fillStyle = '#1d1f23';
  context.fillText(text, x + (LABEL.edge + LABEL.padding) * fontPx, y + height / 2);
}
