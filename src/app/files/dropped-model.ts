import { Store } from '../../engine/store';
import { pathOf } from './file-path';

/** Model files dropped where pictures are read, until they are moved to the Lab or dismissed. */
export const droppedModel = new Store<readonly File[] | null>(null);

/** Extensions of model files, some shared with other files. */
const POSSIBLE = /\.(?:h5|hdf5|keras|zip|json|bin)$/i;
/** Bytes inspected at either end: a ZIP's directory is at its end, a network's description in the first part of a JSON. */
const LOOKED_AT = 64 << 10;

/** Whether the files are worth inspecting. */
export function maybeModel(files: readonly File[]): boolean {
  return files.some(({ name }) => POSSIBLE.test(name));
}

/** Separates a model's files, recognised by content, from the others; null if there is no model. */
export async function partModel(files: readonly File[]): Promise<{ readonly model: readonly File[]; readonly others: readonly File[] } | null> {
  const roles = await Promise.all(files.map(roleOf));
  if (!roles.some((role) => role === 'archive' || role === 'hdf5' || role === 'tfjs')) return null;
  const tfjsFolders = files.filter((_, i) => roles[i] === 'tfjs').map(folderOf);
  const isPart = (file: File, i: number) => {
    if (roles[i] === 'shard') return tfjsFolders.some((folder) => pathOf(file).startsWith(folder));
    return roles[i] === 'network' ? roles.includes('hdf5') : roles[i] !== null;
  };
  return { model: files.filter(isPart), others: files.filter((file, i) => !isPart(file, i)) };
}

/** A file's role in a model: tfjs description or weight shard, HDF5 weights or model, JSON network description beside them, or an archive. */
type Role = 'tfjs' | 'shard' | 'hdf5' | 'network' | 'archive';

async function roleOf(file: File): Promise<Role | null> {
  try {
    if (/\.bin$/i.test(file.name)) return 'shard';
    if (/\.json$/i.test(file.name)) {
      const start = await file.slice(0, LOOKED_AT).text();
      if (/"(?:modelTopology|weightsManifest)"/.test(start)) return 'tfjs';
      return /"keras_version"|"class_name"[^]*"config"/.test(start) ? 'network' : null;
    }
    if (!POSSIBLE.test(file.name)) return null;
    const start = await file.slice(0, 8).text();
    if (start.startsWith('PK')) return /model\.json|model\.weights\.h5|\.(?:h5|hdf5|keras)/i.test(await file.slice(-LOOKED_AT).text()) ? 'archive' : null;
    return start.includes('HDF') ? 'hdf5' : null;
  } catch {
    // Unreadable: reported later like any other file.
    return null;
  }
}

function folderOf(file: File): string {
  return pathOf(file).slice(0, pathOf(file).lastIndexOf('/') + 1);
}
