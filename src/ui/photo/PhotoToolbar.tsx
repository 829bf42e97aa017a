import { useState, type ReactNode } from 'react';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { MienError } from '../../engine/errors';
import { useEngine } from '../engine-context';
import { useSettings } from '../use-settings';
import { Button } from '../shared/Button';
import { ExcelChoice } from '../shared/ExcelChoice';
import { DownloadIcon } from '../shared/icons';
import { Message } from '../shared/Message';
import { downloadPng, downloadRecords, isRead } from '../../app/photo/downloads';
import { isWorthRetrying, queueProgress, type Photo, type PhotoQueue, type QueueAction } from '../../app/photo/photo-queue';
import { wordProgress } from '../../words/progress';
import { t } from '../../words/i18n';
import styles from './PhotoToolbar.module.css';
import { ShareMenu } from './ShareMenu';
import { useColorScheme } from '../use-color-scheme';

interface Props {
  readonly queue: PhotoQueue;
  /** Those that are looked at, and downloaded: all, or what a filter leaves. */
  readonly shown: readonly Photo[];
  readonly dispatch: (action: QueueAction) => void;
  readonly children: ReactNode;
}

/** Adding, progress, cancelling, clearing and downloading for all photos. */
export function PhotoToolbar({ queue, shown, dispatch, children }: Props) {
  const progress = queueProgress(queue);
  return (
    <section className={styles['toolbar']} aria-label={t('Photos')} data-unprinted>
      <div className={styles['row']}>
        {children}
        <Button variant="quiet" onPress={() => dispatch({ type: 'clear' })}>
          {queue.items.length === 1 ? t('Start over') : t('Remove all')}
        </Button>
        <Downloads queue={queue} shown={shown} />
      </div>
      {(progress.total > 1 || progress.cancelled > 0) && (
        <div className={styles['row']}>
          {progress.running && (
            <ProgressBar className={styles['progress'] ?? ''} aria-label={t('Photos read')} value={progress.ended} maxValue={progress.total}>
              <div className={styles['fill']} style={{ transform: `scaleX(${progress.ended / progress.total})` }} />
            </ProgressBar>
          )}
          <p role="status">{wordProgress(progress)}</p>
          {progress.running && (
            <Button variant="quiet" onPress={() => dispatch({ type: 'cancel' })}>
              {t('Cancel')}
            </Button>
          )}
          {!progress.running && progress.cancelled > 0 && (
            <Button variant="quiet" onPress={() => dispatch({ type: 'resume' })}>
              {t('Go on')}
            </Button>
          )}
          {!progress.running && queue.items.some(({ state }) => isWorthRetrying(state)) && (
            <Button variant="quiet" onPress={() => dispatch({ type: 'retry' })}>
              {t('Try the failed ones again')}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

function Downloads({ queue, shown }: Pick<Props, 'queue' | 'shown'>) {
  const engine = useEngine();
  const scheme = useColorScheme();
  const [{ showHeadPose, csvForExcel: byteOrderMark }] = useSettings();
  const [error, setError] = useState<MienError | null>(null);
  const selected = queue.items.find((p) => p.id === queue.selectedId);
  const hasResults = shown.some((p) => p.state.status === 'done' || p.state.status === 'failed');
  const health = engine.status === 'ready' ? engine.health : null;
  const run = (work: () => Promise<void>) => {
    setError(null);
    work().catch((thrown: unknown) => setError(MienError.from(thrown)));
  };
  return (
    <>
      <div className={styles['downloads']} role="group" aria-label={t('Download the results')}>
        <DownloadIcon />
        {queue.items.length > 1 && <span className={styles['scope']}>{shown.length < queue.items.length ? t('{shown} of {all, plural, one {# photo} other {# photos}}', { shown: shown.length, all: queue.items.length }) : t('{count, plural, one {All # photo} other {All # photos}}', { count: shown.length })}</span>}
        <Button variant="quiet" aria-label={t('Download JSON')} isDisabled={!health || !hasResults} onPress={() => health && downloadRecords(shown, health, 'json', { byteOrderMark })}>
          JSON
        </Button>
        <Button variant="quiet" aria-label={t('Download CSV')} isDisabled={!health || !hasResults} onPress={() => health && downloadRecords(shown, health, 'csv', { byteOrderMark })}>
          CSV
        </Button>
        <Button variant="quiet" aria-label={t('Download annotated PNG')} isDisabled={!selected || !isRead(selected)} onPress={() => selected && isRead(selected) && run(() => downloadPng(selected, scheme, showHeadPose))}>
          PNG
        </Button>
      </div>
      <ShareMenu photo={selected} photos={shown} health={health} scheme={scheme} pose={showHeadPose} onRun={run} />
      <ExcelChoice />
      {error && <Message error={error} />}
    </>
  );
}
