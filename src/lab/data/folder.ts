import { expressionOf } from '../../network/label-names';
import type { Item } from './items';

const PICTURE = /\.(png|jpe?g|webp|gif|bmp|avif|tiff?|pgm)$/i;

/** By its name. */
export function isPicture(path: string): boolean {
  return PICTURE.test(path);
}

/**
 * The pictures of a folder: the label is the folder that a picture lies in, or the nearest one above that names an
 * expression (`train/happy/S001/3.png`). Folders between the two say who it is.
 */
export function folderItems(paths: readonly string[]): Item[] {
  return paths.map((path): Item => {
    const folders = path.split('/').slice(0, -1);
    if (!isPicture(path)) return { status: 'left-out', name: path, reason: 'no-picture' };
    const named = folders.findLastIndex((folder) => expressionOf(folder) !== null);
    const at = named < 0 ? folders.length - 1 : named;
    return {
      status: 'read',
      name: path,
      label: folders[at] ?? '',
      person: folders.slice(at + 1).join('/') || null,
      columns: {},
      picture: { kind: 'file', path },
    };
  });
}
