import type { CodedFrame } from './coded-frame';

/** Packets left out after a key frame; where a decoder refuses more, decoding goes on at the next key frame. */
const MOST_REFUSED = 8;
/** Of packets that are kept to be sent again: two minutes of ordinary film without a key frame. */
const MOST_BYTES = 64 << 20;

/**
 * The packets that a decoder was sent, from the key frame on that the frames build on which it has not given yet. Decoding goes on without
 * one that is refused only where each frame's bits are decoded by themselves: VP8, VP9 and AV1 carry statistics from frame to frame, and
 * give noise once one is missing.
 */
export class SentPackets {
  readonly #goesOn: boolean;
  #packets: CodedFrame[] = [];
  #bytes = 0;
  #refused = 0;

  constructor({ codec }: Pick<VideoDecoderConfig, 'codec'>) {
    this.#goesOn = /^(avc|hev|hvc)/.test(codec);
  }

  /** @param oldest packet that has given no frame yet. */
  add(packet: CodedFrame, oldest: CodedFrame | undefined): void {
    if (!this.#goesOn) return;
    if (packet.key) {
      this.#refused = 0;
      const needed = oldest ? this.#packets.indexOf(oldest) : -1;
      this.#keep(needed < 0 ? [] : this.#packets.slice(Math.max(0, this.#packets.findLastIndex(({ key }, i) => key && i <= needed))));
    }
    // What builds on packets that are not kept is of no use.
    if (this.#packets.length === 0 && !packet.key && !packet.entry) return;
    if (this.#bytes > MOST_BYTES) this.#keep([]);
    else this.#keep([...this.#packets, packet]);
  }

  clear(): void {
    this.#keep([]);
  }

  /**
   * What to send to a new decoder after one that failed: all packets but the one that it refused, or those from the next key frame on. A
   * packet without data stands where decoding can only go on at a key frame that is yet to come.
   *
   * @param unanswered packets, in decode order, one of which is refused.
   * @param isRefused whether a decoder refuses any of the packets.
   */
  async withoutRefused(unanswered: readonly CodedFrame[], isRefused: (packets: readonly CodedFrame[]) => Promise<boolean>): Promise<readonly CodedFrame[]> {
    const packets = this.#packets;
    let low = unanswered[0] ? packets.indexOf(unanswered[0]) : -1;
    if (low < 0) {
      const next = unanswered.findIndex(({ key, entry }, i) => (key || entry) && i > 0);
      this.#keep(next < 0 ? [] : unanswered.slice(next));
      return this.#packets;
    }
    for (let high = packets.length - 1; low < high; ) {
      const middle = (low + high) >> 1;
      if (await isRefused(packets.slice(0, middle + 1))) high = middle;
      else low = middle + 1;
    }
    const refused = packets[low];
    const endsHere = refused && (refused.key || low === 0 || ++this.#refused > MOST_REFUSED);
    this.#keep([...packets.slice(0, low), ...(endsHere ? [{ ...refused, key: false, entry: null, data: null }] : []), ...packets.slice(low + 1)]);
    return this.#packets;
  }

  #keep(packets: CodedFrame[]): void {
    this.#packets = packets;
    this.#bytes = packets.reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
  }
}
