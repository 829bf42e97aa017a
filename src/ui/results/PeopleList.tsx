import { useEffect, useRef } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { EXPRESSIONS } from '../../engine/labels';
import type { PersonSummary } from '../../session/statistics';
import type { TrackSeries } from '../../session/track-series';
import { expressionColor, expressionWord } from '../../words/expression-style';
import { formatClock, formatShare } from '../../words/format';
import { useColorScheme } from '../use-color-scheme';
import { PersonBadge } from './PersonBadge';
import { t } from '../../words/i18n';
import styles from './PeopleList.module.css';
import { fitCanvas } from '../../app/results/timeline-canvas';
import { bridgedMs, type Span } from '../../app/results/timeline-view';

interface Props {
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

/** Everyone in a recording, with when they were there and what they showed; choosing one shows their curves. */
export function PeopleList({ people, nameOf, seriesOf, selected, onSelect, whole, readMs, intervalMs }: Props) {
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
            <span className={styles['name']}>{nameOf(person.person)}</span>
            <span className={styles['detail']}>{mostly(person)}</span>
          </span>
          <span className={styles['times']}>
            {formatClock(person.firstMs)}–{formatClock(person.lastMs)}
          </span>
          <Strip series={seriesOf(person.person)} whole={whole} readMs={Math.min(readMs, person.lastMs)} intervalMs={intervalMs} />
        </ListBoxItem>
      ))}
    </ListBox>
  );
}

function mostly({ summary: { dominant, share } }: PersonSummary): string {
  return dominant === null ? t('Mostly uncertain') : t('Mostly {expression}, {share}', { expression: expressionWord(dominant), share: formatShare(share[dominant]) });
}

function describePerson(person: PersonSummary, name: string): string {
  return t('{name}: {mostly}, from {from} to {to}', { name, mostly: mostly(person), from: formatClock(person.firstMs), to: formatClock(person.lastMs) });
}

interface StripProps extends Pick<Props, 'whole' | 'readMs' | 'intervalMs'> {
  readonly series: TrackSeries | null;
}

/** The strongest expression over time, as a band of its colours. */
function Strip({ series, whole, readMs, intervalMs }: StripProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useColorScheme();
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const draw = () => {
      fitCanvas(element);
      const { width, height } = element;
      context.clearRect(0, 0, width, height);
      if (!series || width === 0) return;
      const curves = series.read(whole.fromMs, readMs, Math.max(1, element.clientWidth / 2));
      const xOf = (ms: number) => ((ms - whole.fromMs) / Math.max(1, whole.toMs - whole.fromMs)) * width;
      const strongest = Array.from({ length: curves.length }, (_, bucket) =>
        strongestOf(curves.means.subarray(bucket * EXPRESSIONS.length, (bucket + 1) * EXPRESSIONS.length)),
      );
      strongest.forEach((expression, bucket) => {
        if (expression === null) return;
        // An observation stands for the time until the next one, if that comes about when it is due.
        const next = strongest.findIndex((each, later) => later > bucket && each !== null);
        const nextMs = next < 0 ? Infinity : (next - bucket) * curves.bucketMs;
        const lengthMs = nextMs <= Math.max(bridgedMs(intervalMs), curves.bucketMs) ? nextMs : Math.max(intervalMs, curves.bucketMs);
        const startMs = curves.startMs + bucket * curves.bucketMs;
        context.fillStyle = expressionColor(expression, scheme);
        // Half a pixel more, so that no line shows between two.
        context.fillRect(xOf(startMs), 0, Math.max(devicePixelRatio * 2, xOf(startMs + lengthMs) - xOf(startMs) + 0.5), height);
      });
    };
    const resizing = new ResizeObserver(draw);
    resizing.observe(element);
    return () => resizing.disconnect();
  }, [series, whole, readMs, intervalMs, scheme]);
  return <canvas ref={canvas} className={styles['strip']} aria-hidden="true" />;
}

function strongestOf(shares: Float32Array) {
  let best = 0;
  shares.forEach((share, i) => {
    if (share > (shares[best] ?? 0)) best = i;
  });
  return Number.isNaN(shares[0] ?? NaN) ? null : (EXPRESSIONS[best] ?? null);
}
