import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { droppedModel } from '../../app/files/dropped-model';
import { pathOf } from '../../app/files/file-path';
import type { FileKind } from '../../app/files/sort-files';
import { hrefOf } from '../../app/navigation';
import { arePhotosKept } from '../../app/photo/kept-photos';
import { restorePhotos } from '../../app/photo/page-photos';
import { photoSession } from '../../app/photo/photo-session';
import { lostFolders, noteSearch } from '../../app/read/lost-folders';
import { analysedVideos, areVideosNoted, lostVideos } from '../../app/read/lost-videos';
import { wordPassedOver, wordRecognised } from '../../words/progress';
import { PhotoView } from '../photo/PhotoView';
import { DroppedModelNotice } from '../shared/DroppedModelNotice';
import { DropHint } from '../shared/DropHint';
import { Message } from '../shared/Message';
import { UndoBar } from '../shared/UndoBar';
import { useIncomingFiles } from '../shared/use-incoming-files';
import { useKeptFocus } from '../shared/use-kept-focus';
import { lazyComponent } from '../shell/lazy-component';
import { usePageTitle } from '../use-page-title';
import { usePlace } from '../use-place';
import { t } from '../../words/i18n';
import styles from './ReadPlace.module.css';
import { FolderSearching } from './FolderSearching';
import { KeepingNotices } from './KeepingNotices';
import { useQueues, useReadingList } from './use-reading-list';
import { Welcome } from './Welcome';

const AnalysedVideos = lazyComponent(() => import('../sessions/AnalysedVideos'));
const VideoView = lazyComponent(() => import('../video/VideoView'), <Loading />);

function Loading() {
  return <p className={styles['loading']}>{t('Loading…')}</p>;
}

/** Photos and videos with their results. */
export default function ReadPlace() {
  const place = usePlace();
  const { photos, session, videos } = useQueues();
  const { add, addSample, tellOfLink, passedOver, recognised, trouble } = useReadingList();
  const view = useRef<HTMLDivElement>(null);
  const undo = useRef<HTMLDivElement>(null);
  const { dragging, search } = useIncomingFiles(view, add, { onLink: tellOfLink, onSearch: noteSearch });

  const analysed = useSyncExternalStore(analysedVideos.subscribe, analysedVideos.getSnapshot);
  const comingBack = useLastVisit(place.name === 'read');

  const counts = { photo: photos.items.length, video: videos?.items.length ?? 0 };
  const shown = shownKind(place.path[0], counts);
  const photo = photos.items.find(({ id }) => id === photos.selectedId);
  const clip = videos?.items.find(({ id }) => id === videos.selectedId);
  const open = shown === 'photo' ? photo?.name : shown === 'video' && clip ? pathOf(clip.file) : undefined;
  usePageTitle(open === undefined ? null : [open, t('Read')], place.name === 'read');

  // A removal of one kind can also be undone while the other kind is shown.
  const [own, other] = shown === 'video' ? [videos, photos] : [photos, videos];
  const removal = own?.beforeRemoval ? own : other;
  useKeptFocus(view, undo, `${counts.photo} ${counts.video} ${removal?.beforeRemoval !== null} ${photo?.state.status} ${useNotices()}`);
  const dispatchRemoval = (type: 'undo-removal' | 'forget-removal') => (removal === photos ? photoSession.dispatch({ type }) : session?.dispatch({ type }));

  return (
    <div ref={view} className={styles['place']} tabIndex={-1}>
      {trouble && <Message error={trouble.error} wording={trouble.wording} />}
      <DroppedModelNotice />
      {passedOver.length > 0 && (
        <p role="status" title={passedOver.join('\n')}>
          {wordPassedOver(passedOver)}
        </p>
      )}
      {/* Files removed since are no longer in the list. */}
      {recognised &&
        !removal?.beforeRemoval &&
        wordRecognised(recognised).map((words) => (
          <p key={words} role="status">
            {words}
          </p>
        ))}
      <KeepingNotices photos={photos} onFiles={add} />
      {analysed.length > 0 && <AnalysedVideos />}
      {shown === null && (comingBack ? <p className={styles['loading']}>{t('Bringing back what was open…')}</p> : <Welcome onSample={addSample} onFiles={add} />)}
      {search && <FolderSearching search={search} />}
      {counts.photo > 0 && counts.video > 0 && <KindSwitch counts={counts} shown={shown} />}
      {shown === 'photo' && <PhotoView queue={photos} onFiles={add} />}
      {shown === 'video' && session && videos && <VideoView session={session} queue={videos} onFiles={add} />}
      {removal?.beforeRemoval && (
        <UndoBar
          ref={undo}
          done={`${removal === photos ? 'photo' : 'video'} ${removal.beforeRemoval.items.length}`}
          words={wordRemoved(removal === photos ? 'photo' : 'video', removal.beforeRemoval.items.length - removal.items.length)}
          onUndo={() => dispatchRemoval('undo-removal')}
          onDismiss={() => dispatchRemoval('forget-removal')}
        />
      )}
      {dragging && <DropHint>{t('Drop photos, videos or folders anywhere')}</DropHint>}
    </div>
  );
}

/** Changes when a notice, and its buttons, may have disappeared. */
function useNotices(): string {
  const model = useSyncExternalStore(droppedModel.subscribe, droppedModel.getSnapshot);
  const folders = useSyncExternalStore(lostFolders.subscribe, lostFolders.getSnapshot);
  const videos = useSyncExternalStore(lostVideos.subscribe, lostVideos.getSnapshot);
  const analysed = useSyncExternalStore(analysedVideos.subscribe, analysedVideos.getSnapshot);
  return `${model !== null} ${folders.length} ${videos.length} ${analysed.length}`;
}

/** Restores the files of the last visit, once; true while restoring. */
function useLastVisit(isShown: boolean): boolean {
  const [coming, setComing] = useState(() => arePhotosKept() || areVideosNoted());
  useEffect(() => {
    // Other places do not show them, and reading them would compete with the camera.
    if (!isShown) return;
    void restorePhotos().then(() => setComing(false));
  }, [isShown]);
  return coming;
}

type Counts = Readonly<Record<FileKind, number>>;

/** The kind of file that the URL requests, if there are any; null if there are no files at all. */
function shownKind(asked: string | undefined, counts: Counts): FileKind | null {
  if (asked === 'videos' && counts.video > 0) return 'video';
  if (counts.photo > 0) return 'photo';
  return counts.video > 0 ? 'video' : null;
}

function KindSwitch({ counts, shown }: { readonly counts: Counts; readonly shown: FileKind | null }) {
  return (
    <nav className={styles['kinds']} data-unprinted aria-label={t('What is shown')}>
      <a href={hrefOf('read', 'photos')} aria-current={shown === 'photo' || undefined}>
        {t('Photos')} <span>{counts.photo}</span>
      </a>
      <a href={hrefOf('read', 'videos')} aria-current={shown === 'video' || undefined}>
        {t('Videos')} <span>{counts.video}</span>
      </a>
    </nav>
  );
}

function wordRemoved(kind: FileKind, count: number): string {
  if (kind === 'photo') return t('{count, plural, =1 {Photo removed} one {# photo removed} other {# photos removed}}', { count });
  return t('{count, plural, =1 {Video removed} one {# video removed} other {# videos removed}}', { count });
}
