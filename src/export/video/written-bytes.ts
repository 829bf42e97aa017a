import { MienError } from '../../engine/errors';
import { createFile, readFile, removeFile, type FilePlace } from '../../session/device-files';

/** A file while it is written, front to back but for a few places that are written again. */
export interface WrittenBytes {
  /** @throws MienError `encoding/disk-full`; what was written before stays. */
  write(data: Uint8Array, position: number): void;
  /** Ends the writing. The bytes are not copied. */
  take(mimeType: string): Promise<Blob>;
  /** Ends the writing and removes what was written. */
  discard(): Promise<void>;
}

const CHUNK_BYTES = 4 * 2 ** 20;
/** Where the browser has no files for this site, all is in memory, and grows to this. */
const MOST_IN_MEMORY_BYTES = 512 * 2 ** 20;

/** A file of the browser's for this site, else memory. For a worker: a page has no synchronous files. */
export async function openBytes(place: FilePlace): Promise<WrittenBytes> {
  try {
    const handle = await createFile(place);
    return new DeviceBytes(place, await handle.createSyncAccessHandle());
  } catch {
    return new MemoryBytes();
  }
}

class DeviceBytes implements WrittenBytes {
  readonly #place: FilePlace;
  readonly #access: FileSystemSyncAccessHandle;
  #size = 0;

  constructor(place: FilePlace, access: FileSystemSyncAccessHandle) {
    this.#place = place;
    this.#access = access;
    access.truncate(0);
  }

  write(data: Uint8Array<ArrayBuffer>, position: number): void {
    // Where it should throw, Chromium writes a part and answers with another number.
    if (this.#access.write(data, { at: position }) !== data.byteLength) throw new MienError('encoding', 'disk-full');
    this.#size = Math.max(this.#size, position + data.byteLength);
  }

  async take(mimeType: string): Promise<Blob> {
    this.#access.truncate(this.#size);
    this.#access.close();
    const file = await readFile(this.#place);
    if (!file) throw new MienError('encoding', 'failed', 'the written file is gone');
    // A view of the same bytes: the file system knows no types.
    return file.slice(0, file.size, mimeType);
  }

  async discard(): Promise<void> {
    this.#access.close();
    await removeFile(this.#place);
  }
}

/** Chunks, so that growing never copies. */
export class MemoryBytes implements WrittenBytes {
  readonly #chunks: Uint8Array<ArrayBuffer>[] = [];
  #size = 0;

  write(data: Uint8Array, position: number): void {
    if (position + data.byteLength > MOST_IN_MEMORY_BYTES) throw new MienError('encoding', 'disk-full');
    for (let done = 0; done < data.byteLength; ) {
      const at = position + done;
      const index = Math.floor(at / CHUNK_BYTES);
      while (this.#chunks.length <= index) this.#chunks.push(new Uint8Array(CHUNK_BYTES));
      const within = at % CHUNK_BYTES;
      const part = data.subarray(done, done + CHUNK_BYTES - within);
      this.#chunks[index]?.set(part, within);
      done += part.byteLength;
    }
    this.#size = Math.max(this.#size, position + data.byteLength);
  }

  take(mimeType: string): Promise<Blob> {
    const whole = new Blob(this.#chunks);
    this.#chunks.length = 0;
    return Promise.resolve(whole.slice(0, this.#size, mimeType));
  }

  discard(): Promise<void> {
    this.#chunks.length = 0;
    return Promise.resolve();
  }
}
