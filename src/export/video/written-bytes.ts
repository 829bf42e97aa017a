import { MienError } from '../../engine/errors';
import { createFile, readFile, removeFile, type FilePlace } from '../../session/device-files';

/** A file while it is written, front to back but for a few places that are written again. */
export interface WrittenBytes {
  /** No more should be added; there is room left to finish what is there. */
  readonly full: boolean;
  /** @throws MienError `encoding/disk-full`. */
  write(data: Uint8Array, position: number): void;
  /** Ends the writing. The bytes are not copied. */
  take(mimeType: string): Promise<Blob>;
  /** Ends the writing and removes what was written. */
  discard(): Promise<void>;
}

/** Room that is held back for the index of a video, which comes last: some 16 bytes a frame, 3 h at 30 frames a second. */
const RESERVE_BYTES = 6 * 2 ** 20;
const STEP_BYTES = 16 * 2 ** 20;
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
  full = false;
  readonly #place: FilePlace;
  readonly #access: FileSystemSyncAccessHandle;
  #size = 0;
  /** What the file takes of the disk, the reserve included. */
  #allocated = 0;

  constructor(place: FilePlace, access: FileSystemSyncAccessHandle) {
    this.#place = place;
    this.#access = access;
    access.truncate(0);
  }

  write(data: Uint8Array<ArrayBuffer>, position: number): void {
    const end = position + data.byteLength;
    if (!this.full && end + RESERVE_BYTES > this.#allocated) this.#allocate(end + RESERVE_BYTES);
    // Chromium answers with another number where it should throw.
    if (this.#access.write(data, { at: position }) !== data.byteLength) throw new MienError('encoding', 'disk-full');
    this.#size = Math.max(this.#size, end);
  }

  /** Takes disk space ahead of the data, so that a full disk still has room for the index. */
  #allocate(needed: number): void {
    try {
      this.#access.truncate(needed + STEP_BYTES);
    } catch {
      // The size tells. Chromium does not even throw.
    }
    this.#allocated = this.#access.getSize();
    this.full = this.#allocated < needed;
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

/** Chunks, so that growing never copies what is there. */
export class MemoryBytes implements WrittenBytes {
  readonly #chunks: Uint8Array<ArrayBuffer>[] = [];
  #size = 0;

  get full(): boolean {
    return this.#size > MOST_IN_MEMORY_BYTES;
  }

  write(data: Uint8Array, position: number): void {
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
