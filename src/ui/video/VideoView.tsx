import { isUnstarted, type ClipQueue } from '../../app/video/clip-queue';
import { analysedClips, clipStems } from '../../app/video/clip-downloads';
import type { VideoSession } from '../../app/video/video-session';
import { AddFiles } from '../read/AddFiles';
import { BundleDownloads } from '../shared/BundleDownloads';
import { Button } from '../shared/Button';
import { ClipDetail } from './ClipDetail';
import { ClipGrid } from './ClipGrid';
import { t } from '../../words/i18n';
import styles from './VideoView.module.css';

interface Props {
  readonly session: VideoSession;
  readonly queue: ClipQueue;
  /** Adds files of any kind to the list. */
  readonly onFiles: (files: readonly File[]) => void;
}

/** All clips, and the selected one in full: its settings and results. */
export default function VideoView({ session, queue, onFiles }: Props) {
  const { dispatch } = session;
  const selected = queue.items.find(({ id }) => id === queue.selectedId) ?? null;
  const stems = clipStems(queue.items);
  const analysed = analysedClips(queue.items);
  const unstarted = queue.items.filter(isUnstarted).length;
  return (
    <>
      <section className={styles['toolbar']} aria-label={t('Videos')} data-unprinted>
        <AddFiles onFiles={onFiles} />
        <Button variant="quiet" onPress={() => dispatch({ type: 'clear' })}>
          {queue.items.length === 1 ? t('Start over') : t('Remove all')}
        </Button>
        {analysed.length > 1 && <BundleDownloads noun="clips" sessions={analysed} />}
      </section>
      {queue.items.length > 1 && <ClipGrid queue={queue} dispatch={dispatch} />}
      {selected && <ClipDetail key={selected.id} clip={selected} stem={stems[queue.items.indexOf(selected)] ?? ''} unstarted={unstarted} dispatch={dispatch} onSave={() => void session.save(selected.id)} onTrack={(track) => session.chooseTrack(selected.id, track)} />}
    </>
  );
}
