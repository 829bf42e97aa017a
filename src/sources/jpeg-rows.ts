import { LONGEST_TASK_MS, yieldToEventLoop } from '../engine/yield-to-event-loop';

/** Markers (ITU-T T.81, annex B). */
const [SOS, EOI, DHT, DRI] = [0xda, 0xd9, 0xc4, 0xdd];
/** Baseline, extended and progressive frames. */
const FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);
const PROGRESSIVE = 0xc2;
const COEFFICIENTS = 64;

/** Results of reading a code, besides its symbol. */
const ENDED = -1;
const INVALID = -2;

interface Component {
  readonly id: number;
  readonly across: number;
  readonly down: number;
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly isProgressive: boolean;
  readonly components: readonly Component[];
}

/**
 * Number of rows at the bottom of a JPEG that its first scan does not code, although its header announces them: decoders fill them with gray.
 * 0 if that is unknown. Decodes no pixels, but reads every code of the scan (about 20 ms per MB), in short tasks.
 */
export async function missingRows(bytes: Uint8Array): Promise<number> {
  const tables = new Map<number, HuffmanTable>();
  let frame: Frame | null = null;
  let interval = 0;
  for (let at = 2; at + 4 <= bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    // Stray bytes, fill bytes and markers without a segment.
    if (bytes[at] !== 0xff || marker === 0xff) at++;
    else if (marker < 0xc0 || (marker >= 0xd0 && marker < EOI)) at += 2;
    else if (marker === EOI) return 0;
    else {
      const end = at + 2 + uint16(bytes, at + 2);
      const segment = bytes.subarray(at + 4, end);
      if (FRAMES.has(marker)) frame = frameIn(segment, marker === PROGRESSIVE);
      else if (marker === DHT) for (const table of tablesIn(segment)) tables.set(table.id, table);
      else if (marker === DRI) interval = uint16(segment, 0);
      else if (marker === SOS) return frame ? missingIn(frame, segment, new Codes(bytes, end), tables, interval) : 0;
      at = end;
    }
  }
  return 0;
}

function frameIn(segment: Uint8Array, isProgressive: boolean): Frame {
  const components = Array.from({ length: segment[5] ?? 0 }, (_, i) => {
    const [id = 0, sampling = 0x11] = segment.subarray(6 + 3 * i);
    return { id, across: Math.max(1, sampling >> 4), down: Math.max(1, sampling & 15) };
  });
  return { height: uint16(segment, 1), width: uint16(segment, 3), isProgressive, components };
}

async function missingIn({ width, height, isProgressive, components }: Frame, header: Uint8Array, codes: Codes, tables: ReadonlyMap<number, HuffmanTable>, interval: number): Promise<number> {
  const across = Math.max(...components.map((each) => each.across));
  const down = Math.max(...components.map((each) => each.down));
  const selected = Array.from({ length: header[0] ?? 0 }, (_, i) => {
    const [id, selectors = 0] = header.subarray(1 + 2 * i);
    return { component: components.find((each) => each.id === id), dc: tables.get(selectors >> 4), ac: tables.get(0x10 | (selectors & 15)) };
  });
  const [only] = selected;
  const isAlone = selected.length === 1;
  // A scan of one component has its blocks in order; one of several interleaves units of them.
  const unit = isAlone && only?.component ? { width: (8 * across) / only.component.across, height: (8 * down) / only.component.down } : { width: 8 * across, height: 8 * down };
  const blocks = selected.flatMap(({ component, dc, ac }) => (component && dc ? Array.from({ length: isAlone ? 1 : component.across * component.down }, () => ({ dc, ac: isProgressive ? null : ac })) : []));
  if (blocks.length === 0 || blocks.some(({ ac }) => ac === undefined)) return 0;
  const perRow = Math.ceil(width / unit.width);
  const all = perRow * Math.ceil(height / unit.height);
  let yieldAtMs = performance.now() + LONGEST_TASK_MS;
  for (let done = 0; done < all; done++) {
    if (done % perRow === 0 && performance.now() >= yieldAtMs) {
      await yieldToEventLoop();
      yieldAtMs = performance.now() + LONGEST_TASK_MS;
    }
    if (interval > 0 && done > 0 && done % interval === 0 && !codes.restart()) return height - Math.floor(done / perRow) * unit.height;
    for (const { dc, ac } of blocks) {
      const outcome = codes.passBlock(dc, ac ?? null);
      if (outcome === INVALID) return 0;
      if (outcome === ENDED) return height - Math.floor(done / perRow) * unit.height;
    }
  }
  return 0;
}

interface HuffmanTable {
  /** Class (0x10: AC) and destination. */
  readonly id: number;
  /** By length of code: the largest one, −1 if none, and the offset from a code to the place of its symbol. */
  readonly largest: Int32Array;
  readonly offsets: Int32Array;
  readonly symbols: Uint8Array;
}

function tablesIn(segment: Uint8Array): HuffmanTable[] {
  const tables: HuffmanTable[] = [];
  for (let at = 0; at + 17 <= segment.length; ) {
    const [largest, offsets] = [new Int32Array(17).fill(-1), new Int32Array(17)];
    let code = 0;
    let count = 0;
    for (let length = 1; length <= 16; length++) {
      const own = segment[at + length] ?? 0;
      offsets[length] = count - code;
      count += own;
      code += own;
      if (own > 0) largest[length] = code - 1;
      code <<= 1;
    }
    tables.push({ id: segment[at] ?? 0, largest, offsets, symbols: segment.subarray(at + 17, at + 17 + count) });
    at += 17 + count;
  }
  return tables;
}

/** The codes of a scan, up to its end. */
class Codes {
  readonly #bytes: Uint8Array;
  #at: number;
  #byte = 0;
  #left = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** Passes the marker between two intervals; false if there is none. */
  restart(): boolean {
    this.#left = 0;
    while (this.#bytes[this.#at] === 0xff && this.#bytes[this.#at + 1] === 0xff) this.#at++;
    const marker = this.#bytes[this.#at + 1] ?? 0;
    const isThere = this.#bytes[this.#at] === 0xff && marker >= 0xd0 && marker <= 0xd7;
    if (isThere) this.#at += 2;
    return isThere;
  }

  /** @param ac null: the scan has only the block's first coefficient. */
  passBlock(dc: HuffmanTable, ac: HuffmanTable | null): number {
    const bits = this.#symbol(dc);
    const outcome = bits < 0 ? bits : this.#pass(bits);
    if (outcome < 0 || !ac) return outcome;
    for (let k = 1; k < COEFFICIENTS; k++) {
      const symbol = this.#symbol(ac);
      if (symbol < 0) return symbol;
      // The end of the block, or 16 zeros.
      if ((symbol & 15) === 0 && symbol >> 4 < 15) return 0;
      k += symbol >> 4;
      if (this.#pass(symbol & 15) < 0) return ENDED;
    }
    return 0;
  }

  #symbol({ largest, offsets, symbols }: HuffmanTable): number {
    let code = 0;
    for (let length = 1; length <= 16; length++) {
      const bit = this.#bit();
      if (bit < 0) return ENDED;
      code = (code << 1) | bit;
      if (code <= (largest[length] ?? -1)) return symbols[code + (offsets[length] ?? 0)] ?? INVALID;
    }
    return INVALID;
  }

  #pass(bits: number): number {
    for (let i = 0; i < bits; i++) if (this.#bit() < 0) return ENDED;
    return 0;
  }

  #bit(): number {
    if (this.#left === 0) {
      if (this.#at >= this.#bytes.length) return ENDED;
      this.#byte = this.#bytes[this.#at] ?? 0;
      const isMarked = this.#byte === 0xff;
      if (isMarked && this.#bytes[this.#at + 1] !== 0) return ENDED;
      this.#at += isMarked ? 2 : 1;
      this.#left = 8;
    }
    this.#left--;
    return (this.#byte >> this.#left) & 1;
  }
}

const uint16 = (bytes: Uint8Array, at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
