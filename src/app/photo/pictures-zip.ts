import { stemOfPath, uniqueStems } from '../../export/file-names';
import { photosToCsv } from '../../export/photo-csv';
import { photosToJson } from '../../export/photo-record';
import { zipBlob, type ZipEntry } from '../../export/zip-blob';
import type { ColorScheme } from '../../words/expression-style';
import { annotatedPicture, isRead, photoRecords } from './downloads';
import type { Photo, ReadBy } from './photo-queue';

interface Options {
  readonly scheme: ColorScheme;
  /** Draws head axes. */
  readonly pose: boolean;
  readonly byteOrderMark: boolean;
  readonly signal: AbortSignal;
  /** Called repeatedly with the share done (0–1). */
  readonly onProgress: (share: number) => void;
}

/**
 * Exports photos as a ZIP: each read photo with boxes and labels, named after its folder and file, and the JSON and CSV of all. Holds one
 * picture in memory at a time.
 *
 * @throws MienError of kind `image`; the signal's reason.
 */
export function picturesZip(photos: readonly Photo[], readBy: ReadBy, { scheme, pose, byteOrderMark, signal, onProgress }: Options): Promise<Blob> {
  const read = photos.filter(isRead);
  const stems = uniqueStems(read.map(({ name }) => stemOfPath(name, 'photo')));
  const records = photoRecords(photos, readBy);
  const entries: ZipEntry[] = [
    ...read.map((photo, i) => ({ name: `${stems[i]}-mien.png`, bytes: () => annotatedPicture(photo, scheme, pose) })),
    { name: 'mien-photos.json', parts: [photosToJson(records)] },
    { name: 'mien-photos.csv', parts: [photosToCsv(records, { byteOrderMark })] },
  ];
  return zipBlob(entries, { signal, onProgress: (done) => onProgress(Math.min(1, done / entries.length)) });
}
