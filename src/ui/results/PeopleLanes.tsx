import { useEffect, useMemo, useRef } from 'react';
import type { Playhead } from '../../app/results/playhead';
import { summaryTells } from '../../session/statistics';
import type { Marker } from '../../session/session-info';
import type { Span } from '../../app/results/timeline-view';
import type { PeopleProps } from './PeopleList';
import { PersonBadge } from './PersonBadge';
import { t } from '../../words/i18n';
import styles from './PeopleLanes.module.css';
import { PersonStrip } from './PersonStrip';

/** More lanes would push the curves off the screen; the list below shows everyone. */
const MOST_LANES = 6;

interface Props extends PeopleProps {
  readonly playhead: Playhead | null;
  readonly markers?: readonly Marker[];
}

const NO_MARKERS: readonly Marker[] = [];

/** Each person's expressions over the whole video, below its scrubber and on the same scale; a press selects the person and seeks. */
export function PeopleLanes({ people, nameOf, seriesOf, selected, onSelect, whole, readMs, intervalMs, playhead, markers = NO_MARKERS }: Props) {
  const lanes = useRef<HTMLDivElement>(null);
  const line = useRef<HTMLDivElement>(null);
  const marks = useMemo(() => marksOf(markers, whole), [markers, whole]);
  useEffect(() => {
    const show = () => line.current?.style.setProperty('--share', String((((playhead?.timeMs ?? 0) - whole.fromMs) / Math.max(1, whole.toMs - whole.fromMs))));
    show();
    return playhead?.subscribe(show);
  }, [playhead, whole]);
  const seek = (clientX: number) => {
    const bounds = lanes.current?.getBoundingClientRect();
    if (bounds) playhead?.seek(whole.fromMs + ((clientX - bounds.left) / Math.max(1, bounds.width)) * (whole.toMs - whole.fromMs));
  };
  return (
    <div className={styles['lanes']}>
      <ul aria-label={t('Everybody over time')}>
        {people.slice(0, MOST_LANES).map((person) => (
          <li key={person.person}>
            <button
              type="button"
              className={styles['lane']}
              aria-label={t('Show {name}', { name: nameOf(person.person) })}
              aria-pressed={person.person === selected}
              title={nameOf(person.person)}
              onClick={({ clientX, detail }) => {
                onSelect(person.person);
                // Keyboard presses have no position.
                if (detail > 0) seek(clientX);
              }}
            >
              <PersonBadge person={person.person} />
              <PersonStrip series={summaryTells(person.summary) ? seriesOf(person.person) : null} whole={whole} readMs={Math.min(readMs, person.lastMs)} intervalMs={intervalMs} />
            </button>
          </li>
        ))}
      </ul>
      <div ref={lanes} className={styles['marks']} aria-hidden="true">
        {marks.map((mark) => (
          <i key={mark} style={{ insetInlineStart: `${mark / 10}%` }} />
        ))}
        <div ref={line} className={styles['line']} />
      </div>
    </div>
  );
}

/** Places of markers, thousandths of the span: finer ones cannot be told apart, and thousands of elements would block the page. */
function marksOf(markers: readonly Marker[], { fromMs, toMs }: Span): readonly number[] {
  return [...new Set(markers.map(({ atMs }) => Math.round((1000 * (atMs - fromMs)) / Math.max(1, toMs - fromMs))))];
}
