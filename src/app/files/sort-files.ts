import type { FileContent } from '../../sources/file-content';
import { pathOf } from './file-path';

export type FileKind = 'photo' | 'video';

/** Extensions of files to which browsers assign no type or a wrong one. */
const EXTENSIONS: Readonly<Record<FileKind, RegExp>> = {
  // Includes formats that no browser opens, such as PGM, Photoshop and camera raw, so that they are listed with a reason.
  photo: /\.(?:3fr|a?png|arw|avif|bmp|cr[23w]|dng|gif|hei[cf]|ico|iiq|j2k|jfif|jp2|jpe|jpe?g|jxl|mrw|nef|nrw|orf|p[bgnp]m|pcx|pef|ps[bd]|raf|rw[2l]|srw|svg|tga|tiff?|webp|x3f)$/i,
  video: /\.(?:3g[2p]|asf|avi|dv|f4v|flv|m[12]v|m2ts|m4v|mjpe?g|mkv|mov|mp4|mpe?g?|mts|mxf|og[mv]|rm|rmvb|ts|vob|webm|wmv|wtv|y4m|ivf|h?26[45]|hevc)$/i,
};

/** Types for a file picker. The extensions are of types that some systems do not recognise. */
export const ACCEPTED: Readonly<Record<FileKind, readonly string[]>> = {
  photo: ['image/*', '.heic', '.heif', '.avif'],
  video: ['video/*', '.mkv', '.avi', '.mov', '.webm', '.mp4', '.m4v', '.ts', '.mts', '.m2ts'],
};

export interface SortedFiles {
  readonly photos: readonly File[];
  readonly videos: readonly File[];
  /** Files of a folder that are neither, such as macOS's companion files on other file systems. */
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

/** Number of files inspected concurrently. */
const AT_ONCE = 8;

/**
 * Re-sorts files by content instead of name: animations move to the videos, where each frame is read. Files of unknown content stay, so that
 * their error names the format.
 */
export async function sortedByContent(sorted: SortedFiles): Promise<SortedFiles> {
  const named = [...sorted.photos.map((file) => ({ file, kind: 'photo' as const })), ...sorted.videos.map((file) => ({ file, kind: 'video' as const }))];
  const kinds = new Map<File, FileKind | null>();
  let next = 0;
  const look = async () => {
    for (let each = named[next++]; each; each = named[next++]) kinds.set(each.file, await kindByContent(each.file, each.kind));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, look));
  const placed = named.map(({ file, kind }) => ({ file, named: kind, kind: kinds.get(file) ?? null }));
  // Files that moved to the other list go last, in their own order.
  const of = (kind: FileKind | null) => [...placed.filter((each) => each.kind === kind && each.named === kind), ...placed.filter((each) => each.kind === kind && each.named !== kind)].map(({ file }) => file);
  return { photos: of('photo'), videos: of('video'), passedOver: [...sorted.passedOver, ...of(null)] };
}

/** A file's kind by content; null to skip it. Unreadable files keep the kind given by their name. */
export async function kindByContent(file: File, named: FileKind): Promise<FileKind | null> {
  const content = await contentOf(file);
  if (content === 'resource-fork') return pathOf(file).includes('/') ? null : named;
  return content === 'film' ? 'video' : content === 'picture' ? 'photo' : named;
}

const lookedInto = new WeakMap<File, Promise<FileContent>>();

/** Cached, so that each file is inspected once. */
function contentOf(file: File): Promise<FileContent> {
  const asked = lookedInto.get(file) ?? lookInto(file).catch(() => 'unknown' as const);
  lookedInto.set(file, asked);
  return asked;
}

async function lookInto(file: File): Promise<FileContent> {
  // Most photos: needs no further code.
  if (kindOf(file) === 'photo' && (await isJpeg(file))) return 'picture';
  const { fileContent } = await import('../../sources/file-content');
  return fileContent(file);
}

async function isJpeg(file: File): Promise<boolean> {
  const start = new Uint8Array(await file.slice(0, 3).arrayBuffer());
  return start[0] === 0xff && start[1] === 0xd8 && start[2] === 0xff;
}

/** A file's kind by type and name; null if neither. */
export function kindOf({ type, name }: Pick<File, 'type' | 'name'>): FileKind | null {
  if (type.startsWith('image/')) return 'photo';
  if (type.startsWith('video/')) return 'video';
  if (EXTENSIONS.photo.test(name)) return 'photo';
  return EXTENSIONS.video.test(name) ? 'video' : null;
}
