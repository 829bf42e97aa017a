import { pathOf } from '../files/file-path';
import type { Photo } from './photo-queue';

interface ChosenAgain {
  /** Files of photos that were missing, by the photos' ids. */
  readonly found: ReadonlyMap<number, File>;
  /** How many files are those of photos that are there already. */
  readonly known: number;
  /** All others. */
  readonly fresh: readonly File[];
}

/** Recognises files that are chosen again because the page was closed before they were stored; null if none of them is. */
export function recogniseFiles(photos: readonly Photo[], files: readonly File[]): ChosenAgain | null {
  const gone = photos.filter((photo) => photo.missing !== null);
  // To ask a dropped file for its size and date takes time, of thousands a noticeable one.
  if (gone.length === 0) return null;
  const missing = photosByMark(gone);
  const present = photosByMark(photos.filter((photo) => photo.missing === null));
  const found = new Map<number, File>();
  const others: File[] = [];
  for (const file of files) {
    const photo = takeOne(missing, file);
    if (photo) found.set(photo.id, file);
    else others.push(file);
  }
  if (found.size === 0) return null;
  const fresh = others.filter((file) => !takeOne(present, file));
  return { found, known: others.length - fresh.length, fresh };
}

/** A folder may be chosen as such the second time, and file by file the first: the path does not count, only its end. */
function photosByMark(photos: readonly Photo[]): Map<string, Photo[]> {
  const byMark = new Map<string, Photo[]>();
  for (const photo of photos) {
    const { bytes, modifiedAtMs } = photo.missing ?? { bytes: photo.file.size, modifiedAtMs: photo.file.lastModified };
    const mark = markOf(photo.name, bytes, modifiedAtMs);
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
  return `${path.slice(path.lastIndexOf('/') + 1)}|${bytes}|${modifiedAtMs}`;
}
