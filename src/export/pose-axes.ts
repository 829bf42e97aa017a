import type { PixelPoint, PixelRect } from '../engine/geometry';
import { headAxes } from '../engine/head-pose';
import type { HeadPose } from '../engine/types';

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** One stroke on a face. Points in frame pixels. */
export interface PoseStroke {
  readonly axis: 'right' | 'up' | 'ahead';
  readonly from: PixelPoint;
  readonly to: PixelPoint;
}

/** Orange, sky blue (of Okabe and Ito's set) and white stay apart for every kind of colour vision; the one ahead also ends in a dot. */
export const POSE_COLORS: Readonly<Record<PoseStroke['axis'], string>> = { right: '#e69f00', up: '#56b4e9', ahead: '#ffffff' };

/** Under the colours, so that they are seen on any skin and picture. */
export const POSE_EDGE = 'rgb(0 0 0 / 0.65)';

/** Length of an axis that is seen from the side, as a share of the box's larger side. */
const LENGTH = 0.32;
/**
 * From the box's centre to the point between eyes and nose tip, along the head's axes, in the box's larger side: fitted
 * to 2,767 faces that BlazeFace found, to within 2 %. Stored faces have a box and no keypoints.
 */
const ROOT = { ahead: 0.37, up: 0.12 };

/** The head's axes on a face in this box; the one ahead is last, to lie on top. */
export function poseStrokes({ x, y, width, height }: PixelRect, pose: HeadPose): PoseStroke[] {
  const axes = headAxes(pose);
  const side = Math.max(width, height);
  const from = {
    x: x + width / 2 + side * (ROOT.ahead * axes.ahead.x + ROOT.up * axes.up.x),
    y: y + height / 2 + side * (ROOT.ahead * axes.ahead.y + ROOT.up * axes.up.y),
  };
  return (['right', 'up', 'ahead'] as const).map((axis) => ({
    axis,
    from,
    to: { x: from.x + LENGTH * side * axes[axis].x, y: from.y + LENGTH * side * axes[axis].y },
  }));
}

/** @param strokes In canvas pixels. @param width Of a line, canvas pixels. */
export function paintPose(context: Context, strokes: readonly PoseStroke[], width: number): void {
  context.lineCap = 'round';
  for (const stroke of strokes) paintStroke(context, stroke, POSE_EDGE, 1.8 * width);
  for (const stroke of strokes) paintStroke(context, stroke, POSE_COLORS[stroke.axis], width);
}

function paintStroke(context: Context, { axis, from, to }: PoseStroke, color: string, width: number): void {
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.strokeStyle = color;
  context.lineWidth = width;
  context.stroke();
  if (axis !== 'ahead') return;
  context.beginPath();
  context.arc(to.x, to.y, 1.4 * width, 0, 2 * Math.PI);
  context.fillStyle = color;
  context.fill();
}
