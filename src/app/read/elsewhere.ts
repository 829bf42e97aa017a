import { Store } from '../../engine/store';
import { pathOf } from '../files/file-path';
import type { FileKind } from '../files/sort-files';
import { openVideos } from './loaded-videos';

/** Names of files that are neither photos nor videos, of those taken last. */
export const passedOver = new Store<readonly string[]>([]);

/** Takes a file that was listed as a photo and is none. */
export function takeElsewhere(file: File, kind: Exclude<FileKind, 'photo'> | null): void {
  if (kind === 'video') void openVideos([file]);
  else passedOver.set([...passedOver.getSnapshot(), pathOf(file)]);
}
