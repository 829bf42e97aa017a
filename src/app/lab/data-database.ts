import type { DataSet } from './data-set';
import { inLabDatabase, THE_ONE } from './lab-database';

/** The data set that an earlier life of the page kept; null if none. @throws MienError of kind `storage`. */
export async function readDataSet(): Promise<DataSet | null> {
  const kept = await inLabDatabase((database) => database.get('data', THE_ONE));
  if (!kept) return null;
  const head = JSON.parse(await kept.head.text()) as Omit<DataSet, 'pixels'>;
  return { ...head, pixels: { luminance: await bytesOf(kept.luminance), colors: kept.colors && (await bytesOf(kept.colors)) } };
}

export function writeDataSet(data: DataSet): Promise<unknown> {
  const { luminance, colors } = data.pixels;
  const kept = { head: headOf(data), luminance: new Blob([new Uint8Array(luminance)]), colors: colors && new Blob([new Uint8Array(colors)]) };
  return inLabDatabase((database) => database.put('data', kept, THE_ONE));
}

/** Writes what somebody changed by hand: labels and people. */
export function writeFaces(data: DataSet): Promise<void> {
  const head = headOf(data);
  return inLabDatabase(async (database) => {
    const transaction = database.transaction('data', 'readwrite');
    const kept = await transaction.store.get(THE_ONE);
    if (kept) await transaction.store.put({ ...kept, head }, THE_ONE);
    await transaction.done;
  });
}

/** Deletes it for good. */
export function deleteDataSet(): Promise<void> {
  return inLabDatabase((database) => database.delete('data', THE_ONE));
}

function headOf({ name, faces, leftOut, bursts }: DataSet): Blob {
  return new Blob([JSON.stringify({ name, faces, leftOut, bursts } satisfies Omit<DataSet, 'pixels'>)]);
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}
