import { useEffect, useMemo, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { keyMoments, type KeyMoment } from '../../session/key-moments';
import { mainPeople } from '../../session/people';
import { PeopleTally } from '../../session/statistics';
import { EXPRESSION_STYLE, expressionColorVariable } from '../expression-style';
import { formatClock, formatShare } from '../format';
import { PersonBadge } from '../results/PersonBadge';
import type { Playhead } from '../results/playhead';
import type { ClipAnalysis } from './clip-analysis';
import styles from './Filmstrip.module.css';
import { picturesOf } from './stills';

/** As many as are looked at. */
const MOST_MOMENTS = 24;

interface Props {
  readonly file: File;
  /** Of an analysis that has ended. */
  readonly analysis: ClipAnalysis;
  readonly playhead: Playhead;
}

/** Pictures of the moments at which an expression was clearest; a press goes there. */
export function Filmstrip({ file, analysis, playhead }: Props) {
  const moments = useMemo(() => momentsOf(analysis), [analysis]);
  const pictures = usePictures(file, moments);
  if (moments.length === 0) return null;
  return (
    <section className={styles['strip']} aria-labelledby="moments-title">
      <h3 id="moments-title">Key moments</h3>
      <ul>
        {moments.map((moment) => (
          <li key={`${moment.track} ${moment.timestampMs}`}>
            <AriaButton
              className={styles['moment'] ?? ''}
              aria-label={`Go to ${formatClock(moment.timestampMs, 1)}: person ${moment.track}, ${EXPRESSION_STYLE[moment.label].name.toLowerCase()} ${formatShare(moment.confidence)}`}
              onPress={() => playhead.seek(moment.timestampMs)}
            >
              <span className={styles['picture']}>
                {pictures.has(moment) && <img src={pictures.get(moment)} alt="" />}
                <PersonBadge track={moment.track} />
              </span>
              <span className={styles['label']}>
                <span className={styles['dot']} style={{ background: expressionColorVariable(moment.label) }} />
                {EXPRESSION_STYLE[moment.label].name}
              </span>
              <span className={styles['time']}>{formatClock(moment.timestampMs, 1)}</span>
            </AriaButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

function momentsOf({ store, intervalMs }: ClipAnalysis): KeyMoment[] {
  const tally = new PeopleTally();
  for (const face of store.since(-Infinity)) tally.add(face);
  const tracks = new Set(mainPeople(tally.summaries(), intervalMs).map(({ track }) => track));
  return keyMoments(store.since(-Infinity), MOST_MOMENTS, tracks);
}

const NONE: ReadonlyMap<KeyMoment, string> = new Map();

/** Object URLs, revoked when they are no longer shown. */
function usePictures(file: File, moments: readonly KeyMoment[]): ReadonlyMap<KeyMoment, string> {
  const [pictures, setPictures] = useState(NONE);
  useEffect(() => {
    const end = new AbortController();
    const urls: string[] = [];
    picturesOf(file, moments, end.signal, (moment, picture) => {
      if (end.signal.aborted) return;
      const url = URL.createObjectURL(picture);
      urls.push(url);
      setPictures((before) => new Map([...before, [moment, url]]));
    }).catch(() => undefined); // A moment without a picture still has its words.
    return () => {
      end.abort();
      setPictures(NONE);
      for (const url of urls) URL.revokeObjectURL(url);
    };
  }, [file, moments]);
  return pictures;
}
