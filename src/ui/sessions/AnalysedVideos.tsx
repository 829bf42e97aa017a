import { useState, useSyncExternalStore } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { ACCEPTED } from '../../app/files/sort-files';
import { chooseFile, fitOf } from '../../app/library/replay-file';
import { goTo, hrefOf } from '../../app/navigation';
import { analysedVideos, dismissAnalysedVideos } from '../../app/read/lost-videos';
import type { ArchivedSession } from '../../session/session-archive';
import { wasStopped, wordAnalysed } from '../../words/analysed-videos';
import { t } from '../../words/i18n';
import { describeSession, sessionName } from '../../words/session';
import notice from '../read/KeepingNotices.module.css';
import { Button } from '../shared/Button';
import styles from './AnalysedVideos.module.css';
import { peopleIn } from './people-in';
import { SessionThumbnail } from './SessionThumbnail';
import { useSessions } from './use-sessions';

/** Videos that were analysed and listed at the last visit: their results are sessions, and their files must be chosen again to be seen. */
export default function AnalysedVideos() {
  const ids = useSyncExternalStore(analysedVideos.subscribe, analysedVideos.getSnapshot);
  const state = useSessions();
  // The Library says what is wrong with its storage.
  if (state.status !== 'ready') return null;
  const sessions = state.sessions.sessions.filter(({ id }) => ids.includes(id));
  if (sessions.length === 0) return null;
  return (
    <section className={notice['notice']} aria-label={t('Analysed videos')} data-unprinted>
      <p>
        <strong>{wordAnalysed(sessions)}</strong>{' '}
        {t('The results are in the Library. Choose a video again to replay it there.')}
      </p>
      <ul className={styles['list']}>
        {sessions.map((session) => (
          <AnalysedVideo key={session.id} session={session} />
        ))}
      </ul>
      <div className={notice['actions']}>
        <Button variant="quiet" onPress={dismissAnalysedVideos}>
          {t('Dismiss')}
        </Button>
      </div>
    </section>
  );
}

function AnalysedVideo({ session }: { readonly session: ArchivedSession }) {
  const [refused, setRefused] = useState<File | null>(null);
  const about = [describeSession(session, peopleIn(session)), ...(wasStopped(session) ? [t('Stopped early')] : [])];
  const replay = (file: File) => {
    chooseFile(session.id, file);
    goTo('library', session.id);
  };
  const choose = (file: File | undefined) => {
    if (!file) return;
    if (fitOf(session, file) === 'other') setRefused(file);
    else replay(file);
  };
  return (
    <li>
      <SessionThumbnail session={session} />
      <div>
        <a href={hrefOf('library', session.id)}>
          <bdi>{sessionName(session)}</bdi>
        </a>
        <p>{about.join(' · ')}</p>
      </div>
      <FileTrigger acceptedFileTypes={ACCEPTED.video} onSelect={(files) => choose(files?.[0])}>
        <Button aria-label={t('Choose the video: {name}', { name: sessionName(session) })}>{t('Choose the video')}</Button>
      </FileTrigger>
      {refused && (
        <p role="alert">
          {t('“{name}” is another file: it has {size} bytes, the analysed one {analysed}. The faces may not fit.', { name: refused.name, size: refused.size, analysed: session.reading?.source.bytes ?? '–' })}{' '}
          <Button variant="quiet" onPress={() => replay(refused)}>
            {t('Show it anyway')}
          </Button>
        </p>
      )}
    </li>
  );
}
