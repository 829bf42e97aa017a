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

/** Bytes hashed per call: WebCrypto copies its input on the main thread. Stored digests depend on this number, and on the next. */
const HASHED_BYTES = 4 * 2 ** 20;
const HASHED_FACES = 2000;

/** Digest of faces, labels and people. */
export async function digestOf({ faces, pixels, bursts }: DataSet): Promise<string> {
  const digests: (string | null)[] = [];
  for (let from = 0; from < faces.length; from += HASHED_FACES) {
    digests.push(await digestOfWords(faces.slice(from, from + HASHED_FACES), bursts.slice(from, from + HASHED_FACES)));
    await yieldToEventLoop();
  }
  digests.push(...(await digestsOfPixels(pixels.luminance)));
  return joined(digests, faces.length);
}

/** True if an older version's `digestOf` gave this digest: it hashed all labels in one call, and at one time all pixels too. */
export async function isOlderDigestOf(digest: string, { faces, pixels: { luminance }, bursts }: DataSet): Promise<boolean> {
  const words = await digestOfWords(faces, bursts);
  if (digest === joined([words, ...(await digestsOfPixels(luminance))], faces.length)) return true;
  return digest === joined([words, await sha256(new Uint8Array(luminance))], faces.length);
}

function digestOfWords(faces: DataSet['faces'], bursts: readonly number[]): Promise<string | null> {
  return sha256(new TextEncoder().encode(JSON.stringify([faces.map(({ category, person }) => [category, person]), bursts])));
}

async function digestsOfPixels(luminance: Uint8Array): Promise<(string | null)[]> {
  const digests: (string | null)[] = [];
  for (let from = 0; from < luminance.length; from += HASHED_BYTES) {
    digests.push(await sha256(new Uint8Array(luminance.subarray(from, from + HASHED_BYTES))));
    await yieldToEventLoop();
  }
  return digests;
}

/** Uses the number of faces if digests are unavailable. */
function joined(digests: readonly (string | null)[], faces: number): string {
  return digests.map((digest) => digest ?? faces).join(' ');
}
