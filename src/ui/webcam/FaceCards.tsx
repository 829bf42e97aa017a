import { ToggleButton } from 'react-aria-components/ToggleButton';
import { EXPRESSIONS, verdictOf } from '../../engine/labels';
import type { QualityConcern, SkipReason } from '../../engine/types';
import { wordSkip } from '../../words/quality';
import { EXPRESSION_STYLE } from '../../words/expression-style';
import { expressionColorVariable } from '../expression-style';
import { personName } from '../../words/person-style';
import { ProbabilityBars } from '../shared/ProbabilityBars';
import { wordExpression } from '../../words/face';
import { explainUncertain, liveAdvice } from '../../words/uncertain';
import { shareOut, type FaceCard } from '../../app/live/faces-view';
import styles from './faces.module.css';

/** What is too bad to be read is advised about like what is bad. */
const CONCERN_OF: Readonly<Record<SkipReason, QualityConcern['kind']>> = { 'face-too-small': 'small', 'outside-frame': 'cut-off' };

/** More cards than this nobody reads at once, and each costs a chart. */
const MOST_CARDS = 6;
/** Beyond them, a line for each of so many: what a picture of a class or a meeting shows. */
const MOST_LINES = 24;

interface Props {
  readonly cards: readonly FaceCard[];
  readonly focused: number | null;
  readonly onPick: (track: number | null) => void;
}

/** One card per face, in order of track; where there are many, a line for each of the later ones. */
export function FaceCards({ cards, focused, onPick }: Props) {
  if (cards.length === 0) {
    return (
      <div className={styles['empty']}>
        <ul aria-hidden="true">
          {EXPRESSIONS.map((e) => (
            <li key={e}>
              <span style={{ background: expressionColorVariable(e) }} />
              {EXPRESSION_STYLE[e].name}
            </li>
          ))}
        </ul>
        <p>Every face in view gets a card here, with a probability for each of the seven expressions.</p>
      </div>
    );
  }
  const { full, brief, rest } = shareOut(cards, focused, MOST_CARDS, MOST_LINES);
  return (
    <>
      <ul className={styles['cards']} aria-label="Faces in view">
        {full.map((card) => (
          <li key={card.track} className={styles['card']} data-absent={!card.present || undefined} data-testid="face-card">
            <CardHead card={card} focused={card.track === focused} onPick={cards.length > 1 ? onPick : null} />
            <CardBody card={card} />
          </li>
        ))}
      </ul>
      {brief.length > 0 && (
        <ul className={styles['lines']} aria-label="Further faces">
          {brief.map(({ face, track, present }) => (
            <li key={track} data-absent={!present || undefined} data-testid="face-line">
              <span className={styles['number']}>{personName(track)}</span>
              <Reading className={styles['lineLabel']} face={face} />
            </li>
          ))}
        </ul>
      )}
      {rest > 0 && <p className={styles['more']}>And {rest} more in the picture.</p>}
    </>
  );
}

interface CardHeadProps {
  readonly card: FaceCard;
  readonly focused: boolean;
  /** Null where there is nothing to choose from. */
  readonly onPick: Props['onPick'] | null;
}

function CardHead({ card: { face, track }, focused, onPick }: CardHeadProps) {
  return (
    <div className={styles['head']}>
      <h4 className={styles['name']}>
        <span className={styles['number']}>{personName(track)}</span>
        <Reading className={styles['label']} face={face} />
      </h4>
      {onPick && (
        <ToggleButton
          className={styles['pick'] ?? ''}
          isSelected={focused}
          onChange={(selected) => onPick(selected ? track : null)}
          aria-label={`Timeline of ${personName(track)}`}
        >
          Timeline
        </ToggleButton>
      )}
    </div>
  );
}

/** What is read in a face, in a word or two, and how much of all probability that has. */
function Reading({ className, face }: { readonly className: string | undefined; readonly face: FaceCard['face'] }) {
  if (face.status === 'skipped') return <span className={className}>{wordSkip(face.reason).title}</span>;
  if (face.uncertain) return <span className={className}>Uncertain</span>;
  const { name, share } = wordExpression(face.smoothed);
  return (
    <span className={className}>
      <span className={styles['dot']} style={{ background: expressionColorVariable(verdictOf(face.smoothed).label) }} />
      {name}
      <span className={styles['confidence']}>{share}</span>
    </span>
  );
}

function CardBody({ card: { face } }: { readonly card: FaceCard }) {
  if (face.status === 'skipped') return <p className={styles['advice']}>{liveAdvice(CONCERN_OF[face.reason])}</p>;
  const [concern] = face.concerns;
  return (
    <>
      {face.uncertain && (
        <p className={styles['advice']}>
          {explainUncertain(face)} {concern && liveAdvice(concern.kind)}
        </p>
      )}
      <ProbabilityBars probabilities={face.smoothed} uncertain={face.uncertain} />
    </>
  );
}
