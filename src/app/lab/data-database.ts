import type { DataSet } from './data-set';
import { inLabDatabase, THE_ONE } from './lab-database';

export async function readDataSet(): Promise<DataSet | null> {
  const kept = await inLabDatabase((database) => database.get('data', THE_ONE));
  if (!kept) return null;
  const { luminance, colors, ...rest } = kept;
  return { ...rest, pixels: { luminance: await bytesOf(luminance), colors: colors && (await bytesOf(colors)) } };
}

export function writeDataSet({ pixels, ...rest }: DataSet): Promise<unknown> {
  const { luminance, colors } = pixels;
  const kept = { ...rest, luminance: new Blob([new Uint8Array(luminance)]), colors: colors && new Blob([new Uint8Array(colors)]) };
  return inLabDatabase((database) => database.put('data', kept, THE_ONE));
}

/** Writes what somebody changed by hand: labels and people. */
export function writeFaces({ faces, bursts }: Pick<DataSet, 'faces' | 'bursts'>): Promise<void> {
  return inLabDatabase(async (database) => {
    const transaction = database.transaction('data', 'readwrite');
    const kept = await transaction.store.get(THE_ONE);
    if (kept) await transaction.store.put({ ...kept, faces, bursts }, THE_ONE);
    await transaction.done;
  });
}

/** Deletes it for good. */
export function deleteDataSet(): Promise<void> {
  return inLabDatabase((database) => database.delete('data', THE_ONE));
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}
