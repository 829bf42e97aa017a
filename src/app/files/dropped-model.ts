import { Store } from '../../engine/store';

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
  const areModels = await Promise.all(files.map(isModel));
  if (!areModels.includes(true)) return null;
  // Its weights lie beside its description.
  const isPart = (file: File, i: number) => areModels[i] === true || /\.(?:bin|json)$/i.test(file.name);
  return { model: files.filter(isPart), others: files.filter((file, i) => !isPart(file, i)) };
}

async function isModel(file: File): Promise<boolean> {
  try {
    if (/\.json$/i.test(file.name)) return /"(?:modelTopology|weightsManifest)"/.test(await file.slice(0, LOOKED_AT).text());
    if (!POSSIBLE.test(file.name) || /\.bin$/i.test(file.name)) return false;
    const start = await file.slice(0, 8).text();
    if (start.startsWith('PK')) return /model\.json|model\.weights\.h5|\.(?:h5|hdf5|keras)/i.test(await file.slice(-LOOKED_AT).text());
    return start.includes('HDF');
  } catch {
    // It cannot be read, which is told as of any other file.
    return false;
  }
}
