import { PIECE_BYTES, visitYielding, yieldToEventLoop } from '../../engine/yield-to-event-loop';
import { gatherBlob } from '../../export/gathered-blob';
import type { DataSet, LabFace } from './data-set';
import { asLeftOutReason } from './data-words';
import { inLabDatabase, THE_ONE } from './lab-database';

/** Faces per line of the head. */
const LINE_FACES = 500;

/** Database id of each stored data set, keyed by its pixels, which stay the same while labels change. */
const ids = new WeakMap<DataSet['pixels'], string>();

/** Future database ids of data sets that are being written in full, or were never stored. */
const comingIds = new WeakMap<DataSet['pixels'], string>();

/** Id of a data set, unique across tabs; null if it was never stored. */
export function keptIdOf({ pixels }: DataSet): string | null {
  return ids.get(pixels) ?? null;
}

/** Id of a data set once its pending or next write has completed. */
export function idToBe({ pixels }: Pick<DataSet, 'pixels'>): string {
  const known = comingIds.get(pixels) ?? ids.get(pixels);
  if (known !== undefined) return known;
  const id = crypto.randomUUID();
  comingIds.set(pixels, id);
  return id;
}

/** Reads the data set stored by an earlier page; null if there is none. @throws MienError of kind `storage`. */
export async function readDataSet(): Promise<DataSet | null> {
  const kept = await inLabDatabase((database) => database.get('data', THE_ONE));
  if (!kept) return null;
  const head = await readHead(kept.head);
  const pixels = { luminance: await bytesOf(kept.luminance), colors: kept.colors && (await bytesOf(kept.colors)) };
  ids.set(pixels, kept.id ?? '');
  return { ...head, leftOut: head.leftOut.map(({ name, reason }) => ({ name, reason: asLeftOutReason(reason) })), pixels };
}

/** Makes the next write of a data set a full one, because its stored copy was deleted. */
export function forgetKeptId({ pixels }: DataSet): void {
  ids.delete(pixels);
  comingIds.delete(pixels);
}

/** Writes a whole data set, replacing the stored one. @returns true: it is now stored. @throws MienError of kind `storage`. */
export async function writeDataSet(data: DataSet): Promise<true> {
  const { luminance, colors } = data.pixels;
  // A new id even if it was stored before, since other tabs must be notified.
  const id = comingIds.get(data.pixels) ?? crypto.randomUUID();
  comingIds.set(data.pixels, id);
  const kept = { id, head: await headOf(data), luminance: await blobOf(luminance), colors: colors && (await blobOf(colors)) };
  await inLabDatabase((database) => database.put('data', kept, THE_ONE));
  ids.set(data.pixels, id);
  comingIds.delete(data.pixels);
  return true;
}

/**
 * Writes manual changes: labels and people. Writes the whole data set if it was never stored, or if another tab has replaced it; nothing if it has
 * been deleted.
 *
 * @returns true if it is now stored.
 */
export async function writeFaces(data: DataSet): Promise<boolean> {
  const id = keptIdOf(data);
  if (id === null) return writeDataSet(data);
  const head = await headOf(data);
  const there = await inLabDatabase(async (database) => {
    const transaction = database.transaction('data', 'readwrite');
    const kept = await transaction.store.get(THE_ONE);
    const isOwn = kept !== undefined && (kept.id ?? '') === id;
    if (isOwn) await transaction.store.put({ ...kept, head }, THE_ONE);
    await transaction.done;
    return kept && (isOwn ? 'own' : 'another');
  });
  return there === 'another' ? writeDataSet(data) : there === 'own';
}

/**
 * Deletes the data set permanently, unless another tab has replaced it.
 *
 * @returns its id; null if it was never stored.
 */
export async function deleteDataSet(data: DataSet | null): Promise<string | null> {
  const id = data && keptIdOf(data);
  await inLabDatabase(async (database) => {
    const transaction = database.transaction('data', 'readwrite');
    const kept = await transaction.store.get(THE_ONE);
    if (kept && (!data || (kept.id ?? '') === id)) await transaction.store.delete(THE_ONE);
    await transaction.done;
  });
  if (data) forgetKeptId(data);
  return id;
}

/** NDJSON: everything except the faces, then some faces per line. Parsing a single line would block the page. */
function headOf({ name, faces, leftOut, bursts }: DataSet): Promise<Blob> {
  return gatherBlob(headLines({ name, leftOut, bursts }, faces), 'application/x-ndjson');
}

function* headLines(first: Omit<DataSet, 'pixels' | 'faces'>, faces: DataSet['faces']): Generator<string> {
  yield JSON.stringify(first);
  for (let from = 0; from < faces.length; from += LINE_FACES) yield `\n${JSON.stringify(faces.slice(from, from + LINE_FACES))}`;
}

async function readHead(head: Blob): Promise<Omit<DataSet, 'pixels'>> {
  const [first = '', ...lines] = (await head.text()).split('\n');
  // Earlier versions wrote a single line.
  const { faces: earlier = [], ...rest } = JSON.parse(first) as Omit<DataSet, 'pixels' | 'faces'> & Partial<Pick<DataSet, 'faces'>>;
  const faces = [...earlier];
  await visitYielding(lines, (line) => faces.push(...(JSON.parse(line) as LabFace[])), new AbortController().signal);
  return { ...rest, faces };
}

/** Copies in pieces, yielding to the page between them. */
async function blobOf(bytes: Uint8Array): Promise<Blob> {
  const pieces: Blob[] = [];
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
    pieces.push(new Blob([bytes.slice(from, from + PIECE_BYTES)]));
    await yieldToEventLoop();
  }
  return new Blob(pieces);
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}
