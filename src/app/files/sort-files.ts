import { pathOf } from './file-path';

export type FileKind = 'photo' | 'video';

/** Extensions of files that browsers give no type, or a wrong one. */
const EXTENSIONS: Readonly<Record<FileKind, RegExp>> = {
  photo: /\.(?:avif|bmp|gif|hei[cf]|ico|jfif|jpe|jpe?g|png|svg|webp)$/i,
  video: /\.(?:3gp|avi|m2ts|m4v|mkv|mov|mp4|mpe?g|mts|ogv|ts|webm)$/i,
};

export interface SortedFiles {
  readonly photos: readonly File[];
  readonly videos: readonly File[];
  /** Files of a folder that are neither. */
  readonly passedOver: readonly File[];
}

/** Sorts files into photos and videos. A single file of neither kind counts as a photo, so that its error says what is wrong. */
export function sortFiles(files: readonly File[]): SortedFiles {
  const kinds = files.map((file) => kindOf(file) ?? (pathOf(file).includes('/') ? null : 'photo'));
  const of = (kind: FileKind | null) => files.filter((_, i) => kinds[i] === kind);
  return { photos: of('photo'), videos: of('video'), passedOver: of(null) };
}

function kindOf({ type, name }: File): FileKind | null {
  if (type.startsWith('image/')) return 'photo';
  if (type.startsWith('video/')) return 'video';
  if (EXTENSIONS.photo.test(name)) return 'photo';
  return EXTENSIONS.video.test(name) ? 'video' : null;
}
