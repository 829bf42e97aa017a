import { useCallback, useSyncExternalStore } from 'react';
import { MienError } from '../../engine/errors';
import { Store } from '../../engine/store';
import { droppedModel, maybeModel, partModel } from '../../app/files/dropped-model';
import { pathOf } from '../../app/files/file-path';
import { sortedByContent, sortFiles, type FileKind, type SortedFiles } from '../../app/files/sort-files';
import { replacePlace } from '../../app/navigation';
import { recogniseFiles } from '../../app/photo/missing-files';
import { photoSession } from '../../app/photo/photo-session';
import { passedOver, takeElsewhere } from '../../app/read/elsewhere';
import { sortOutListed, type Listed } from '../../app/read/listed-files';
import { foundFolders } from '../../app/read/lost-folders';
import { loadedVideos, openVideos, videoTrouble } from '../../app/read/loaded-videos';
import { fetchSample, type Sample } from '../../app/read/samples';
import { wordError } from '../../words/errors';
import type { Wording } from '../../words/wording';
import { t } from '../../words/i18n';

const noSample = (): Wording => ({ title: t('The sample could not be fetched'), advice: t('Check your connection and try again.') });
const noVideos = (): Wording => ({ title: t('The part that opens videos could not be fetched'), advice: t('Check your connection and choose the videos again. Photos still work.') });

export interface Trouble {
  readonly error: MienError;
  readonly wording: Wording;
}

/** Added files that are not new. */
export interface Recognised {
  /** Number of files found again after a reload had lost them. */
  readonly found: number;
  /** Names of files already in the list. */
  readonly known: readonly string[];
}

/** Maximum wait for file contents before listing, ms: a single video never shows up as a photo, and hundreds of files are listed at once. */
const PATIENCE_MS = 30;
/** From this many photos on, files are listed without waiting for their contents. */
const MANY = 50;

/** Shown in Read, wherever the files were added. */
const recognisedLast = new Store<Recognised | null>(null);
const troubleLast = new Store<Trouble | null>(null);

/** Adds files of any kind to the matching list, and reports ignored files. */
export function useReadingList() {
  const recognised = useSyncExternalStore(recognisedLast.subscribe, recognisedLast.getSnapshot);
  const dropTrouble = useSyncExternalStore(troubleLast.subscribe, troubleLast.getSnapshot);
  const left = useSyncExternalStore(passedOver.subscribe, passedOver.getSnapshot);
  const videoError = useSyncExternalStore(videoTrouble.subscribe, videoTrouble.getSnapshot);

  const take = useCallback(async (sorted: SortedFiles) => {
    passedOver.set(sorted.passedOver.map(pathOf));
    const inTime = sorted.photos.length > MANY ? null : await Promise.race([sortedByContent(sorted), new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null))]);
    // Photos that later turn out to be something else are removed then. Videos are listed once they are recognised.
    const { photos } = inTime ?? sorted;
    if (inTime) passedOver.set(inTime.passedOver.map(pathOf));
    const show = (kind: FileKind) => replacePlace('read', `${kind}s`);
    if (photos.length > 0) {
      photoSession.dispatch({ type: 'add', files: photos });
      show('photo');
    }
    const videos = inTime?.videos ?? (await videosAmong(sorted));
    if (videos.length > 0 && (await openVideos(videos))) show(photos.length > 0 ? 'photo' : 'video');
  }, []);

  const addPictures = useCallback(
    (files: readonly File[]) => {
      const { found, others } = recogniseFiles(photoSession.getSnapshot().items, files);
      if (found.size > 0) photoSession.dispatch({ type: 'found', files: found });
      const { known, fresh } = sortOutListed(listedFiles(), others);
      for (const { retry } of known) retry?.();
      recognisedLast.set(found.size + known.length > 0 ? { found: found.size, known: known.map(({ path }) => path) } : null);
      foundFolders(others.map((file) => pathOf(file).split('/')[0] ?? ''));
      troubleLast.set(null);
      if (fresh.length === 0) known[0]?.show();
      void take(sortFiles(fresh));
    },
    [take],
  );

  const add = useCallback(
    (files: readonly File[]) => {
      droppedModel.set(null);
      if (!maybeModel(files)) return addPictures(files);
      void partModel(files).then((parted) => {
        if (parted) droppedModel.set(parted.model);
        const pictures = parted?.others ?? files;
        if (pictures.length > 0) addPictures(pictures);
      });
    },
    [addPictures],
  );

  const addSample = useCallback(
    (sample: Sample) => {
      fetchSample(sample).then(
        (file) => add([file]),
        (cause: unknown) => troubleLast.set({ error: new MienError('model', 'network', sample.path, cause), wording: noSample() }),
      );
    },
    [add],
  );
  const tellOfLink = useCallback(() => {
    const error = new MienError('image', 'cross-origin', 'link');
    troubleLast.set({ error, wording: wordError(error) });
  }, []);
  const trouble = dropTrouble ?? (videoError && { error: videoError, wording: noVideos() });
  return { add, addSample, tellOfLink, passedOver: left, recognised, trouble };
}

interface ListedHere extends Listed {
  readonly show: () => void;
  /** Null unless the file could not be read. */
  readonly retry: (() => void) | null;
}

/** Photos and videos in the list, without missing photos, which are matched separately. */
function listedFiles(): readonly ListedHere[] {
  const session = loadedVideos.getSnapshot();
  const photos = photoSession.getSnapshot().items.filter(({ missing }) => missing === null);
  const listed = (kind: FileKind, file: File, select: () => void, retry: (() => void) | null): ListedHere => ({
    path: pathOf(file),
    file,
    show: () => (select(), replacePlace('read', `${kind}s`)),
    retry,
  });
  return [
    ...photos.map(({ id, file, state }) => {
      const retry = () => photoSession.dispatch({ type: 'set-state', id, state: { status: 'waiting' } });
      return listed('photo', file, () => photoSession.dispatch({ type: 'select', id }), state.status === 'failed' ? retry : null);
    }),
    ...(session?.getSnapshot().items ?? []).map(({ id, file, state }) =>
      listed('video', file, () => session?.dispatch({ type: 'select', id }), state.status === 'unreadable' ? () => session?.openAgain(id) : null),
    ),
  ];
}

/** Returns the real videos among files named as videos. The others move to where they belong. */
async function videosAmong(named: SortedFiles): Promise<readonly File[]> {
  const { photos, videos, passedOver: left } = await sortedByContent({ photos: [], videos: named.videos, passedOver: [] });
  if (photos.length > 0) photoSession.dispatch({ type: 'add', files: photos });
  for (const file of left) takeElsewhere(file, null);
  return videos;
}

const NOTHING = () => () => undefined;

/** The page's photos, and its videos once there are any. */
export function useQueues() {
  const photos = useSyncExternalStore(photoSession.subscribe, photoSession.getSnapshot);
  const session = useSyncExternalStore(loadedVideos.subscribe, loadedVideos.getSnapshot);
  const videos = useSyncExternalStore(session?.subscribe ?? NOTHING, () => session?.getSnapshot() ?? null);
  return { photos, session, videos };
}
