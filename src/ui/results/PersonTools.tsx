import { useCallback, useState, useSyncExternalStore, type KeyboardEvent } from 'react';
import type { PeopleEditor } from '../../app/results/people-editor';
import type { Playhead } from '../../app/results/playhead';
import type { ObservationStore } from '../../session/observation-store';
import { nextPerson } from '../../session/people-edits';
import type { PersonSummary } from '../../session/statistics';
import type { TrackSeries } from '../../session/track-series';
import { formatClock } from '../../words/format';
import { Button } from '../shared/Button';
import { NeutralTool } from './NeutralTool';
import { PersonBadge } from './PersonBadge';
import { t } from '../../words/i18n';
import styles from './PersonTools.module.css';

interface Props {
  readonly person: PersonSummary;
  /** Everyone detected, including this person. */
  readonly people: readonly PersonSummary[];
  readonly nameOf: (person: number) => string;
  readonly editor: PeopleEditor;
  readonly store: ObservationStore;
  /** Null until there is something to play. */
  readonly playhead: Playhead | null;
  /** This person's series; null until loaded. */
  readonly series: TrackSeries | null;
  /** Selects the next person to view. */
  readonly onPick: (person: number) => void;
}

/** Manual edits of one person: merge with another, split in two, mark as neutral, exclude. */
export function PersonTools({ person, people, nameOf, editor, store, playhead, series, onPick }: Props) {
  const [choosing, setChoosing] = useState(false);
  const others = people.filter((other) => other.person !== person.person);
  const merge = (other: PersonSummary) => {
    const [first, second] = other.firstMs < person.firstMs ? [other, person] : [person, other];
    editor.add({ kind: 'merge', person: first.person, other: second.person });
    setChoosing(false);
    onPick(first.person);
  };
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'Escape') setChoosing(false);
  };
  return (
    <div className={styles['tools']} data-unprinted role="group" aria-label={t('Corrections for {name}', { name: nameOf(person.person) })} onKeyDown={onKeyDown}>
      {others.length > 0 && (
        <Button aria-expanded={choosing} onPress={() => setChoosing(!choosing)}>
          {t('Same person as…')}
        </Button>
      )}
      {playhead && <SplitButton person={person} people={people} editor={editor} playhead={playhead} series={series} />}
      {playhead && <NeutralTool person={person} editor={editor} playhead={playhead} store={store} />}
      <Button onPress={() => editor.add({ kind: 'leave-out', person: person.person })}>{t('Leave out')}</Button>
      {choosing && (
        <ul className={styles['others']} aria-label={t('{name} is the same person as', { name: nameOf(person.person) })}>
          {others.map((other) => (
            <li key={other.person}>
              <Button onPress={() => merge(other)}>
                <PersonBadge person={other.person} />
                {nameOf(other.person)}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface SplitProps extends Pick<Props, 'person' | 'people' | 'editor' | 'series'> {
  readonly playhead: Playhead;
}

/** Splits at the person's observation under the playhead, unless it is the first. */
function SplitButton({ person: { person, firstMs }, people, editor, playhead, series }: SplitProps) {
  const subscribe = useCallback((listener: () => void) => playhead.subscribe(listener), [playhead]);
  const atMs = useSyncExternalStore(subscribe, () => series?.startingAt(playhead.timeMs) ?? firstMs);
  const within = atMs > firstMs;
  const split = () => {
    const into = nextPerson(people.flatMap(({ tracks }) => tracks), editor.getSnapshot().edits);
    editor.add({ kind: 'split', person, atMs, into });
  };
  return (
    <Button isDisabled={!within} onPress={split}>
      {within ? t('Someone else from {time} on', { time: formatClock(atMs, 1) }) : t('Someone else from here on')}
    </Button>
  );
}
