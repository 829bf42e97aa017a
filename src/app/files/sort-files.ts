import { pathOf } from './file-path';

export type FileKind = 'photo' | 'video';

/** Extensions of files that browsers give no type, or a wrong one. */
const EXTENSIONS: Readonly<Record<FileKind, RegExp>> = {
  photo: /\.(?:a?png|avif|bmp|gif|hei[cf]|ico|jfif|jpe|jpe?g|svg|webp)$/i,
  video: /\.(?:3g[2p]|asf|avi|dv|f4v|flv|m[12]v|m2ts|m4v|mkv|mov|mp4|mpe?g?|mts|mxf|og[mv]|rm|rmvb|ts|vob|webm|wmv|wtv|y4m|ivf|h?26[45]|hevc)$/i,
};

/** Kinds of photos that may move. */
const MOVING = /^image\/(?:apng|avif|gif|png|webp)$/;
const MOVING_EXTENSION = /\.(?:a?png|avif|gif|webp)$/i;

export interface SortedFiles {
  readonly photos: readonly File[];
  readonly videos: readonly File[];
  /** Files of a folder that are neither. */
  readonly passedOver: readonly File[];
}

/**
 * Sorts files into photos and videos. A single file of neither kind counts as a photo, or as a video if it holds sound, so that its
 * error says what is wrong.
 */
export function sortFiles(files: readonly File[]): SortedFiles {
  const kinds = files.map((file) => kindOf(file) ?? (pathOf(file).includes('/') ? null : file.type.startsWith('audio/') ? 'video' : 'photo'));
  const of = (kind: FileKind | null) => files.filter((_, i) => kinds[i] === kind);
  return { photos: of('photo'), videos: of('video'), passedOver: of(null) };
}

/** The same, with pictures that move among the videos, where each of their frames is read, and films whose names do not tell it. */
export async function withFilms(sorted: SortedFiles): Promise<SortedFiles> {
  const { photos, videos, passedOver } = sorted;
  const candidates = photos.filter((file) => MOVING.test(file.type) || MOVING_EXTENSION.test(file.name) || kindOf(file) === null);
  if (candidates.length === 0) return sorted;
  const { isFilm } = await import('../../sources/film-content');
  const films = new Set<File>();
  // A file that cannot be read says so as a photo.
  for (const file of candidates) if (await isFilm(file).catch(() => false)) films.add(file);
  return { photos: photos.filter((file) => !films.has(file)), videos: [...videos, ...films], passedOver };
}

function kindOf({ type, name }: File): FileKind | null {
  if (type.startsWith('image/')) return 'photo';
  if (type.startsWith('video/')) return 'video';
  if (EXTENSIONS.photo.test(name)) return 'photo';
  return EXTENSIONS.video.test(name) ? 'video' : null;
}
