import { useId, useState } from 'react';
import { EXPRESSIONS, tellsExpressions, verdictOf, type Expression, type Probabilities } from '../../engine/labels';
import type { FaceObservation } from '../../engine/types';
import { expressionWord } from '../../words/expression-style';
import { wordSkip } from '../../words/quality';
import { expressionFill } from '../expression-style';
import { formatShare } from '../../words/format';
import { Button } from '../shared/Button';
import { ChevronIcon } from '../shared/icons';
import { WhyDialog } from '../lab/why/lazy-why';
import { loadChart } from '../shared/load-chart';
import { ProbabilityBars } from '../shared/ProbabilityBars';
import { ProbabilityStrip } from '../shared/ProbabilityStrip';
import { explainUncertain, wordNoExpressions } from '../../words/uncertain';
import { ownClassOf, wordExpression, wordHeadPose } from '../../words/face';
import { t } from '../../words/i18n';
import styles from './FaceCard.module.css';
import { WrongFace } from './WrongFace';

// Fetched immediately: otherwise it would load just when the first face is to be shown. In Live, the first face does not wait for it.
void loadChart();

interface Props {
  readonly number: number;
  readonly face: FaceObservation;
  /** URL of the upright face. */
  readonly crop: string | null;
  readonly active: boolean;
  /** True to show all details initially, e.g. for a single face. */
  readonly opened: boolean;
  readonly onActive: (active: boolean) => void;
  readonly onPick: () => void;
  /** Called when the user reports that it is not a face; null while the picture is being analysed. */
  readonly onNotAFace: (() => void) | null;
}

/** A face's expression and the next likely one; when opened, all seven and the head pose. */
export function FaceCard({ number, face, crop, active, opened, onActive, onPick, onNotAFace }: Props) {
  const [isOpen, setOpen] = useState(opened);
  const [asksWhy, setAsksWhy] = useState(false);
  const details = useId();
  const tells = face.status === 'classified' && tellsExpressions(face.smoothed);
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
        <div className={styles['words']}>
          <h3>
            <button type="button" className={styles['link']} data-face-link onClick={onPick} aria-label={t('Face {number}, show it in the picture', { number })}>
              {t('Face {number}', { number })}
            </button>
          </h3>
          <Headline face={face} />
        </div>
        <Button
          variant="quiet"
          icon
          aria-label={isOpen ? t('Show less of face {number}', { number }) : t('Show all of face {number}', { number })}
          aria-expanded={isOpen}
          aria-controls={details}
          onPress={() => setOpen(!isOpen)}
        >
          <span className={styles['chevron']} data-open={isOpen || undefined}>
            <ChevronIcon />
          </span>
        </Button>
      </div>
      {tells && !isOpen && <ProbabilityStrip probabilities={face.smoothed} />}
      {face.status === 'classified' && !tells && <p className={styles['note']}>{wordNoExpressions()}</p>}
      <div id={details} hidden={!isOpen} className={styles['details']}>
        {isOpen && tells && <ProbabilityBars probabilities={face.smoothed} uncertain={face.uncertain} />}
        {isOpen && (
          <div className={styles['questions']}>
            {tells && crop && (
              <Button variant="quiet" aria-label={t('Why? Face {number}', { number })} onPress={() => setAsksWhy(true)}>
                {t('Why?')}
              </Button>
            )}
            <WrongFace number={number} crop={crop} onNotAFace={onNotAFace} />
          </div>
        )}
        <dl className={styles['pose']} aria-label={t('Head pose')}>
          {wordHeadPose(face.headPose).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      {asksWhy && face.status === 'classified' && crop && <WhyDialog picture={crop} label={face.label} onClose={() => setAsksWhy(false)} />}
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
    const own = ownClassOf(face);
    return (
      <>
        <p className={styles['label']}>
          {own?.name ?? t('Uncertain')} {own && <span className={styles['confidence']}>{own.share}</span>}
        </p>
        <p className={styles['note']}>{explainUncertain(face)}</p>
      </>
    );
  }
  const { name, share } = wordExpression(face.smoothed);
  const next = nextLikely(face.smoothed);
  return (
    <>
      <p className={styles['label']}>
        <span className={styles['dot']} {...expressionFill(verdictOf(face.smoothed).label)} data-dot />
        {name} <span className={styles['confidence']}>{share}</span>
      </p>
      <p className={styles['note']}>
        {t('Next: {expression}, {share}', { expression: expressionWord(next), share: formatShare(face.smoothed[next]) })}
      </p>
    </>
  );
}

/** The most likely expression that the headline does not name. */
function nextLikely(probabilities: Probabilities): Expression {
  const { label, closeCall } = verdictOf(probabilities);
  const others = EXPRESSIONS.filter((e) => e !== label && e !== closeCall);
  return others.reduce((best, e) => (probabilities[e] > probabilities[best] ? e : best));
}
