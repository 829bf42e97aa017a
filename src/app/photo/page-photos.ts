import { guardUnsaved } from '../unsaved-guard';
import { followVideos } from '../read/lost-videos';
import { forgetBatchView } from './batch-view';
import { KeptPhotos } from './kept-photos';
import { photoSession } from './photo-session';

/** Persistence of the page's photos. */
export const keptPhotos = new KeptPhotos(photoSession);

let restored: Promise<void> | null = null;

/** Restores the photos of the last visit, once, and finds which videos were open. */
export function restorePhotos(): Promise<void> {
  restored ??= Promise.all([keptPhotos.start(), followVideos()]).then(() => undefined);
  return restored;
}

guardUnsaved(keptPhotos.unkept.subscribe, () => keptPhotos.unkept.getSnapshot() !== null);

let count = 0;
photoSession.subscribe(() => {
  const before = count;
  count = photoSession.getSnapshot().items.length;
  if (before > 0 && count === 0) forgetBatchView();
});
