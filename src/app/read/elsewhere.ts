import { Store } from '../../engine/store';
import { pathOf } from '../files/file-path';
import type { FileKind } from '../files/sort-files';
import { openVideos } from './loaded-videos';

/** Names of the skipped files of the last drop, neither photos nor videos. */
export const passedOver = new Store<readonly string[]>([]);

/** Moves a file that was listed as a photo but is none. */
export function takeElsewhere(file: File, kind: Exclude<FileKind, 'photo'> | null): void {
  if (kind === 'video') void openVideos([file]);
  else passedOver.set([...passedOver.getSnapshot(), pathOf(file)]);
}
