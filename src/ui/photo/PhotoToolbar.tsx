import { useState, type ReactNode } from 'react';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { MienError } from '../../engine/errors';
import type { EngineHealth } from '../../engine/types';
import { timeInName } from '../../export/file-names';
import { saveFile } from '../../app/files/save-file';
import { useEngine } from '../engine-context';
import { useSettings } from '../use-settings';
import { Button } from '../shared/Button';
import { Downloads } from '../shared/Downloads';
import { FileWriting } from '../shared/FileWriting';
import { useFileWriting } from '../shared/use-file-writing';
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
  /** Photos to view and download: all, or those that match the filter. */
  readonly shown: readonly Photo[];
  /** True if they were selected individually. */
  readonly marked: boolean;
  readonly dispatch: (action: QueueAction) => void;
  /** Prints a report of the shown photos. */
  readonly onPrintSet: () => void;
  readonly children: ReactNode;
}

/** Adding, progress, cancelling, clearing and downloading for all photos. */
export function PhotoToolbar({ queue, shown, marked, dispatch, onPrintSet, children }: Props) {
  const progress = queueProgress(queue);
  return (
    <section className={styles['toolbar']} aria-label={t('Photos')} data-unprinted>
      <div className={styles['row']}>
        {children}
        <Results queue={queue} shown={shown} marked={marked} onPrintSet={onPrintSet} />
        <Button variant="quiet" onPress={() => dispatch({ type: 'clear' })}>
          {queue.items.length === 1 ? t('Start over') : t('Remove all')}
        </Button>
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

/** The completed action, with the selection and list at that time. */
interface Done extends Pick<PhotoQueue, 'selectedId'>, Pick<Props, 'shown'> {
  readonly words: string;
}

function sameIds(one: readonly Photo[], other: readonly Photo[]): boolean {
  return one.length === other.length && one.every(({ id }, i) => id === other[i]?.id);
}

function Results({ queue, shown, marked, onPrintSet }: Pick<Props, 'queue' | 'shown' | 'marked' | 'onPrintSet'>) {
  const engine = useEngine();
  const scheme = useColorScheme();
  const [{ showHeadPose, csvForExcel: byteOrderMark }] = useSettings();
  const [error, setError] = useState<MienError | null>(null);
  const selected = shown.length === 0 ? undefined : queue.items.find((p) => p.id === queue.selectedId);
  const hasResults = shown.some((p) => p.state.status === 'done' || p.state.status === 'failed');
  const health = engine.status === 'ready' ? engine.health : null;
  const [done, setDone] = useState<Done | null>(null);
  // The message does not apply to another selection or list.
  if (done && (done.selectedId !== queue.selectedId || !sameIds(done.shown, shown))) setDone(null);
  const run = (work: () => Promise<void>, words = '') => {
    setError(null);
    setDone(null);
    work().then(
      () => setDone({ words, selectedId: queue.selectedId, shown }),
      (thrown: unknown) => setError(MienError.from(thrown)),
    );
  };
  const writing = useFileWriting();
  const scope = marked
    ? t('{count} selected', { count: shown.length })
    : shown.length < queue.items.length
      ? t('{shown} of {all, plural, one {# photo} other {# photos}}', { shown: shown.length, all: queue.items.length })
      : t('{count, plural, one {All # photo} other {All # photos}}', { count: shown.length });
  const zip = (readBy: EngineHealth) =>
    writing.write(async (signal, onProgress) => {
      const { picturesZip } = await import('../../app/photo/pictures-zip');
      const blob = await picturesZip(shown, readBy, { scheme, pose: showHeadPose, byteOrderMark, signal, onProgress });
      saveFile(blob, `mien-photos-${timeInName(new Date())}.zip`);
    });
  return (
    <>
      <Downloads
        label={t('Download the results')}
        groups={[
          {
            ...(queue.items.length > 1 && { scope }),
            choices: [
              { id: 'json', kind: 'JSON', name: t('Download JSON'), isDisabled: !health || !hasResults, onSave: () => health && downloadRecords(shown, health, 'json', { byteOrderMark }) },
              { id: 'csv', kind: 'CSV', name: t('Download CSV'), isDisabled: !health || !hasResults, onSave: () => health && downloadRecords(shown, health, 'csv', { byteOrderMark }) },
              ...(shown.length > 1
                ? [{ id: 'zip', kind: 'ZIP', name: t('Download ZIP with annotated pictures: {scope}', { scope }), isDisabled: !health || writing.state.status === 'running' || !shown.some(isRead), onSave: () => health && zip(health) }]
                : []),
            ],
          },
          {
            ...(queue.items.length > 1 && { scope: t('This photo') }),
            choices: [
              { id: 'png', kind: 'PNG', name: t('Download annotated PNG'), isDisabled: !selected || !isRead(selected), onSave: () => selected && isRead(selected) && run(() => downloadPng(selected, scheme, showHeadPose)) },
            ],
          },
        ]}
        forExcel
      />
      <FileWriting state={writing.state} onCancel={writing.cancel} />
      <ShareMenu photo={selected} photos={shown} health={health} scheme={scheme} pose={showHeadPose} onPrintSet={onPrintSet} onRun={run} />
      <span role="status" className={done?.words ? '' : 'visually-hidden'}>
        {done?.words}
      </span>
      {error && <Message error={error} />}
    </>
  );
}
