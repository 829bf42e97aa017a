import { visitYielding, yieldToEventLoop } from '../../engine/yield-to-event-loop';
import { gatherBlob } from '../../export/gathered-blob';
import type { DataSet, LabFace } from './data-set';
import { asLeftOutReason } from './data-words';
import { inLabDatabase, THE_ONE } from './lab-database';

/** Faces in a line of the head. */
const LINE_FACES = 500;
/** Of pixels that are copied in one go: some milliseconds. */
const PIECE_BYTES = 4 * 2 ** 20;

/** Under which each data set was kept, by its pixels, which stay the same while labels change. */
const ids = new WeakMap<DataSet['pixels'], string>();

/** Under which those will be kept that are being written whole, or have never been. */
const comingIds = new WeakMap<DataSet['pixels'], string>();

/** What tells a data set from others in every tab; null while it has never been kept. */
export function keptIdOf({ pixels }: DataSet): string | null {
  return ids.get(pixels) ?? null;
}

/** Under which a data set is kept once what is being written, or is to be, has been. */
export function idToBe({ pixels }: Pick<DataSet, 'pixels'>): string {
  const known = comingIds.get(pixels) ?? ids.get(pixels);
  if (known !== undefined) return known;
  const id = crypto.randomUUID();
  comingIds.set(pixels, id);
  return id;
}

/** The data set that an earlier life of the page kept; null if none. @throws MienError of kind `storage`. */
export async function readDataSet(): Promise<DataSet | null> {
  const kept = await inLabDatabase((database) => database.get('data', THE_ONE));
  if (!kept) return null;
  const head = await readHead(kept.head);
  const pixels = { luminance: await bytesOf(kept.luminance), colors: kept.colors && (await bytesOf(kept.colors)) };
  ids.set(pixels, kept.id ?? '');
  return { ...head, leftOut: head.leftOut.map(({ name, reason }) => ({ name, reason: asLeftOutReason(reason) })), pixels };
}

/** Makes the next write of a data set a whole one, since what was kept of it is deleted. */
export function forgetKeptId({ pixels }: DataSet): void {
  ids.delete(pixels);
  comingIds.delete(pixels);
}

/** Writes all of a data set in place of the kept one. @returns true: it is kept. @throws MienError of kind `storage`. */
export async function writeDataSet(data: DataSet): Promise<true> {
  const { luminance, colors } = data.pixels;
  // Another one than before, where it was kept before: other tabs have to be told.
  const id = comingIds.get(data.pixels) ?? crypto.randomUUID();
  comingIds.set(data.pixels, id);
  const kept = { id, head: await headOf(data), luminance: await blobOf(luminance), colors: colors && (await blobOf(colors)) };
  await inLabDatabase((database) => database.put('data', kept, THE_ONE));
  ids.set(data.pixels, id);
  comingIds.delete(data.pixels);
  return true;
}

/**
 * Writes what somebody changed by hand: labels and people. All of it where it was never kept, or another tab has put its own
 * data set there since; nothing where it was deleted meanwhile.
 *
 * @returns whether it is kept now.
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
 * Deletes it for good; that of another tab stays.
 *
 * @returns the id under which it was kept; null if it never was.
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

/** As lines of JSON: all but the faces, then some faces in each. One line of all would stop the page for as long as it is read. */
function headOf({ name, faces, leftOut, bursts }: DataSet): Promise<Blob> {
  return gatherBlob(headLines({ name, leftOut, bursts }, faces), 'application/x-ndjson');
}

function* headLines(first: Omit<DataSet, 'pixels' | 'faces'>, faces: DataSet['faces']): Generator<string> {
  yield JSON.stringify(first);
  for (let from = 0; from < faces.length; from += LINE_FACES) yield `\n${JSON.stringify(faces.slice(from, from + LINE_FACES))}`;
}

async function readHead(head: Blob): Promise<Omit<DataSet, 'pixels'>> {
  const [first = '', ...lines] = (await head.text()).split('\n');
  // Earlier versions wrote one line.
  const { faces: earlier = [], ...rest } = JSON.parse(first) as Omit<DataSet, 'pixels' | 'faces'> & Partial<Pick<DataSet, 'faces'>>;
  const faces = [...earlier];
  await visitYielding(lines, (line) => faces.push(...(JSON.parse(line) as LabFace[])), new AbortController().signal);
  return { ...rest, faces };
}

/** Copied in pieces, between which the page goes on. */
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
