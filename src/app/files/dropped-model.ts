import { Store } from '../../engine/store';
import { pathOf } from './file-path';

/** A model's files that were dropped where pictures are read, until they are taken into the Lab or dismissed. */
export const droppedModel = new Store<readonly File[] | null>(null);

/** Names that models have, and other files too. */
const POSSIBLE = /\.(?:h5|hdf5|keras|zip|json|bin)$/i;
/** The directory of a ZIP lies at its end; the network's description within the first part of a JSON. */
const LOOKED_AT = 64 << 10;

/** Whether a look into the files is worth its time. */
export function maybeModel(files: readonly File[]): boolean {
  return files.some(({ name }) => POSSIBLE.test(name));
}

/** Parts the files of a model, told by their content, from all others; null: there is no model among them. */
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

/** What a file is of a model: the description of a tfjs model or a part of its weights, weights or a whole model in HDF5, the JSON of a network beside them, or an archive of these. */
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
    // It cannot be read, which is told as of any other file.
    return null;
  }
}

function folderOf(file: File): string {
  return pathOf(file).slice(0, pathOf(file).lastIndexOf('/') + 1);
}
