import { MienError } from '../../engine/errors';
import { createFile, readFile, removeFile, type FilePlace } from '../../session/device-files';

/** A file that is written sequentially, apart from a few positions that are overwritten. */
export interface WrittenBytes {
  /** @throws MienError `encoding/disk-full`; earlier data stays. */
  write(data: Uint8Array, position: number): void;
  /** Ends writing. Does not copy the bytes. */
  take(mimeType: string): Promise<Blob>;
  /** Ends writing and removes the data. */
  discard(): Promise<void>;
}

const CHUNK_BYTES = 4 * 2 ** 20;
/** Limit of the in-memory fallback for browsers without site-private files. */
const MOST_IN_MEMORY_BYTES = 512 * 2 ** 20;

/** Opens a file in the site's private file system, else memory. Workers only: pages have no synchronous file access. */
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
    // Chromium writes only a part instead of throwing when the disk is full.
    if (this.#access.write(data, { at: position }) !== data.byteLength) throw new MienError('encoding', 'disk-full');
    this.#size = Math.max(this.#size, position + data.byteLength);
  }

  async take(mimeType: string): Promise<Blob> {
    this.#access.truncate(this.#size);
    this.#access.close();
    const file = await readFile(this.#place);
    if (!file) throw new MienError('encoding', 'failed', 'the written file is gone');
    // A slice shares the bytes; files from the file system have no MIME type.
    return file.slice(0, file.size, mimeType);
  }

  async discard(): Promise<void> {
    this.#access.close();
    await removeFile(this.#place);
  }
}

/** Stored in chunks, so that growing never copies. */
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
