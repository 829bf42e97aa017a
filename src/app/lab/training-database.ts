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

/** Pixels whose digest is computed in one go: WebCrypto copies them first, while the page waits. */
const PIECE_BYTES = 4 * 2 ** 20;

/** The same for the same faces, labels and people. */
export async function digestOf({ faces, pixels: { luminance }, bursts }: DataSet): Promise<string> {
  const words = new TextEncoder().encode(JSON.stringify([faces.map(({ category, person }) => [category, person]), bursts]));
  const digests = [await sha256(words)];
  for (let from = 0; from < luminance.length; from += PIECE_BYTES) digests.push(await sha256(new Uint8Array(luminance.subarray(from, from + PIECE_BYTES))));
  return digests.map((digest) => digest ?? faces.length).join(' ');
}
