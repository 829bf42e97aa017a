import { useEffect, useState } from 'react';
import type { ArchivedSession, SessionArchive } from '../../session/session-archive';
import { formatDuration } from '../../words/format';
import { goTo } from '../../app/navigation';
import { pageArchive } from '../../app/archive';
import { Button } from '../shared/Button';
import { Message } from '../shared/Message';
import { UndoBar } from '../shared/UndoBar';
import { t } from '../../words/i18n';
import { sessionName } from '../../words/session';
import { useAction } from './use-action';
import styles from './RecoveryNotice.module.css';

interface Found {
  readonly archive: SessionArchive;
  readonly sessions: readonly ArchivedSession[];
}

/** Offers recordings that were interrupted because the page was closed, reloaded or killed. */
export default function RecoveryNotice() {
  const [found, setFound] = useState<Found | null>(null);
  const [discarded, setDiscarded] = useState<Found | null>(null);
  const { error, run } = useAction();
  useEffect(() => {
    let over = false;
    // Without storage there is nothing to offer; recording and the library report the reason.
    findInterrupted().then((result) => !over && setFound(result)).catch(() => undefined);
    return () => {
      over = true;
    };
  }, []);

  if (discarded) {
    const back = () =>
      run(async () => {
        await discarded.archive.restore(idsOf(discarded));
        setDiscarded(null);
        setFound(discarded);
      });
    return (
      <>
        {error && <Message error={error} />}
        <UndoBar words={t('The interrupted recording was deleted')} onUndo={back} onDismiss={() => setDiscarded(null)} />
      </>
    );
  }
  const [first, ...others] = found?.sessions ?? [];
  if (!found || !first) return null;
  const keep = (onKept?: () => void) =>
    run(async () => {
      await Promise.all(idsOf(found).map((id) => found.archive.complete(id)));
      setFound(null);
      onKept?.();
    });
  const discard = () =>
    run(async () => {
      await found.archive.trash(idsOf(found));
      setFound(null);
      setDiscarded(found);
    });
  return (
    <section className={styles['notice']} aria-label={t('Interrupted recording')}>
      <p>
        <strong>{t('{count, plural, =1 {A recording was interrupted.} one {# recording was interrupted.} other {# recordings were interrupted.}}', { count: others.length + 1 })}</strong>{' '}
        {others.length === 0 ? t('“{name}” is there up to {duration}.', { name: sessionName(first), duration: formatDuration(first.durationMs) }) : t('They are there up to that moment.')}
      </p>
      <div className={styles['actions']}>
        <Button
          variant="primary"
          onPress={() => keep(() => goTo('library', ...(others.length === 0 ? [first.id] : [])))}
        >
          {t('Save and open')}
        </Button>
        <Button onPress={() => keep()}>{t('Keep')}</Button>
        <Button variant="quiet" onPress={discard}>
          {t('Delete')}
        </Button>
      </div>
      {error && <Message error={error} />}
    </section>
  );
}

function idsOf({ sessions }: Found): string[] {
  return sessions.map(({ id }) => id);
}

async function findInterrupted(): Promise<Found> {
  const archive = await pageArchive();
  await archive.purge();
  const sessions = await archive.interrupted();
  // Recordings without frames are not worth keeping.
  await archive.delete(sessions.filter(({ frames }) => frames === 0).map(({ id }) => id));
  return { archive, sessions: sessions.filter(({ frames }) => frames > 0) };
}
