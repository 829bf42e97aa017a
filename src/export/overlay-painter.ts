import { verdictOf } from '../engine/labels';
import { pixelRect, type PixelPoint, type PixelRect, type Size } from '../engine/geometry';
import type { ClassifiedFace, FaceObservation, HeadPose, SkippedFace } from '../engine/types';
import { EXPRESSION_STYLE } from '../words/expression-style';
import { ownClassOf, wordExpression } from '../words/face';
import { languageStore, t } from '../words/i18n';
import { directionOf } from '../words/languages';
import { placeLabels, type LabelledBox, type LabelRoom } from './label-places';
import { personTag } from '../words/person-style';
import { paintPose, poseStrokes, type PoseStroke } from './pose-axes';
import { wordConcern, wordSkip } from '../words/quality';

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** The drawn fields of a face; both observations and stored faces have them. */
export type OverlayFace =
  | (Pick<ClassifiedFace, 'status' | 'track' | 'smoothed' | 'uncertain' | 'headPose' | 'concerns'> & { readonly relative?: true })
  | Pick<SkippedFace, 'status' | 'track' | 'reason'>;

/** A face as drawn at one moment. */
export interface PaintedFace {
  readonly face: OverlayFace;
  /** Drawn box in frame pixels: detected, or predicted for this moment. */
  readonly box: PixelRect;
  /** 0–1. */
  readonly opacity: number;
  /** Letter or name of the person. Default: the track's letter, which is correct unless people were edited. */
  readonly tag?: string;
}

export interface OverlayOptions {
  /** Track whose box is emphasised, where there are several. */
  readonly focused?: number | null;
  /** Draws head axes. Default: no. */
  readonly pose?: boolean;
  /** Shortens labels that would cover much of the picture, where the page shows both number and word elsewhere. Default: no. */
  readonly mayShorten?: boolean;
}

/** Transform from frame to canvas pixels. */
export interface OverlayView {
  /** Canvas pixels per frame pixel. */
  readonly scale: number;
  readonly offset: { readonly x: number; readonly y: number };
  readonly frame: Size;
  /** Mirrors positions, not text. */
  readonly mirror: boolean;
  /** Canvas pixels per CSS pixel, for line widths and font sizes. */
  readonly unit: number;
}

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
/** Readable on any picture in either colour scheme: white on a dark plate. */
const PLATE = 'rgb(16 18 21 / 0.82)';
const WORDS = '#ffffff';
const FAINT_WORDS = '#c9ced4';
const UNCERTAIN_COLOR = '#e4e7ea';
/** Line width of the head axes, in view units. */
const POSE_WIDTH = 2.5;
/** Largest width of a label with a reason, in multiples of its box or the picture's width. */
const REASON_ROOM = { boxes: 2.2, pictures: 0.3 };

/** Unit for a saved picture: lines and text scale with it as on a screen 540 pixels high. */
export function savedUnit(picture: Size): number {
  return Math.max(1, picture.height / 540);
}

/** Share of a picture (0–1) that labels may cover before they are shortened: five full ones on a phone would hide faces. */
const MOST_COVERED = 0.18;
/** Label lengths, longest first; the shortest is the person's letter. */
const LENGTHS = ['whole', 'word', 'letter'] as const;
type LabelLength = (typeof LENGTHS)[number];

/** View that fits a frame into a canvas, centred, like `object-fit: contain`. */
export function containedView(frame: Size, canvas: Size, mirror: boolean, unit: number): OverlayView {
  const scale = Math.min(canvas.width / frame.width, canvas.height / frame.height);
  const offset = { x: (canvas.width - frame.width * scale) / 2, y: (canvas.height - frame.height * scale) / 2 };
  return { scale, offset, frame, mirror, unit };
}

/** Maps a frame rectangle to the canvas. */
export function toCanvas({ x, y, width, height }: PixelRect, view: OverlayView): PixelRect {
  const left = view.mirror ? view.frame.width - x - width : x;
  return {
    x: view.offset.x + left * view.scale,
    y: view.offset.y + y * view.scale,
    width: width * view.scale,
    height: height * view.scale,
  };
}

function poseOnCanvas(box: PixelRect, pose: HeadPose, view: OverlayView): PoseStroke[] {
  const { scale, offset, frame, mirror } = view;
  const place = ({ x, y }: PixelPoint) => ({ x: offset.x + (mirror ? frame.width - x : x) * scale, y: offset.y + y * scale });
  return poseStrokes(box, pose).map(({ axis, from, to }) => ({ axis, from: place(from), to: place(to) }));
}

/** Label of a face: its expression and probability, or the reason why it has none. */
export function overlayLabel(face: OverlayFace): { readonly name: string; readonly detail: string } {
  if (face.status === 'skipped') return { name: wordSkip(face.reason).title, detail: '' };
  if (!face.uncertain) {
    const { name, share } = wordExpression(face.smoothed);
    return { name, detail: face.relative ? t('{share} · relative', { share }) : share };
  }
  const own = ownClassOf(face);
  if (own) return { name: own.name, detail: own.share };
  const [concern] = face.concerns;
  return { name: t('Uncertain'), detail: concern ? wordConcern(concern) : '' };
}

/** Faces for a still picture: their own boxes, fully opaque. */
export function stillFaces(faces: readonly FaceObservation[]): PaintedFace[] {
  return faces.map((face) => ({ face, box: face.box, opacity: 1 }));
}

/** Draws boxes, expressions and people's letters or names. Does not clear the canvas. */
export function paintOverlay(
  context: Context,
  faces: readonly PaintedFace[],
  view: OverlayView,
  { focused = null, pose = false, mayShorten = false }: OverlayOptions = {},
): void {
  const labels = measureLabels(context, faces, view, mayShorten ? LENGTHS : ['whole']);
  const places = placeLabels(labels, labelRoom(view));
  context.save();
  for (const { face, box, opacity } of faces) {
    context.globalAlpha = opacity;
    paintBox(context, toCanvas(box, view), face, view.unit, face.track !== null && face.track === focused && faces.length > 1);
    if (pose && face.status === 'classified') paintPose(context, poseOnCanvas(box, face.headPose, view), POSE_WIDTH * view.unit);
  }
  // Labels go last so that no box crosses them.
  for (const [index, { face, opacity }] of faces.entries()) {
    const [label, place] = [labels[index], places[index]];
    context.globalAlpha = opacity;
    if (label && place) paintLabel(context, label.parts, place, face, view.unit);
  }
  context.restore();
}

function labelRoom({ offset, frame, scale, unit }: OverlayView): LabelRoom {
  const edge = 3 * unit;
  return { bounds: pixelRect(offset.x + edge, offset.y + edge, frame.width * scale - 2 * edge, frame.height * scale - 2 * edge), gap: 5 * unit };
}

function tagOf({ track }: OverlayFace): string | null {
  return track === null ? null : personTag(track);
}

function isNamed(face: OverlayFace): face is OverlayFace & { status: 'classified' } {
  return face.status === 'classified' && !face.uncertain;
}

function colorOf(face: OverlayFace): string {
  return isNamed(face) ? EXPRESSION_STYLE[verdictOf(face.smoothed).label].dark : UNCERTAIN_COLOR;
}

function paintBox(
  context: Context,
  { x, y, width, height }: PixelRect,
  face: OverlayFace,
  unit: number,
  focused: boolean,
): void {
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(10 * unit, width / 4));
  context.lineJoin = 'round';
  // A dark outline keeps the colour visible on bright pictures.
  context.strokeStyle = 'rgb(0 0 0 / 0.55)';
  context.lineWidth = (focused ? 6 : 4.5) * unit;
  context.stroke();
  if (!isNamed(face)) context.setLineDash([7 * unit, 5 * unit]);
  context.strokeStyle = colorOf(face);
  context.lineWidth = (focused ? 4 : 2.5) * unit;
  context.stroke();
  context.setLineDash([]);
}

interface LabelPart {
  readonly text: string;
  readonly font: string;
  readonly color: string;
  readonly width: number;
}

interface LabelWish {
  /** Face box in canvas pixels. */
  readonly rect: PixelRect;
  readonly face: OverlayFace;
  /** Letter or name of the person. */
  readonly tag: string | null;
  readonly length: LabelLength;
}

/** Label text with its width on the canvas: person, expression and, if it fits, the detail. */
function labelParts(context: Context, { rect, face, tag, length }: LabelWish, { unit, scale, frame }: OverlayView): LabelPart[] {
  const measured = (text: string, weight: number, size: number, color = WORDS): LabelPart => {
    const font = `${weight} ${size * unit}px ${FONT}`;
    context.font = font;
    return { text, font, color, width: context.measureText(text).width };
  };
  const { name, detail } = overlayLabel(face);
  const letter = tag === null ? [] : [measured(tag, 600, 12, FAINT_WORDS)];
  if (length === 'letter' && letter.length > 0) return letter;
  const parts = [...letter, measured(name, 600, 14)];
  if (detail === '' || length !== 'whole') return parts;
  const whole = [...parts, measured(detail, 400, 14)];
  const width = whole.reduce((sum, part) => sum + part.width, 0);
  // The face's card shows the reason too; in a small picture it would only cover the neighbours' labels.
  const room = Math.max(REASON_ROOM.boxes * rect.width, REASON_ROOM.pictures * frame.width * scale);
  return isNamed(face) || width <= room ? whole : parts;
}

/** Label geometry in view units: gap between parts, padding at the ends, colour dot, height. */
const LABEL = { gap: 6, padding: 8, swatch: 9, height: 26 };

interface MeasuredLabel extends LabelledBox {
  readonly parts: readonly LabelPart[];
}

/** Labels of all faces at the greatest length that fits. */
function measureLabels(context: Context, faces: readonly PaintedFace[], view: OverlayView, lengths: readonly LabelLength[]): readonly MeasuredLabel[] {
  const room = MOST_COVERED * view.frame.width * view.frame.height * view.scale ** 2;
  let labels: readonly MeasuredLabel[] = [];
  for (const length of lengths) {
    labels = faces.map(({ face, box, tag = tagOf(face) }) => measureLabel(context, { rect: toCanvas(box, view), face, tag, length }, view));
    if (labels.reduce((sum, { label }) => sum + label.width * label.height, 0) <= room) break;
  }
  return labels;
}

function measureLabel(context: Context, wish: LabelWish, view: OverlayView): MeasuredLabel {
  const parts = labelParts(context, wish, view);
  const swatch = isNamed(wish.face) ? LABEL.swatch + LABEL.gap : 0;
  const words = parts.reduce((sum, part) => sum + part.width, 0);
  const width = words + (2 * LABEL.padding + swatch + LABEL.gap * (parts.length - 1)) * view.unit;
  return { box: wish.rect, parts, label: { width, height: LABEL.height * view.unit } };
}

function paintLabel(context: Context, parts: readonly LabelPart[], place: PixelRect, face: OverlayFace, unit: number): void {
  const gap = LABEL.gap * unit;
  const swatch = isNamed(face) ? LABEL.swatch * unit : 0;
  context.beginPath();
  context.roundRect(place.x, place.y, place.width, place.height, 7 * unit);
  context.fillStyle = PLATE;
  context.fill();

  const middle = place.y + place.height / 2;
  const direction = directionOf(languageStore.getSnapshot());
  let used = LABEL.padding * unit;
  /** Advances by `width` pixels in reading direction; returns the left edge. */
  const take = (width: number) => {
    const x = direction === 'rtl' ? place.x + place.width - used - width : place.x + used;
    used += width + gap;
    return x;
  };
  if (swatch > 0) {
    context.beginPath();
    context.arc(take(swatch) + swatch / 2, middle, swatch / 2, 0, 2 * Math.PI);
    context.fillStyle = colorOf(face);
    context.fill();
  }
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.direction = direction;
  for (const part of parts) {
    context.font = part.font;
    context.fillStyle = part.color;
    context.fillText(part.text, take(part.width), middle + unit * 0.5);
  }
}
