/** Bits of H.264 units (ITU-T H.264, 7.2 and 9.1), without and with emulation prevention bytes. */

/** Maximum header size to read. */
const MOST_BYTES = 512;

export class BitReader {
  readonly #bytes: number[] = [];
  #at = 0;

  /** @param from first byte of the unit to read. */
  constructor(unit: Uint8Array, from: number) {
    for (let i = from; i < unit.length && this.#bytes.length < MOST_BYTES; i++) {
      const guards = unit[i] === 3 && i >= 2 && unit[i - 1] === 0 && unit[i - 2] === 0;
      if (!guards) this.#bytes.push(unit[i] ?? 0);
    }
  }

  /** Bits left. Below 0: zeros were returned past the end. */
  get left(): number {
    return 8 * this.#bytes.length - this.#at;
  }

  skip(bits: number): void {
    this.#at += bits;
  }

  read(bits: number): number {
    let value = 0;
    for (let i = 0; i < bits; i++, this.#at++) value = value * 2 + (((this.#bytes[this.#at >> 3] ?? 0) >> (7 - (this.#at & 7))) & 1);
    return value;
  }

  /** Exponential-Golomb code. */
  unsigned(): number {
    let zeros = 0;
    while (zeros < 32 && this.left > 0 && this.read(1) === 0) zeros++;
    return 2 ** zeros - 1 + this.read(zeros);
  }

  signed(): number {
    const code = this.unsigned();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }

  /** Reads a number stored as bytes of 255 and a remainder. */
  chained(): number {
    let value = 0;
    let byte;
    do value += byte = this.read(8);
    while (byte === 255);
    return value;
  }
}

export class BitWriter {
  readonly #bytes: number[] = [];
  #pending = 1;

  write(value: number, bits: number): void {
    for (let i = bits - 1; i >= 0; i--) {
      this.#pending = this.#pending * 2 + (Math.floor(value / 2 ** i) % 2);
      if (this.#pending < 256) continue;
      this.#bytes.push(this.#pending - 256);
      this.#pending = 1;
    }
  }

  /** Exponential-Golomb code; also for a signed 0. */
  unsigned(value: number): void {
    const bits = Math.floor(Math.log2(value + 1));
    this.write(0, bits);
    this.write(value + 1, bits + 1);
  }

  /** Adds the stop bit of a unit. */
  finish(): readonly number[] {
    this.write(1, 1);
    while (this.#pending !== 1) this.write(0, 1);
    return this.#bytes;
  }
}

/** Complete unit. */
export function unitOf(header: number, bits: BitWriter): Uint8Array<ArrayBuffer> {
  const unit = [header];
  for (const byte of bits.finish()) {
    if (byte <= 3 && unit.at(-1) === 0 && unit.at(-2) === 0) unit.push(3);
    unit.push(byte);
  }
  return Uint8Array.from(unit);
}
