import { pathOf } from './file-path';

export type FileKind = 'photo' | 'video';

/** Extensions of files that browsers give no type, or a wrong one. */
const EXTENSIONS: Readonly<Record<FileKind, RegExp>> = {
  photo: /\.(?:avif|bmp|gif|hei[cf]|ico|jfif|jpe|jpe?g|png|svg|webp)$/i,
  video: /\.(?:3gp|avi|m2ts|m4v|mkv|mov|mp4|mpe?g|mts|ogv|ts|webm)$/i,
};
const TYPES: Readonly<Record<FileKind, string>> = { photo: 'image/', video: 'video/' };

interface Sorted {
  readonly wanted: readonly File[];
  /** Files of a folder that are of another kind. A file that was chosen by itself is never passed over. */
  readonly passedOver: readonly File[];
}

/** Parts the files of a folder into those of a kind and others. */
export function filesOfKind(files: readonly File[], kind: FileKind): Sorted {
  const isWanted = (file: File) => !pathOf(file).includes('/') || file.type.startsWith(TYPES[kind]) || EXTENSIONS[kind].test(file.name);
  return { wanted: files.filter(isWanted), passedOver: files.filter((file) => !isWanted(file)) };
}
