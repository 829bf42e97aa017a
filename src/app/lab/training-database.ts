import { sha256 } from '../../engine/assets';
import { yieldToEventLoop } from '../../engine/yield-to-event-loop';
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

/** Of which a digest is computed in one go: the page waits while WebCrypto copies it. */
const PIECE_BYTES = 4 * 2 ** 20;
const PIECE_FACES = 2000;

/** The same for the same faces, labels and people. */
export async function digestOf({ faces, pixels: { luminance }, bursts }: DataSet): Promise<string> {
  const digests: (string | null)[] = [];
  for (let from = 0; from < faces.length; from += PIECE_FACES) {
    const said = faces.slice(from, from + PIECE_FACES).map(({ category, person }) => [category, person]);
    digests.push(await sha256(new TextEncoder().encode(JSON.stringify([said, bursts.slice(from, from + PIECE_FACES)]))));
    await yieldToEventLoop();
  }
  for (let from = 0; from < luminance.length; from += PIECE_BYTES) {
    digests.push(await sha256(new Uint8Array(luminance.subarray(from, from + PIECE_BYTES))));
    await yieldToEventLoop();
  }
  return digests.map((digest) => digest ?? faces.length).join(' ');
}
