import { sha256 } from '../../engine/assets';
import type { DataSet } from './data-set';
import { inLabDatabase, THE_ONE } from './lab-database';
import type { KeptTraining } from './training-choice';

export function readTraining(): Promise<KeptTraining | undefined> {
  return inLabDatabase((database) => database.get('training', THE_ONE));
}

export function writeTraining(training: KeptTraining): Promise<unknown> {
  return inLabDatabase((database) => database.put('training', training, THE_ONE));
}

export function deleteTraining(): Promise<void> {
  return inLabDatabase((database) => database.delete('training', THE_ONE));
}

/** The same for the same faces, labels and people. */
export async function digestOf({ faces, pixels, bursts }: DataSet): Promise<string> {
  const words = new TextEncoder().encode(JSON.stringify([faces.map(({ category, person }) => [category, person]), bursts]));
  const digests = await Promise.all([sha256(words), sha256(new Uint8Array(pixels.luminance))]);
  return digests.map((digest) => digest ?? faces.length).join(' ');
}
