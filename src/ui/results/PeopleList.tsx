import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { summaryTells, type PersonSummary } from '../../session/statistics';
import type { TrackSeries } from '../../session/track-series';
import { expressionWord } from '../../words/expression-style';
import { formatClock, formatShare, formatSpan } from '../../words/format';
import { PersonBadge } from './PersonBadge';
import { t } from '../../words/i18n';
import { PersonStrip } from './PersonStrip';
import styles from './PeopleList.module.css';
import type { Span } from '../../app/results/timeline-view';

export interface PeopleProps {
  readonly people: readonly PersonSummary[];
  readonly nameOf: (person: number) => string;
  readonly seriesOf: (person: number) => TrackSeries | null;
  readonly selected: number | null;
  readonly onSelect: (person: number) => void;
  readonly whole: Span;
  readonly readMs: number;
  /** Time between two observations. */
  readonly intervalMs: number;
}

/** Everyone in a recording, with presence and expressions over time; selecting a person shows their curves. */
export function PeopleList({ people, nameOf, seriesOf, selected, onSelect, whole, readMs, intervalMs }: PeopleProps) {
  return (
    <ListBox
      className={styles['list'] ?? ''}
      aria-label={t('People')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={selected === null ? [] : [selected]}
      onSelectionChange={(keys) => {
        const [track] = keys === 'all' ? [] : keys;
        if (typeof track === 'number') onSelect(track);
      }}
    >
      {people.map((person) => (
        <ListBoxItem key={person.person} id={person.person} className={styles['person'] ?? ''} textValue={describePerson(person, nameOf(person.person))}>
          <PersonBadge person={person.person} />
          <span className={styles['words']}>
            <span dir="auto" className={styles['name']}>
              {nameOf(person.person)}
            </span>
            {summaryTells(person.summary) && <span className={styles['detail']}>{mostly(person)}</span>}
          </span>
          <span className={styles['times']}>
            {formatSpan(formatClock(person.firstMs), formatClock(person.lastMs))}
          </span>
          {summaryTells(person.summary) && <PersonStrip series={seriesOf(person.person)} whole={whole} readMs={Math.min(readMs, person.lastMs)} intervalMs={intervalMs} />}
        </ListBoxItem>
      ))}
    </ListBox>
  );
}

function mostly({ summary: { dominant, share } }: PersonSummary): string {
  return dominant === null ? t('Mostly uncertain') : t('Mostly {expression}, {share}', { expression: expressionWord(dominant), share: formatShare(share[dominant]) });
}

function describePerson(person: PersonSummary, name: string): string {
  if (!summaryTells(person.summary)) return name;
  return t('{name}: {mostly}, from {from} to {to}', { name, mostly: mostly(person), from: formatClock(person.firstMs), to: formatClock(person.lastMs) });
}
