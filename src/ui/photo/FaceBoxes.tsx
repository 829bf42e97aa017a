import { insideShare, intersection, pixelRect, toNormalized } from '../../engine/geometry';
import { verdictOf } from '../../engine/labels';
import type { FrameResult } from '../../engine/types';
import { expressionColorVariable } from '../expression-style';
import { headlineOf } from '../../words/face';
import styles from './FaceBoxes.module.css';

interface Props {
  readonly result: FrameResult;
  readonly active: number | null;
  readonly onActive: (index: number | null) => void;
  readonly onPick: (index: number) => void;
}

/** A box over every face, each leading to its card. */
export function FaceBoxes({ result: { frame, faces }, active, onActive, onPick }: Props) {
  const whole = pixelRect(0, 0, frame.width, frame.height);
  return faces.map((face, index) => {
    const visible = insideShare(face.box, frame) > 0 ? intersection(face.box, whole) : face.box;
    const { x, y, width, height } = toNormalized(visible, frame);
    const named = face.status === 'classified' && !face.uncertain;
    return (
      <button
        key={index}
        type="button"
        className={styles['box']}
        data-face-link
        data-active={active === index || undefined}
        data-uncertain={!named || undefined}
        aria-label={`Face ${index + 1}: ${headlineOf(face)}. Go to its card`}
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
      >
        <span className={styles['tag']}>{index + 1}</span>
      </button>
    );
  });
}
