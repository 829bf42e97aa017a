import type { CodedFrame } from './coded-frame';

/** Packets left out alone after a key frame; where a decoder refuses more, decoding goes on at the next key frame. */
const MOST_REFUSED = 8;
/** Of packets that are kept to be sent again: two minutes of ordinary film without a key frame. */
const MOST_BYTES = 64 << 20;

/** One decoder's failure. */
export interface Failure {
  /** Packets that it had not answered, in decode order. */
  readonly unanswered: readonly CodedFrame[];
  /** The newest frame that was given out so far. */
  readonly given: number;
  /** Whether a decoder refuses any of the packets. */
  readonly isRefused: (packets: readonly CodedFrame[]) => Promise<boolean>;
  /** Whether no frame builds on this packet's. */
  readonly isDisposable: (packet: CodedFrame) => boolean;
}

/** The packets that a decoder was sent, from the key frame on that the frames build on which it has not given yet. */
export class SentPackets {
  #packets: CodedFrame[] = [];
  #bytes = 0;
  #refused = 0;
  /** The newest frame that was given out when all packets were sent again. */
  #allAgainAt = -Infinity;

  /** @param oldest packet that has given no frame yet. */
  add(packet: CodedFrame, oldest: CodedFrame | undefined): void {
    if (packet.key && packet.data) {
      this.#refused = 0;
      const needed = oldest ? this.#packets.indexOf(oldest) : -1;
      this.#keep(needed < 0 ? [] : this.#packets.slice(Math.max(0, this.#packets.findLastIndex(({ key }, i) => key && i <= needed))));
    }
    // What builds on packets that are not kept is of no use.
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
   * What to send to a new decoder after one that failed: all packets but the one that it refused and those that may build on it, up to the
   * next key frame; all of them where none is refused, as where a browser took an idle decoder away. A packet without data stands where
   * decoding can only go on at a key frame.
   */
  async withoutRefused(failure: Failure): Promise<readonly CodedFrame[]> {
    const { unanswered, given } = failure;
    const oldest = unanswered[0] ? this.#packets.indexOf(unanswered[0]) : this.#packets.length - 1;
    // Not kept, being too many.
    if (oldest < 0) return this.#keep(unanswered.slice(nextStart(unanswered, 1)));
    const at = await this.#firstRefused(oldest, failure);
    if (at === null && given > this.#allAgainAt) {
      this.#allAgainAt = given;
      return this.#packets;
    }
    // Without a frame since the last time, it would fail for ever.
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
   * Looks from the oldest packet on that is unanswered, in steps that double: decoders refuse one of the next few, and each look decodes
   * all up to there.
   *
   * @returns null: none is.
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
    // One may have been passed over by a frame that is shown later.
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

/** Where decoding can begin again; behind the last packet: nowhere. */
function nextStart(packets: readonly CodedFrame[], from: number): number {
  const next = packets.findIndex(({ key, entry, data }, i) => i >= from && data && (key || entry));
  return next < 0 ? packets.length : next;
}

function bytesOf({ data }: CodedFrame): number {
  return data?.length ?? 0;
}
