import type { PeopleEditor } from '../../app/results/people-editor';
import type { LookAlikes } from '../../session/look-alikes';
import { Button } from '../shared/Button';
import { PersonBadge } from './PersonBadge';
import { t } from '../../words/i18n';
import styles from './PersonTools.module.css';

interface LookAlikesProps {
  /** Most similar first; asks about one pair at a time. */
  readonly lookAlikes: readonly LookAlikes[];
  readonly nameOf: (person: number) => string;
  readonly editor: PeopleEditor;
}

/** Proposes merging two people who look alike; merges only on confirmation. */
export function LookAlikesQuestion({ lookAlikes: [pair, ...rest], nameOf, editor }: LookAlikesProps) {
  if (!pair) return null;
  const { person, other } = pair;
  return (
    <div className={styles['question']} role="group" aria-label={t('People who look alike')} data-unprinted>
      <PersonBadge person={person} />
      <PersonBadge person={other} />
      <p>
        {t('{name} and {other} look alike. Is this the same person?', { name: nameOf(person), other: nameOf(other) })}
        {rest.length > 0 && ` (${t('{count, plural, other {# more to ask}}', { count: rest.length })})`}
      </p>
      <Button onPress={() => editor.add({ kind: 'merge', person, other })}>{t('Same person')}</Button>
      <Button onPress={() => editor.add({ kind: 'keep-apart', person, other })}>{t('Two people')}</Button>
    </div>
  );
}

interface LeftOutProps {
  readonly people: readonly number[];
  readonly nameOf: (person: number) => string;
  readonly editor: PeopleEditor;
}

/** Lists people excluded by the user, and offers to include them again. */
export function LeftOutPeople({ people, nameOf, editor }: LeftOutProps) {
  if (people.length === 0) return null;
  return (
    <div className={styles['question']} role="group" aria-label={t('People left out')}>
      <p>{t('Left out of results:')}</p>
      {people.map((person) => (
        <Button key={person} onPress={() => editor.add({ kind: 'take-in', person })}>
          <PersonBadge person={person} />
          {t('Include {name} again', { name: nameOf(person) })}
        </Button>
      ))}
    </div>
  );
}
