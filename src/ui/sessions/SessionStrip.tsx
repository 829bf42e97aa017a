import { useEffect, useRef, useState } from 'react';
import { runsOf, stripOf, type StripPart } from '../../app/library/session-strip';
import { expressionWord } from '../../words/expression-style';
import type { ArchivedSession, SessionArchive } from '../../session/session-archive';
import { expressionFill } from '../expression-style';
import { localeTag, t } from '../../words/i18n';
import styles from './SessionStrip.module.css';

const PARTS = 60;
/** Longer sessions take seconds to load, which is too slow for a list. */
const MOST_FRAMES = 20_000;

/** Keyed by session id and time of the last write. */
const known = new Map<string, readonly StripPart[]>();

/** A strip of a session's strongest expressions over time; loaded when it scrolls into view. */
export function SessionStrip({ session, archive }: { readonly session: ArchivedSession; readonly archive: SessionArchive }) {
  const { id, frames, durationMs, reading, state, savedAtMs } = session;
  const startMs = reading?.partMs?.[0] ?? 0;
  const key = `${id} ${savedAtMs}`;
  const place = useRef<HTMLDivElement>(null);
  const [parts, setParts] = useState(() => known.get(key) ?? null);
  const isShort = state === 'complete' && frames <= MOST_FRAMES;

  useEffect(() => {
    const element = place.current;
    if (!element || !isShort || known.has(key)) return;
    const leaving = new AbortController();
    const load = async () => {
      const { store } = await archive.load(id, { signal: leaving.signal });
      const strip = stripOf(store.since(-Infinity), { startMs, durationMs }, PARTS);
      known.set(key, strip);
      if (!leaving.signal.aborted) setParts(strip);
    };
    const observer = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      observer.disconnect();
      // The session's own page reports errors.
      load().catch(() => undefined);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      leaving.abort();
    };
  }, [archive, id, key, startMs, durationMs, isShort]);

  return (
    <div ref={place} className={styles['strip']} role="img" aria-label={parts ? wordStrip(parts) : t('Not read yet')}>
      {parts &&
        runsOf(parts).map(({ part, count }, index) => <span key={index} {...(part ? expressionFill(part, { flexGrow: count }) : { style: { flexGrow: count } })} />)}
    </div>
  );
}

/** "Mostly neutral, also happy and sad": by share of the strip. */
function wordStrip(parts: readonly StripPart[]): string {
  const counts = new Map<string, number>();
  for (const part of parts) if (part) counts.set(expressionWord(part), (counts.get(expressionWord(part)) ?? 0) + 1);
  const [most, ...others] = [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  if (most === undefined) return t('No expression was named');
  return others.length === 0 ? t('Mostly {most}', { most }) : t('Mostly {most}, also {others}', { most, others: new Intl.ListFormat(localeTag()).format(others) });
}
