import { verdictOf } from '../../engine/labels';
import type { FaceObservation } from '../../engine/types';
import { wordSkip } from '../../words/quality';
import { expressionColorVariable } from '../expression-style';
import { ProbabilityBars } from '../shared/ProbabilityBars';
import { explainUncertain } from '../../words/uncertain';
import { wordExpression, wordHeadPose } from '../../words/face';
import styles from './FaceCard.module.css';

interface Props {
  readonly number: number;
  readonly face: FaceObservation;
  /** URL of the face, upright. */
  readonly crop: string | null;
  readonly active: boolean;
  readonly onActive: (active: boolean) => void;
  readonly onPick: () => void;
}

/** Everything about one face. */
export function FaceCard({ number, face, crop, active, onActive, onPick }: Props) {
  return (
    <li
      className={styles['card']}
      data-active={active || undefined}
      onPointerEnter={() => onActive(true)}
      onPointerLeave={() => onActive(false)}
      onFocus={() => onActive(true)}
      onBlur={() => onActive(false)}
    >
      <div className={styles['head']}>
        {crop ? <img className={styles['crop']} src={crop} alt="" /> : <div className={styles['crop']} />}
        <div>
          <h3>
            <button type="button" className={styles['link']} data-face-link onClick={onPick} aria-label={`Face ${number}, show it in the picture`}>
              Face {number}
            </button>
          </h3>
          <Headline face={face} />
        </div>
      </div>
      {face.status === 'classified' && <ProbabilityBars probabilities={face.smoothed} uncertain={face.uncertain} />}
      <dl className={styles['pose']} aria-label="Head pose">
        {wordHeadPose(face.headPose).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

function Headline({ face }: { readonly face: FaceObservation }) {
  if (face.status === 'skipped') {
    const { title, advice } = wordSkip(face.reason);
    return (
      <>
        <p className={styles['label']}>{title}</p>
        <p className={styles['note']}>{advice}</p>
      </>
    );
  }
  if (face.uncertain) {
    return (
      <>
        <p className={styles['label']}>Uncertain</p>
        <p className={styles['note']}>{explainUncertain(face)}</p>
      </>
    );
  }
  const { name, share } = wordExpression(face.smoothed);
  return (
    <p className={styles['label']}>
      <span className={styles['dot']} style={{ background: expressionColorVariable(verdictOf(face.smoothed).label) }} />
      {name} <span className={styles['confidence']}>{share}</span>
    </p>
  );
}
