import { CLUSTER, FILE_HEADER, readElement, readUnsigned, SEGMENT, type Element } from './ebml';
import type { FileWindow } from './file-window';
import { flagsOffset, LACED, lacesFit } from './lacing';
import { joined, searchFor, type Salvaged } from './salvaged-file';

/** Element ids (RFC 9559). */
const SEEK_HEAD = 0x114d9b74;
const INFO = 0x1549a966;
const TIMESTAMP_SCALE = 0x2ad7b1;
const CUES = 0x1c53bb6b;
const TIMESTAMP = 0xe7;
const SIMPLE_BLOCK = 0xa3;
const CLUSTER_CHILDREN = new Set([TIMESTAMP, SIMPLE_BLOCK, 0xa0, 0xab, 0xa7, 0x5854, 0xec, 0xbf, 0xaf]);
const SEGMENT_CHILDREN = new Set([SEEK_HEAD, INFO, CUES, CLUSTER, 0x1654ae6b, 0x1254c367, 0x1941a469, 0x1043a770, 0xec, 0xbf]);
const SEGMENT_ID_BYTES = 4;
const UNKNOWN_SIZE = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];

/** Repairs WebM and MKV: truncated clusters are closed after their last complete block, damaged stretches removed, wrong flags corrected. */
export async function salvageMatroska(file: Blob, window: FileWindow): Promise<Salvaged> {
  const whole: Salvaged = { file, cutShort: false, lacksBytes: false, holesMs: [] };
  const header = await readElement(window, 0);
  if (!header?.end) return whole;
  const segment = await readElement(window, header.end);
  if (segment?.id !== SEGMENT) return whole;
  const walk = new SegmentWalk(window);
  await walk.run(segment.start, segment.end);
  const cutShort = walk.cutShort || (segment.end ?? 0) > window.size;
  if (!walk.damaged && !walk.mended && !cutShort) return whole;
  const parts = [[0, header.end + SEGMENT_ID_BYTES] as const, Uint8Array.from(UNKNOWN_SIZE), ...walk.parts];
  return { file: joined(file, parts), cutShort, lacksBytes: false, holesMs: walk.holesMs, isChained: walk.isChained };
}

class SegmentWalk {
  readonly parts: (Uint8Array<ArrayBuffer> | readonly [number, number])[] = [];
  readonly holesMs: (number | null)[] = [];
  cutShort = false;
  damaged = false;
  /** Flags were corrected, without loss. */
  mended = false;
  isChained = false;
  readonly #window: FileWindow;
  #scaleNs = 1_000_000;
  #afterDamage = false;

  constructor(window: FileWindow) {
    this.#window = window;
  }

  /** @param segmentEnd null: unknown. Bytes that are not an element are not part of the film. */
  async run(from: number, segmentEnd: number | null): Promise<void> {
    let offset = from;
    while (offset < this.#window.size) {
      const element = await readElement(this.#window, offset);
      if (element?.id === FILE_HEADER) this.isChained = true;
      const isForeign = !element || !SEGMENT_CHILDREN.has(element.id);
      if (isForeign && offset === segmentEnd) return;
      if (isForeign) offset = await this.#skipDamage(offset);
      else if (element.id === CLUSTER) offset = await this.#takeCluster(element);
      else offset = await this.#take(offset, element);
    }
  }

  async #take(offset: number, { id, start, end }: Element): Promise<number> {
    if (end === null || end > this.#window.size) {
      this.cutShort = true;
      return this.#window.size;
    }
    if (id === INFO) this.#scaleNs = (await this.#valueIn(start, end, TIMESTAMP_SCALE)) ?? this.#scaleNs;
    // File offsets are invalid once something is removed.
    if (id !== SEEK_HEAD && id !== CUES) this.parts.push([offset, end]);
    return end;
  }

  /** @returns offset of the next element. */
  async #takeCluster({ start, end }: Element): Promise<number> {
    const limit = Math.min(end ?? Infinity, this.#window.size);
    let offset = start;
    let intact = true;
    const parts: (typeof this.parts)[number][] = [];
    let taken = start;
    while (offset < limit) {
      const child = await readElement(this.#window, offset);
      if (end === null && child && SEGMENT_CHILDREN.has(child.id) && !CLUSTER_CHILDREN.has(child.id)) break;
      intact = child !== null && CLUSTER_CHILDREN.has(child.id) && child.end !== null && child.end <= (end ?? Infinity);
      if (!intact || !child?.end) break;
      if (child.end > this.#window.size) {
        this.cutShort = true;
        break;
      }
      if (this.#afterDamage && child.id === TIMESTAMP) {
        this.holesMs.push((await readUnsigned(this.#window, child.start, child.end)) * (this.#scaleNs / 1e6));
        this.#afterDamage = false;
      }
      const flags = child.id === SIMPLE_BLOCK ? await this.#falseFlags(child.start, child.end) : null;
      if (flags) {
        parts.push([taken, flags.at], Uint8Array.of(flags.right));
        taken = flags.at + 1;
        this.mended = true;
      }
      offset = child.end;
    }
    if (offset > start) this.parts.push(clusterHeader(offset - start), ...parts, [taken, offset]);
    if (!intact) return this.#skipDamage(offset);
    return this.cutShort ? this.#window.size : (end ?? offset);
  }

  /** Offset and corrected value of a block's flags if they claim several frames that do not fit; null: the flags are valid. */
  async #falseFlags(start: number, end: number): Promise<{ readonly at: number; readonly right: number } | null> {
    const at = flagsOffset(await this.#window.read(start, 1));
    const [flags = 0] = await this.#window.read(start + at, 1);
    if ((flags & LACED) === 0 || lacesFit(await this.#window.read(start, end - start))) return null;
    return { at: start + at, right: flags & ~LACED };
  }

  /** @returns offset of the next cluster. */
  async #skipDamage(offset: number): Promise<number> {
    const next = await searchFor(this.#window, offset, CLUSTER >>> 24, (at) => this.#isCluster(at));
    this.damaged = true;
    if (next >= 0) this.#afterDamage = true;
    else this.cutShort = true;
    return next < 0 ? this.#window.size : next;
  }

  async #isCluster(at: number): Promise<boolean> {
    const cluster = await readElement(this.#window, at);
    if (cluster?.id !== CLUSTER) return false;
    const child = await readElement(this.#window, cluster.start);
    return child !== null && CLUSTER_CHILDREN.has(child.id) && child.end !== null;
  }

  async #valueIn(start: number, end: number, wanted: number): Promise<number | null> {
    for (let offset = start; offset < end; ) {
      const child = await readElement(this.#window, offset);
      if (!child?.end) return null;
      if (child.id === wanted) return readUnsigned(this.#window, child.start, child.end);
      offset = child.end;
    }
    return null;
  }
}

function clusterHeader(bytes: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(12));
  view.setUint32(0, CLUSTER);
  view.setBigUint64(4, (1n << 56n) | BigInt(bytes));
  return new Uint8Array(view.buffer);
}
