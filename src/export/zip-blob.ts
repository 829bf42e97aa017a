import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { LONGEST_TASK_MS, yieldToEventLoop } from '../engine/yield-to-event-loop';

/** A file within a ZIP: text in parts, or bytes, which are stored uncompressed. */
export type ZipEntry = { readonly name: string } & (
  | { readonly parts: Iterable<string> | AsyncIterable<string> }
  | { readonly bytes: () => Promise<Blob> }
);

interface ZipOptions {
  readonly signal?: AbortSignal;
  /** Called repeatedly with the number of parts done over all files. */
  readonly onProgress?: (parts: number) => void;
}

/** Text is compressed in pieces of about this many characters. */
const PIECE_LENGTH = 1 << 16;
/** Bytes per Blob: moves them out of the page's heap. Creating one for each compressed piece took a third of the time. */
const BLOB_BYTES = 1 << 20;
/** Earliest ZIP timestamp. All files get it, so that the same content gives the same bytes. */
const MODIFIED = new Date(1980, 0, 1);

/**
 * Builds a ZIP in short tasks, so that the page stays responsive and no file is held in memory as a whole.
 *
 * @throws the signal's reason when aborted.
 */
export async function zipBlob(entries: Iterable<ZipEntry> | AsyncIterable<ZipEntry>, { signal, onProgress }: ZipOptions = {}): Promise<Blob> {
  const pieces: Blob[] = [];
  let held: Uint8Array<ArrayBuffer>[] = [];
  let heldBytes = 0;
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    held.push(bytes.slice());
    if ((heldBytes += bytes.length) < BLOB_BYTES) return;
    pieces.push(new Blob(held));
    [held, heldBytes] = [[], 0];
  });
  let count = 0;
  let turnEndMs = performance.now() + LONGEST_TASK_MS;
  for await (const entry of entries) {
    signal?.throwIfAborted();
    if ('bytes' in entry) {
      const stored = new ZipPassThrough(entry.name);
      stored.mtime = MODIFIED;
      zip.add(stored);
      stored.push(new Uint8Array(await (await entry.bytes()).arrayBuffer()), true);
      onProgress?.(++count);
      continue;
    }
    const { name, parts } = entry;
    const file = new ZipDeflate(name, { level: 6 });
    file.mtime = MODIFIED;
    zip.add(file);
    let text = '';
    for await (const part of parts) {
      text += part;
      count++;
      if (text.length >= PIECE_LENGTH) {
        file.push(strToU8(text));
        text = '';
      }
      if (performance.now() < turnEndMs) continue;
      onProgress?.(count);
      await yieldToEventLoop();
      signal?.throwIfAborted();
      turnEndMs = performance.now() + LONGEST_TASK_MS;
    }
    file.push(strToU8(text), true);
  }
  zip.end();
  return new Blob([...pieces, ...held], { type: 'application/zip' });
}
