import { readBytes } from '../read-bytes';

/** Bytes per read while stepping through a file: with smaller pieces, the calls take longer than the reading. */
const WINDOW_BYTES = 8 << 20;

/** A file, read through a moving window. */
export class FileWindow {
  readonly #file: Blob;
  readonly #windowBytes: number;
  #start = 0;
  #bytes = new Uint8Array(0);

  /** @param windowBytes bytes per read. */
  constructor(file: Blob, windowBytes = WINDOW_BYTES) {
    this.#file = file;
    this.#windowBytes = windowBytes;
  }

  /** Bytes from an offset on; fewer where the file ends. Valid until the next call. */
  async read(start: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const inside = start >= this.#start && start + length <= this.#start + this.#bytes.length;
    if (!inside) {
      this.#bytes = await readBytes(this.#file, start, start + Math.max(length, this.#windowBytes));
      this.#start = start;
    }
    return this.#bytes.subarray(start - this.#start, start - this.#start + length);
  }

  get size(): number {
    return this.#file.size;
  }
}
