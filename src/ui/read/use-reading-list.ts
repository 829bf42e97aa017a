import { useCallback, useState, useSyncExternalStore } from 'react';
import { MienError } from '../../engine/errors';
import { pathOf } from '../../app/files/file-path';
import { sortedByContent, sortFiles, type FileKind, type SortedFiles } from '../../app/files/sort-files';
import { replacePlace } from '../../app/navigation';
import { photoSession } from '../../app/photo/photo-session';
import { loadedVideos, loadVideos } from '../../app/read/loaded-videos';
import { fetchSample, type Sample } from '../../app/read/samples';
import type { Wording } from '../../words/wording';
import { t } from '../../words/i18n';

const noSample = (): Wording => ({ title: t('The sample could not be fetched'), advice: t('Check your connection and try again.') });
const noVideos = (): Wording => ({ title: t('What opens videos could not be fetched'), advice: t('Check your connection and choose the videos again. Photos still work.') });

export interface Trouble {
  readonly error: MienError;
  readonly wording: Wording;
}

/** Takes files of any kind to where they are read, and says what was passed over. */
export function useReadingList() {
  const [passedOver, setPassedOver] = useState<readonly string[]>([]);
  const [trouble, setTrouble] = useState<Trouble | null>(null);

  const take = useCallback(async (sorted: SortedFiles) => {
    const { photos, videos, passedOver: left } = await sortedByContent(sorted);
    setPassedOver(left.map(pathOf));
    if (photos.length > 0) photoSession.dispatch({ type: 'add', files: photos });
    const show = (kind: FileKind) => replacePlace('read', `${kind}s`);
    if (videos.length === 0) {
      if (photos.length > 0) show('photo');
      return;
    }
    loadVideos().then(
      (session) => {
        session.dispatch({ type: 'add', files: videos });
        show(photos.length > 0 ? 'photo' : 'video');
      },
      (cause: unknown) => setTrouble({ error: new MienError('model', 'network', 'video session', cause), wording: noVideos() }),
    );
  }, []);

  const add = useCallback(
    (files: readonly File[]) => {
      setTrouble(null);
      void take(sortFiles(files));
    },
    [take],
  );

  const addSample = useCallback(
    (sample: Sample) => {
      fetchSample(sample).then(
        (file) => add([file]),
        (cause: unknown) => setTrouble({ error: new MienError('model', 'network', sample.path, cause), wording: noSample() }),
      );
    },
    [add],
  );
  return { add, addSample, passedOver, trouble };
}

const NOTHING = () => () => undefined;

/** The page's photos, and its videos once there are any. */
export function useQueues() {
  const photos = useSyncExternalStore(photoSession.subscribe, photoSession.getSnapshot);
  const session = useSyncExternalStore(loadedVideos.subscribe, loadedVideos.getSnapshot);
  const videos = useSyncExternalStore(session?.subscribe ?? NOTHING, () => session?.getSnapshot() ?? null);
  return { photos, session, videos };
}
