import { useMemo } from 'react';
import { verdictOf } from '../../engine/labels';
import { insideShare, intersection, pixelRect, toNormalized, type PixelRect, type Size } from '../../engine/geometry';
import type { FaceObservation, FrameResult } from '../../engine/types';
import { placeLabels } from '../../export/label-places';
import { overlayLabel } from '../../export/overlay-painter';
import { expressionColorVariable } from '../expression-style';
import { useLanguage } from '../use-language';
import { headlineOf } from '../../words/face';
import { t } from '../../words/i18n';
import styles from './FaceBoxes.module.css';

interface Props {
  readonly result: FrameResult;
  /** Displayed size of the picture, CSS pixels; null before layout. */
  readonly shown: Size | null;
  readonly active: number | null;
  readonly onActive: (index: number | null) => void;
  readonly onPick: (index: number) => void;
}

/** A box around each face with its number, expression and share; a press leads to its card. */
export function FaceBoxes({ result: { frame, faces }, shown, active, onActive, onPick }: Props) {
  const language = useLanguage();
  // Text width depends on the language.
  // oxlint-disable-next-line react/exhaustive-deps
  const labels = useMemo(() => shown && labelsOf(faces, frame, shown), [faces, frame, shown, language]);
  return (
    <>
      {faces.map((face, index) => {
        const { x, y, width, height } = toNormalized(visiblePart(face, frame), frame);
        const named = isNamed(face);
        return (
          <button
            key={index}
            type="button"
            className={styles['box']}
            data-face-link
            data-active={active === index || undefined}
            data-uncertain={!named || undefined}
            aria-label={t('Face {number}: {headline}. Go to its card', { number: index + 1, headline: headlineOf(face) })}
            style={{
              left: `${x * 100}%`,
              top: `${y * 100}%`,
              width: `${width * 100}%`,
              height: `${height * 100}%`,
              borderColor: named ? expressionColorVariable(verdictOf(face.smoothed).label) : 'var(--expression-neutral)',
            }}
            onPointerEnter={() => onActive(index)}
            onPointerLeave={() => onActive(null)}
            onFocus={() => onActive(index)}
            onBlur={() => onActive(null)}
            onClick={() => onPick(index)}
          />
        );
      })}
      {labels?.map(({ place, detailed }, index) => {
        const face = faces[index];
        return shown && face && <Label key={index} number={index + 1} face={face} place={place} shown={shown} detailed={detailed || active === index} />;
      })}
    </>
  );
}

interface LabelProps {
  readonly number: number;
  readonly face: FaceObservation;
  readonly place: PixelRect;
  readonly shown: Size;
  /** False: only the number, where text would cover a crowd. */
  readonly detailed: boolean;
}

function Label({ number, face, place, shown, detailed }: LabelProps) {
  const { name, detail } = overlayLabel(face);
  return (
    <span className={styles['label']} style={{ left: `${(place.x / shown.width) * 100}%`, top: `${(place.y / shown.height) * 100}%` }} data-raised={detailed || undefined} aria-hidden="true">
      <b>{number}</b>
      {detailed && (
        <>
          {isNamed(face) && <i style={{ background: expressionColorVariable(verdictOf(face.smoothed).label) }} />}
          {name} {isNamed(face) && <span>{detail}</span>}
        </>
      )}
    </span>
  );
}

function isNamed(face: FaceObservation): face is FaceObservation & { status: 'classified' } {
  return face.status === 'classified' && !face.uncertain;
}

/** Label metrics in CSS pixels at the default text size; must match the style sheet. */
const LABEL = { height: 22, padding: 12, dot: 14, space: 4, gap: 3, weight: 600, text: 13 };
const USUAL_TEXT_PX = 16;
/** From this many faces, text is shown only at boxes wide enough for most of it. */
const CROWD = 8;

function labelsOf(faces: readonly FaceObservation[], frame: Size, shown: Size) {
  const scale = shown.width / frame.width;
  const { fontSize, fontFamily } = getComputedStyle(document.documentElement);
  const unit = parseFloat(fontSize) / USUAL_TEXT_PX;
  const font = `${LABEL.weight} ${LABEL.text * unit}px ${fontFamily}`;
  const labelled = faces.map((face, index) => {
    const { x, y, width, height } = visiblePart(face, frame);
    const { name, detail } = overlayLabel(face);
    const words = `${index + 1} ${name} ${isNamed(face) ? detail : ''}`.trim();
    const whole = widthOf(words, font) + unit * (LABEL.padding + LABEL.space + (isNamed(face) ? LABEL.dot : 0));
    const detailed = faces.length < CROWD || whole < 2 * width * scale;
    return { box: pixelRect(x * scale, y * scale, width * scale, height * scale), label: { width: detailed ? whole : 2 * LABEL.padding * unit, height: LABEL.height * unit }, detailed };
  });
  const places = placeLabels(labelled, { bounds: pixelRect(0, 0, shown.width, shown.height), gap: LABEL.gap });
  return places.map((place, index) => ({ place, detailed: labelled[index]?.detailed ?? false }));
}

let ruler: CanvasRenderingContext2D | null = null;

/** Width of a text, CSS pixels. */
function widthOf(words: string, font: string): number {
  ruler ??= document.createElement('canvas').getContext('2d');
  if (!ruler) return 9 * words.length;
  ruler.font = font;
  return ruler.measureText(words).width;
}

function visiblePart({ box }: FaceObservation, frame: Size): PixelRect {
  return insideShare(box, frame) > 0 ? intersection(box, pixelRect(0, 0, frame.width, frame.height)) : box;
}
