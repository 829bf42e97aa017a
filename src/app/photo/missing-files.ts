import { nameIn, pathOf } from '../files/file-path';
import type { Photo } from './photo-queue';

interface ChosenAgain {
  /** Files of photos that were missing, by the photos' ids. */
  readonly found: ReadonlyMap<number, File>;
  /** All others. */
  readonly others: readonly File[];
}

/** Recognises files that are chosen again because the page was closed before they were stored. */
export function recogniseFiles(photos: readonly Photo[], files: readonly File[]): ChosenAgain {
  const gone = photos.filter((photo) => photo.missing !== null);
  const found = new Map<number, File>();
  // To ask a dropped file for its size and date takes time, of thousands a noticeable one.
  if (gone.length === 0) return { found, others: files };
  const missing = photosByMark(gone);
  const others: File[] = [];
  for (const file of files) {
    const photo = takeOne(missing, file);
    if (photo) found.set(photo.id, file);
    else others.push(file);
  }
  return { found, others };
}

/** A folder may be chosen as such the second time, and file by file the first: the path does not count, only its end. */
function photosByMark(photos: readonly Photo[]): Map<string, Photo[]> {
  const byMark = new Map<string, Photo[]>();
  for (const photo of photos) {
    if (photo.missing === null) continue;
    const mark = markOf(photo.name, photo.missing.bytes, photo.missing.modifiedAtMs);
    byMark.set(mark, [...(byMark.get(mark) ?? []), photo]);
  }
  return byMark;
}

/** The photo whose path is the file's, or else any with its mark; it is not given again. */
function takeOne(byMark: Map<string, Photo[]>, file: File): Photo | undefined {
  const mark = markOf(file.name, file.size, file.lastModified);
  const photos = byMark.get(mark) ?? [];
  const photo = photos.find(({ name }) => name === pathOf(file)) ?? photos[0];
  byMark.set(mark, photos.filter((each) => each !== photo));
  return photo;
}

function markOf(path: string, bytes: number, modifiedAtMs: number): string {
  return `${nameIn(path)}|${bytes}|${modifiedAtMs}`;
}
