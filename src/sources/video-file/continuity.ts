/** Lost packets of a stream. */
export interface Loss {
  /** Time of the picture stored behind them, ms on the stream's clock. */
  readonly afterMs: number;
}

const PACKET_BYTES = 188;
const STUFFING_ID = 0x1fff;
const IDS = 0x2000;
/** Id of the packets with the table of programs. */
const PROGRAMS_ID = 0;

/** Follows the continuity counters of a transport stream's packets (ISO/IEC 13818-1, 2.4.3.3). */
export class Continuity {
  readonly losses: Loss[] = [];
  /** By packet id; −1: none yet. */
  readonly #counters = new Int8Array(IDS).fill(-1);
  /** Newest payload of each picture stream, by packet id. */
  readonly #payloads = new Map<number, Uint8Array>();
  /** Whether a picture was seen. */
  #hasBegun = false;
  #isLost = false;
  /** Whether the newest table of programs counts from 0, as the first one of a recording does. */
  #isJoined = true;

  /**
   * @param at of the packet's sync byte.
   * @returns whether it repeats the packet before it of a picture stream, as the standard allows. The demuxer would read its bytes twice.
   */
  isRepeated(bytes: Uint8Array, at: number): boolean {
    const id = (((bytes[at + 1] ?? 0) & 0x1f) << 8) | (bytes[at + 2] ?? 0);
    const flags = bytes[at + 3] ?? 0;
    if (id === STUFFING_ID || (flags & 0x10) === 0) return false;
    const hasField = (flags & 0x20) !== 0;
    const fieldBytes = hasField ? 1 + (bytes[at + 4] ?? 0) : 0;
    const beginsAnew = fieldBytes > 1 && ((bytes[at + 5] ?? 0) & 0x80) !== 0;
    const payload = bytes.subarray(at + 4 + fieldBytes, at + PACKET_BYTES);
    const counter = flags & 15;
    const before = this.#counters[id] ?? -1;
    this.#counters[id] = counter;
    if (before === counter && areEqual(payload, this.#payloads.get(id))) return true;
    const begins = ((bytes[at + 1] ?? 0) & 0x40) !== 0 && isPicture(payload);
    // A multiplexer may never count, and a joined recording counts from 0 again, later than its tables do: nothing is lost.
    if (id === PROGRAMS_ID) this.#isJoined = counter === 0;
    const isRestart = counter === 0 && (this.#isJoined || !this.#payloads.has(id));
    this.#isLost ||= before >= 0 && !beginsAnew && counter !== before && !isRestart && counter !== ((before + 1) & 15);
    if (begins || this.#payloads.has(id)) this.#payloads.set(id, payload);
    if (begins) this.#passPicture(payload);
    return false;
  }

  /** Call before the bytes that were given change. */
  keep(): void {
    for (const [id, payload] of this.#payloads) this.#payloads.set(id, payload.slice());
  }

  #passPicture(payload: Uint8Array): void {
    const ms = timeOf(payload);
    if (ms === null) return;
    if (this.#isLost && this.#hasBegun) this.losses.push({ afterMs: ms });
    this.#isLost = false;
    this.#hasBegun = true;
  }
}

/** Whether a packet of a picture stream (stream ids 0xE0 to 0xEF) begins here. */
function isPicture(payload: Uint8Array): boolean {
  return payload[0] === 0 && payload[1] === 0 && payload[2] === 1 && ((payload[3] ?? 0) & 0xf0) === 0xe0;
}

/** Presentation time of a packet of a picture stream, 33 bits at 90 kHz; null if it has none. */
function timeOf(payload: Uint8Array): number | null {
  if (((payload[7] ?? 0) & 0x80) === 0 || payload.length < 14) return null;
  const byte = (at: number) => payload[at] ?? 0;
  return (((byte(9) >> 1) & 7) * 2 ** 30 + ((byte(10) << 22) | ((byte(11) >> 1) << 15) | (byte(12) << 7) | (byte(13) >> 1))) / 90;
}

function areEqual(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return b !== undefined && a.length === b.length && a.every((byte, i) => byte === b[i]);
}
