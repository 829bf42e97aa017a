import { EncodedPacketSink, type EncodedPacket, type InputVideoTrack, type PacketRetrievalOptions } from 'mediabunny';

/** A track's packets in decode order, which the demuxer may split into several tracks, one per stretch. */
export class TrackPackets {
  readonly #sinks: readonly EncodedPacketSink[];
  /** Stretch of each packet outside the first stretch. */
  readonly #stretches = new WeakMap<EncodedPacket, number>();

  constructor(stretches: readonly InputVideoTrack[]) {
    this.#sinks = stretches.map((track) => new EncodedPacketSink(track));
  }

  async *all(options: PacketRetrievalOptions): AsyncGenerator<EncodedPacket, void, undefined> {
    for (const [stretch, sink] of this.#sinks.entries()) {
      for await (const packet of sink.packets(undefined, undefined, options)) yield this.#known(packet, stretch);
    }
  }

  /** The next packet; null past the last one. @param packet null: before the first one. */
  async after(packet: EncodedPacket | null, options: PacketRetrievalOptions): Promise<EncodedPacket | null> {
    let stretch = packet ? (this.#stretches.get(packet) ?? 0) : 0;
    let next = packet && (await this.#sinks[stretch]?.getNextPacket(packet, options));
    for (let to = packet ? stretch + 1 : 0; !next && to < this.#sinks.length; to++) {
      next = (await this.#sinks[to]?.getFirstPacket(options)) ?? null;
      stretch = to;
    }
    return next ? this.#known(next, stretch) : null;
  }

  #known(packet: EncodedPacket, stretch: number): EncodedPacket {
    if (stretch > 0) this.#stretches.set(packet, stretch);
    return packet;
  }
}
