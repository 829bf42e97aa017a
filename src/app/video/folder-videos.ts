import { pathOf } from '../files/file-path';

/** Extensions of video files that browsers give no type, or a wrong one. */
const VIDEO_EXTENSION = /\.(?:3gp|avi|m2ts|m4v|mkv|mov|mp4|mpe?g|mts|ogv|ts|webm)$/i;

interface Sorted {
  readonly videos: readonly File[];
  /** Files of a folder that are no videos. A file that was chosen by itself is never passed over. */
  readonly passedOver: readonly File[];
}

/** Parts the files of a folder into videos and others. */
export function sortVideos(files: readonly File[]): Sorted {
  const isWanted = (file: File) => !pathOf(file).includes('/') || file.type.startsWith('video/') || VIDEO_EXTENSION.test(file.name);
  return { videos: files.filter(isWanted), passedOver: files.filter((file) => !isWanted(file)) };
}
