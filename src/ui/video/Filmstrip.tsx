import { useEffect, useState, useSyncExternalStore } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { peopleEditorOf } from '../../app/results/people-editor';
import { NO_EDITS } from '../../session/people-edits';
import { KeyMoments, type KeyMoment } from '../../session/key-moments';
import type { StoredFace } from '../../session/observation-store';
import { mainPeople } from '../../session/people';
import { PeopleTally } from '../../session/statistics';
import { visitYielding } from '../../engine/yield-to-event-loop';
import { expressionName, expressionWord } from '../../words/expression-style';
import { expressionFill } from '../expression-style';
import { personName } from '../../words/person-style';
import { editableClock, formatClock, formatShare } from '../../words/format';
import { PersonBadge } from '../results/PersonBadge';
import type { Playhead } from '../../app/results/playhead';
import type { ClipAnalysis } from '../../app/video/clip-analysis';
import { inEnglish, t } from '../../words/i18n';
import styles from './Filmstrip.module.css';
import { momentThumbnails } from '../../app/video/clip-thumbnails';
import { momentPictureFile } from '../../app/video/moment-picture';
import { stemOfPath } from '../../export/file-names';
import { directionOf } from '../../words/languages';
import { PictureShare } from '../shared/PictureShare';
import { useLanguage } from '../use-language';

/** As many as users will look at. */
const MOST_MOMENTS = 24;

interface Props {
  readonly file: File;
  /** A finished analysis. */
  readonly analysis: ClipAnalysis;
  readonly playhead: Playhead;
}

/** Pictures of the moments with the clearest expressions; a press seeks there. */
export function Filmstrip({ file, analysis, playhead }: Props) {
  const editor = peopleEditorOf(analysis.id, NO_EDITS);
  const { assignment } = useSyncExternalStore(editor.subscribe, editor.getSnapshot);
  const { moments: found, pictures } = useStrip(analysis);
  const personOf = ({ track, timestampMs }: KeyMoment) => assignment.personOf(track, timestampMs);
  const [chosen, setChosen] = useState<KeyMoment | null>(null);
  const language = useLanguage();
  const pictureOf = (moment: KeyMoment) => {
    const person = personOf(moment);
    const words = { person: personName(person, assignment.nameOf(person)), expression: expressionWord(moment.label), share: formatShare(moment.confidence) };
    const caption = {
      title: t('{person}: Mien read {share} {expression}', words),
      note: t('Read by Mien. It names expressions, not feelings, and is wrong at times.'),
      rightToLeft: directionOf(language) === 'rtl',
    };
    const name = `${stemOfPath(file.name, 'clip')}-${inEnglish(() => editableClock(moment.timestampMs, 1)).replace(/[:−]/g, '-')}.png`;
    return momentPictureFile(() => analysis.open(), moment, caption, name);
  };
  const moments = found.filter((moment) => !assignment.isLeftOut(personOf(moment)));
  if (moments.length === 0) return null;
  return (
    <section className={styles['strip']} data-unprinted aria-labelledby="moments-title">
      <div className={styles['head']}>
        <h3 id="moments-title">{t('Key moments')}</h3>
        {chosen && moments.includes(chosen) && <PictureShare key={chosen.timestampMs} label={t('Share the key moment at {time}', { time: formatClock(chosen.timestampMs, 1) })} picture={() => pictureOf(chosen)} />}
      </div>
      <ul>
        {moments.map((moment) => (
          <li key={`${moment.track} ${moment.timestampMs}`}>
            <AriaButton
              className={styles['moment'] ?? ''}
              aria-label={t('Go to {time}: {person}, {expression} {share}', {
                time: formatClock(moment.timestampMs, 1),
                person: personName(personOf(moment), assignment.nameOf(personOf(moment))),
                expression: expressionWord(moment.label),
                share: formatShare(moment.confidence),
              })}
              onPress={() => {
                playhead.seek(moment.timestampMs);
                setChosen(moment);
              }}
            >
              <span className={styles['picture']}>
                {pictures.has(moment) && <img src={pictures.get(moment)} alt="" />}
                <PersonBadge person={personOf(moment)} />
              </span>
              <span className={styles['label']}>
                <span className={styles['dot']} {...expressionFill(moment.label)} data-dot />
                {expressionName(moment.label)}
              </span>
              <span className={styles['time']}>{formatClock(moment.timestampMs, 1)}</span>
            </AriaButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

async function findMoments({ store, intervalMs }: ClipAnalysis, signal: AbortSignal): Promise<KeyMoment[]> {
  const tally = new PeopleTally();
  const found = new KeyMoments();
  const visit = (face: StoredFace) => {
    tally.add(face);
    found.add(face);
  };
  await visitYielding(store.since(-Infinity), visit, signal);
  return found.choose(MOST_MOMENTS, new Set(mainPeople(tally.summaries(), intervalMs).map(({ person }) => person)));
}

interface Strip {
  readonly moments: readonly KeyMoment[];
  /** Object URLs. */
  readonly pictures: ReadonlyMap<KeyMoment, string>;
}

const EMPTY: Strip = { moments: [], pictures: new Map() };

/** The moments first, then their pictures as they are decoded; the pictures are revoked when no longer shown. */
function useStrip(analysis: ClipAnalysis): Strip {
  const [strip, setStrip] = useState(EMPTY);
  useEffect(() => {
    const end = new AbortController();
    const { signal } = end;
    const urls: string[] = [];
    const find = async () => {
      const moments = await findMoments(analysis, signal);
      setStrip({ moments, pictures: new Map() });
      await momentThumbnails(() => analysis.open(), moments, signal, (moment, picture) => {
        if (signal.aborted) return;
        const url = URL.createObjectURL(picture);
        urls.push(url);
        setStrip(({ pictures }) => ({ moments, pictures: new Map([...pictures, [moment, url]]) }));
      });
    };
    // A moment without a picture still shows its text.
    find().catch(() => undefined);
    return () => {
      end.abort();
      for (const url of urls) URL.revokeObjectURL(url);
    };
  }, [analysis]);
  return strip;
}
