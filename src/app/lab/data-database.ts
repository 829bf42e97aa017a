import type { DataSet } from './data-set';
import { asLeftOutReason } from './data-words';
import { inLabDatabase, THE_ONE } from './lab-database';

/** Under which each data set is kept, by its pixels, which stay the same while labels change. */
const ids = new WeakMap<DataSet['pixels'], string>();

/** The data set that an earlier life of the page kept; null if none. @throws MienError of kind `storage`. */
export async function readDataSet(): Promise<DataSet | null> {
  const kept = await inLabDatabase((database) => database.get('data', THE_ONE));
  if (!kept) return null;
  const head = JSON.parse(await kept.head.text()) as Omit<DataSet, 'pixels'>;
  const pixels = { luminance: await bytesOf(kept.luminance), colors: kept.colors && (await bytesOf(kept.colors)) };
  ids.set(pixels, kept.id ?? '');
  return { ...head, leftOut: head.leftOut.map(({ name, reason }) => ({ name, reason: asLeftOutReason(reason) })), pixels };
}

export function writeDataSet(data: DataSet): Promise<unknown> {
  const { luminance, colors } = data.pixels;
  const id = crypto.randomUUID();
  ids.set(data.pixels, id);
  const kept = { id, head: headOf(data), luminance: new Blob([new Uint8Array(luminance)]), colors: colors && new Blob([new Uint8Array(colors)]) };
  return inLabDatabase((database) => database.put('data', kept, THE_ONE));
}

/** Writes what somebody changed by hand: labels and people. Where another tab has put its own data set there since, all of it. */
export async function writeFaces(data: DataSet): Promise<void> {
  const head = headOf(data);
  const isThere = await inLabDatabase(async (database) => {
    const transaction = database.transaction('data', 'readwrite');
    const kept = await transaction.store.get(THE_ONE);
    const isOwn = kept !== undefined && (kept.id ?? '') === ids.get(data.pixels);
    if (isOwn) await transaction.store.put({ ...kept, head }, THE_ONE);
    await transaction.done;
    return isOwn;
  });
  if (!isThere) await writeDataSet(data);
}

/** Deletes it for good; that of another tab stays. */
export function deleteDataSet(data: DataSet | null): Promise<void> {
  return inLabDatabase(async (database) => {
    const transaction = database.transaction('data', 'readwrite');
    const kept = await transaction.store.get(THE_ONE);
    if (kept && (!data || (kept.id ?? '') === ids.get(data.pixels))) await transaction.store.delete(THE_ONE);
    await transaction.done;
  });
}

function headOf({ name, faces, leftOut, bursts }: DataSet): Blob {
  return new Blob([JSON.stringify({ name, faces, leftOut, bursts } satisfies Omit<DataSet, 'pixels'>)]);
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}
