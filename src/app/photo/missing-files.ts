import { nameIn, pathOf } from '../files/file-path';
import type { Photo } from './photo-queue';

interface ChosenAgain {
  /** Files of missing photos, by photo id. */
  readonly found: ReadonlyMap<number, File>;
  /** All other files. */
  readonly others: readonly File[];
}

/** Recognises files chosen again because the page was closed before they were stored. */
export function recogniseFiles(photos: readonly Photo[], files: readonly File[]): ChosenAgain {
  const gone = photos.filter((photo) => photo.missing !== null);
  const found = new Map<number, File>();
  // Querying size and date of thousands of dropped files takes noticeable time.
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

/** Indexes by file name only, since a file may be chosen within a folder one time and by itself the other. */
function photosByMark(photos: readonly Photo[]): Map<string, Photo[]> {
  const byMark = new Map<string, Photo[]>();
  for (const photo of photos) {
    if (photo.missing === null) continue;
    const mark = markOf(photo.name, photo.missing.bytes, photo.missing.modifiedAtMs);
    byMark.set(mark, [...(byMark.get(mark) ?? []), photo]);
  }
  return byMark;
}

/** Removes and returns the photo with the file's path, or else any with its mark. */
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
