import { byteText } from '../byte-text';
import { trackFragments } from './fragments';
import { joined } from './salvaged-file';

/** Finds fragments that a download appended twice: the demuxer would list their frames twice, and decoders refuse every second one. */
export class FragmentRepeats {
  readonly #known = new Set<string>();
  /** Offsets in the file. */
  readonly #places: number[] = [];

  get found(): boolean {
    return this.#places.length > 0;
  }

  /**
   * Call for each fragment, in order.
   *
   * @returns whether it repeats an earlier one: both state the same number, times and sizes.
   */
  isRepeat(moof: Uint8Array<ArrayBuffer>, offset: number): boolean {
    if ([...trackFragments(moof)].every(({ startTicks }) => startTicks === null)) return false;
    const table = byteText(moof);
    const isKnown = this.#known.has(table);
    if (isKnown) this.#places.push(offset);
    this.#known.add(table);
    return isKnown;
  }

  /** The file with them as free space, since frames are located by file offset. */
  hiddenIn(file: Blob): Blob {
    const parts: (BlobPart | readonly [number, number])[] = [];
    let from = 0;
    for (const place of this.#places) {
      parts.push([from, place + 4], 'free');
      from = place + 8;
    }
    return joined(file, [...parts, [from, file.size]]);
  }
}
