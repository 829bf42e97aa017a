import type { CodedFrame } from './coded-frame';

/** Packets to skip individually after a key frame; beyond that, decoding continues at the next key frame. */
const MOST_REFUSED = 8;
/** Maximum bytes of packets kept for resending: two minutes of ordinary film without a key frame. */
const MOST_BYTES = 64 << 20;

/** One decoder's failure. */
export interface Failure {
  /** Its unanswered packets, in decode order. */
  readonly unanswered: readonly CodedFrame[];
  /** The newest frame returned so far. */
  readonly given: number;
  /** Whether a decoder refuses any of the packets. */
  readonly isRefused: (packets: readonly CodedFrame[]) => Promise<boolean>;
  /** Whether no frame depends on this packet's. */
  readonly isDisposable: (packet: CodedFrame) => boolean;
}

/** Packets sent to a decoder, from the key frame on that its pending frames depend on. */
export class SentPackets {
  #packets: CodedFrame[] = [];
  #bytes = 0;
  #refused = 0;
  /** The newest frame returned when all packets were resent. */
  #allAgainAt = -Infinity;

  /** @param oldest packet that has returned no frame yet. */
  add(packet: CodedFrame, oldest: CodedFrame | undefined): void {
    if (packet.key && packet.data) {
      this.#refused = 0;
      const needed = oldest ? this.#packets.indexOf(oldest) : -1;
      this.#keep(needed < 0 ? [] : this.#packets.slice(Math.max(0, this.#packets.findLastIndex(({ key }, i) => key && i <= needed))));
    }
    // Packets that depend on ones not kept are useless.
    if (this.#packets.length === 0 && !packet.key && !packet.entry) return;
    if (this.#bytes > MOST_BYTES) {
      this.#keep([]);
      return;
    }
    this.#packets.push(packet);
    this.#bytes += bytesOf(packet);
  }

  clear(): void {
    this.#keep([]);
  }

  /**
   * Packets to send to a new decoder after a failure: all except the refused one and those that may depend on it, up to the next key frame;
   * all of them if none is refused, e.g. if the browser reclaimed an idle decoder. A packet without data marks a place after which
   * decoding can only continue at a key frame.
   */
  async withoutRefused(failure: Failure): Promise<readonly CodedFrame[]> {
    const { unanswered, given } = failure;
    const oldest = unanswered[0] ? this.#packets.indexOf(unanswered[0]) : this.#packets.length - 1;
    // Not kept, because there were too many.
    if (oldest < 0) return this.#keep(unanswered.slice(nextStart(unanswered, 1)));
    const at = await this.#firstRefused(oldest, failure);
    if (at === null && given > this.#allAgainAt) {
      this.#allAgainAt = given;
      return this.#packets;
    }
    // Without a frame since the last time, it would fail forever.
    return this.#keep(this.#without(at ?? oldest, failure));
  }

  #without(at: number, { isDisposable }: Failure): CodedFrame[] {
    const packets = this.#packets;
    const refused = packets[at];
    if (!refused) return packets;
    const before = packets.slice(0, at);
    if (at > 0 && !refused.key && isDisposable(refused) && ++this.#refused <= MOST_REFUSED) return [...before, ...packets.slice(at + 1)];
    return [...before, { ...refused, key: false, entry: null, data: null }, ...packets.slice(nextStart(packets, at + 1))];
  }

  /**
   * Searches from the oldest unanswered packet on, in doubling steps: decoders refuse one of the next few, and each step decodes all up to
   * there.
   *
   * @returns null: none is refused.
   */
  async #firstRefused(oldest: number, { isRefused }: Failure): Promise<number | null> {
    const count = this.#packets.length;
    const isRefusedUpTo = (last: number) => isRefused(this.#packets.slice(0, last + 1));
    let low = oldest;
    let high = oldest;
    for (let step = 1; !(await isRefusedUpTo(high)); step *= 2) {
      if (high >= count - 1) return null;
      low = high + 1;
      high = Math.min(count - 1, high + step);
    }
    // A frame displayed later may have skipped one.
    if (high === oldest && oldest > 0 && (await isRefusedUpTo(oldest - 1))) [low, high] = [0, oldest - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (await isRefusedUpTo(middle)) high = middle;
      else low = middle + 1;
    }
    return high;
  }

  #keep(packets: CodedFrame[]): CodedFrame[] {
    this.#packets = packets;
    this.#bytes = packets.reduce((sum, packet) => sum + bytesOf(packet), 0);
    return packets;
  }
}

/** Next place where decoding can start; past the last packet: none. */
function nextStart(packets: readonly CodedFrame[], from: number): number {
  const next = packets.findIndex(({ key, entry, data }, i) => i >= from && data && (key || entry));
  return next < 0 ? packets.length : next;
}

function bytesOf({ data }: CodedFrame): number {
  return data?.length ?? 0;
}
