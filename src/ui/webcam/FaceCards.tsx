import { useId, useState, type ReactNode } from 'react';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { EXPRESSIONS, tellsExpressions, verdictOf } from '../../engine/labels';
import type { QualityConcern, SkipReason } from '../../engine/types';
import { wordSkip } from '../../words/quality';
import { expressionName } from '../../words/expression-style';
import { expressionFill } from '../expression-style';
import { personName, personTag } from '../../words/person-style';
import { Button } from '../shared/Button';
import { ChevronIcon } from '../shared/icons';
import { ProbabilityBars } from '../shared/ProbabilityBars';
import { ownClassOf, wordExpression } from '../../words/face';
import { ProbabilityStrip } from '../shared/ProbabilityStrip';
import { useMediaQuery } from '../use-media-query';
import { explainUncertain, liveAdvice, wordNoExpressions } from '../../words/uncertain';
import { inPairs, shareOut, type FaceCard } from '../../app/live/faces-view';
import { t } from '../../words/i18n';
import styles from './faces.module.css';

/** Skipped faces get the advice of the matching concern. */
const CONCERN_OF: Readonly<Record<SkipReason, QualityConcern['kind']>> = { 'face-too-small': 'small', 'outside-frame': 'cut-off' };

/** Maximum of cards, each with a chart. */
const MOST_CARDS = 6;
/** Up to this many cards show all their bars. */
const MOST_ROOMY = 2;
/** Maximum of additional faces with one line each, for pictures of a class or a meeting. */
const MOST_LINES = 24;

interface Props {
  readonly cards: readonly FaceCard[];
  readonly focused: number | null;
  readonly onPick: (track: number | null) => void;
  /** Called when the user asks where a face's expression is seen; null while no frames are read. */
  readonly onWhy: ((track: number) => void) | null;
  /** True on small screens with several faces: only the focused face has a full card, and pressing another one focuses it. */
  readonly isBrief: boolean;
}

/** One card per face, in the order of tracks; with many faces, one line for each of the later ones. */
export function FaceCards({ cards, focused, onPick, onWhy, isBrief }: Props) {
  if (cards.length === 0) {
    return (
      <div className={styles['empty']}>
        <ul aria-hidden="true">
          {EXPRESSIONS.map((e) => (
            <li key={e}>
              <span {...expressionFill(e)} />
              {expressionName(e)}
            </li>
          ))}
        </ul>
        <p>{t('Every face in view gets a card here, with a probability for each of the seven expressions.')}</p>
      </div>
    );
  }
  const { full, brief, rest } = shareOut(cards, focused, MOST_CARDS, MOST_LINES);
  return (
    <>
      <ul className={styles['cards']} data-brief={isBrief || undefined} aria-label={t('Faces in view')}>
        {(isBrief ? inPairs(full, focused) : full).map((card) => (
          <LiveCard
            key={card.track}
            card={card}
            focused={card.track === focused}
            roomy={full.length <= MOST_ROOMY}
            onPick={cards.length > 1 ? onPick : null}
            onWhy={onWhy}
            alone={cards.length === 1}
            isBrief={isBrief}
          />
        ))}
      </ul>
      {brief.length > 0 && (
        <ul className={styles['lines']} aria-label={t('More faces')}>
          {brief.map(({ face, track, present }) => (
            <li key={track} data-absent={!present || undefined} data-testid="face-line">
              <span className={styles['number']}>{personName(track)}</span>
              <Reading className={styles['lineLabel']} face={face} />
              <RelativeMark face={face} />
            </li>
          ))}
        </ul>
      )}
      {rest > 0 && <p className={styles['more']}>{t('{count, plural, other {And # more in the picture.}}', { count: rest })}</p>}
    </>
  );
}

interface LiveCardProps {
  readonly card: FaceCard;
  readonly focused: boolean;
  /** All seven bars are open by default if the window has room for them. */
  readonly roomy: boolean;
  /** Null if there is nothing to choose from. */
  readonly onPick: Props['onPick'] | null;
  readonly onWhy: Props['onWhy'];
  /** True for the only face in view. */
  readonly alone: boolean;
  readonly isBrief: boolean;
}

/** Window size at which picture, curve and two faces with all their bars are visible at once. */
const ROOM = '(min-width: 60rem) and (min-height: 44rem)';

function LiveCard({ card, focused, roomy, onPick, onWhy, alone, isBrief }: LiveCardProps) {
  const hasRoom = useMediaQuery(ROOM);
  const [wanted, setWanted] = useState<boolean | null>(null);
  const isWhole = focused || !isBrief;
  const isOpen = isWhole && (wanted ?? (roomy && hasRoom));
  const bars = useId();
  const { face, track, present } = card;
  const tells = face.status === 'classified' && tellsExpressions(face.smoothed);
  return (
    <li className={styles['card']} data-absent={!present || undefined} data-whole={isWhole || undefined} data-testid="face-card">
      <CardHead card={card} focused={focused} onPick={onPick} isBrief={isBrief}>
        {isWhole && tells && (
          <Button
            variant="quiet"
            icon
            aria-label={isOpen ? t('Hide the bars of {person}', { person: personName(track) }) : t('Show the bars of {person}', { person: personName(track) })}
            aria-expanded={isOpen}
            aria-controls={bars}
            onPress={() => setWanted(!isOpen)}
          >
            <span className={styles['chevron']} data-open={isOpen || undefined}>
              <ChevronIcon />
            </span>
          </Button>
        )}
      </CardHead>
      {isWhole && <CardNote face={face} />}
      {isWhole && face.relative && <p className={styles['relative']}>{alone ? t('relative to you') : t('relative to their neutral face')}</p>}
      {face.status === 'classified' && !tells && isWhole && <p className={styles['advice']}>{wordNoExpressions()}</p>}
      {tells && (
        <>
          {!isOpen && (
            <div className={styles['strip']}>
              {!isWhole && <RelativeMark face={face} />}
              <ProbabilityStrip probabilities={face.smoothed} />
            </div>
          )}
          <div id={bars} hidden={!isOpen}>
            {isOpen && (
              <>
                <ProbabilityBars probabilities={face.smoothed} uncertain={face.uncertain} />
                <div className={styles['why']}>
                  <Button variant="quiet" aria-label={t('Why? {person}', { person: personName(track) })} isDisabled={!onWhy} onPress={() => onWhy?.(track)}>
                    {t('Why?')}
                  </Button>
                </div>
              </>
            )}
          </div>
        </>
      )}
    </li>
  );
}

interface CardHeadProps extends Pick<LiveCardProps, 'card' | 'focused' | 'onPick' | 'isBrief'> {
  readonly children: ReactNode;
}

function CardHead({ card: { face, track }, focused, onPick, isBrief, children }: CardHeadProps) {
  return (
    <div className={styles['head']}>
      <h4 className={styles['name']}>
        <span className={styles['number']}>{isBrief ? personTag(track) : personName(track)}</span>
        <Reading className={styles['label']} face={face} />
      </h4>
      <div className={styles['actions']}>
        {onPick && (
          <ToggleButton
            className={styles['pick'] ?? ''}
            isSelected={focused}
            onChange={(selected) => onPick(selected ? track : null)}
            aria-label={t('Timeline of {person}', { person: personName(track) })}
          >
            {!isBrief && t('Timeline')}
          </ToggleButton>
        )}
        {children}
      </div>
    </div>
  );
}

/** A face's headline and its probability. */
function Reading({ className, face }: { readonly className: string | undefined; readonly face: FaceCard['face'] }) {
  if (face.status === 'skipped') return <span className={className}>{wordSkip(face.reason).title}</span>;
  if (face.uncertain) {
    const own = ownClassOf(face);
    return (
      <span className={className}>
        {own ? (
          <span className={styles['words']}>
            {own.name} <span className={styles['confidence']}>{own.share}</span>
          </span>
        ) : (
          t('Uncertain')
        )}
      </span>
    );
  }
  const { name, share } = wordExpression(face.smoothed);
  return (
    <span className={className}>
      <span className={styles['dot']} {...expressionFill(verdictOf(face.smoothed).label)} data-dot />
      <span className={styles['words']}>
        {name} <span className={styles['confidence']}>{share}</span>
      </span>
    </span>
  );
}

/** A short mark, where there is no room to say whose neutral face is the reference. */
function RelativeMark({ face }: { readonly face: FaceCard['face'] }) {
  return face.relative ? <span className={styles['mark']}>{t('relative')}</span> : null;
}

/** Advice on how to make a face readable. */
function CardNote({ face }: { readonly face: FaceCard['face'] }) {
  if (face.status === 'skipped') return <p className={styles['advice']}>{liveAdvice(CONCERN_OF[face.reason])}</p>;
  if (!face.uncertain) return null;
  const [concern] = face.concerns;
  return (
    <p className={styles['advice']}>
      {explainUncertain(face)} {concern && liveAdvice(concern.kind)}
    </p>
  );
}
