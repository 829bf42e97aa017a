/** Packets that wait for the decoder: enough to keep it busy, few enough to bound memory. */
const MOST_QUEUED = 16;

/** A packet on its way to a decoder. */
export interface CodedFrame {
  /** Its frame's number in order of display; -1: decoded, never shown. */
  readonly number: number;
  /** On the container's clock. */
  readonly timestampMs: number;
  readonly key: boolean;
  /** It does not follow the packet before: packets between them were left out. */
  readonly afterJump: boolean;
  /** Null: the file does not hold all of its bytes. */
  readonly data: Uint8Array<ArrayBuffer> | null;
  /** Lets decoding begin with this one, which is no key frame; null: it cannot begin here, or needs no such help. */
  readonly entry?: Entry | null;
}

export interface Entry {
  /** Artificial. */
  readonly frames: readonly Uint8Array<ArrayBuffer>[];
  /** Frames shown before are not right, where decoding begins here. On the container's clock. */
  readonly rightFromMs: number;
}

/** For the consumer to close. */
export interface DecodedFrame<Frame> {
  readonly number: number;
  readonly frame: Frame;
}

/**
 * What the times of packets mean. `display`: when their own frame is shown. `decode`: they ascend in decode order, though
 * frames may be shown in another (AVI). `display` is given up for `decode` once a decoder's output contradicts it.
 */
export type TimestampOrder = 'display' | 'decode';

/**
 * Decodes packets in sequence, a few ahead of the consumer, into frames in order of display. After a packet that the
 * decoder refuses it goes on at the next key frame; the frames in between are missing from the output.
 */
export async function* decodeChunks(
  config: VideoDecoderConfig,
  order: TimestampOrder,
  coded: AsyncIterable<CodedFrame>,
): AsyncGenerator<DecodedFrame<VideoFrame>, void, undefined> {
  let run = new DecoderRun(config, order);
  /** Replaces a decoder that failed, and sends what it left unanswered again from the next key frame on. */
  const recover = () => {
    while (run.failed) {
      const { unanswered } = run;
      const resumeAt = unanswered.findIndex(({ key, entry }, i) => (key || entry) && i > 0);
      run.close();
      run = new DecoderRun(config, run.order);
      if (resumeAt > 0) for (const each of unanswered.slice(resumeAt)) run.decode(each);
    }
  };
  async function* finish() {
    do {
      recover();
      await run.flush();
      yield* run.take();
    } while (run.failed);
  }
  try {
    for await (const each of coded) {
      // Decoders hold frames back for those that may come before them; after a jump, they confuse the two sides.
      if (each.afterJump) yield* finish();
      recover();
      run.decode(each);
      yield* run.take();
      await run.hasRoom();
      yield* run.take();
    }
    yield* finish();
  } finally {
    run.close();
  }
}

/** One decoder, until it fails. */
class DecoderRun {
  readonly #decoder: VideoDecoder;
  readonly #ready: DecodedFrame<VideoFrame>[] = [];
  /** Sent and not yet answered, in decode order. */
  #sent: CodedFrame[] = [];
  #order: TimestampOrder;
  #newest = -Infinity;
  #needsKey = true;
  /** Times of artificial frames, µs, which no one asked for. */
  readonly #artificial = new Set<number>();
  /** Frames before are not decoded, and those before the other one not given out. */
  #decodedFromMs = -Infinity;
  #rightFromMs = -Infinity;
  #wake: () => void = () => undefined;

  constructor(config: VideoDecoderConfig, order: TimestampOrder) {
    this.#order = order;
    this.#decoder = new VideoDecoder({
      output: (frame) => {
        this.#answer(frame);
        this.#wake();
      },
      error: () => this.#wake(),
    });
    this.#decoder.ondequeue = () => this.#wake();
    this.#decoder.configure(config);
  }

  /** A decoder that failed has closed itself. */
  get failed(): boolean {
    return this.#decoder.state === 'closed';
  }

  get order(): TimestampOrder {
    return this.#order;
  }

  get unanswered(): readonly CodedFrame[] {
    return this.#sent;
  }

  decode(coded: CodedFrame): void {
    const { data, key, timestampMs, entry } = coded;
    // What follows a packet that is missing builds on it.
    if (data === null) this.#needsKey = true;
    if (data === null || (this.#needsKey && !key && !entry)) return;
    if (key) this.#decodedFromMs = this.#rightFromMs = -Infinity;
    if (timestampMs < this.#decodedFromMs) return;
    const enters = this.#needsKey && !key;
    this.#needsKey = false;
    this.#sent.push(coded);
    if (this.failed) return;
    try {
      if (enters && entry) this.#enter(entry, timestampMs);
      this.#decoder.decode(new EncodedVideoChunk({ type: key ? 'key' : 'delta', timestamp: microseconds(timestampMs), data }));
    } catch {
      // Not a key frame, contrary to the container.
      this.#sent.pop();
      this.#needsKey = true;
    }
  }

  /** What follows in the file but is shown before builds on frames that are not there. */
  #enter({ frames, rightFromMs }: Entry, timestampMs: number): void {
    this.#decodedFromMs = timestampMs;
    this.#rightFromMs = rightFromMs;
    frames.forEach((data, i) => {
      const timestamp = microseconds(timestampMs) - frames.length + i;
      this.#artificial.add(timestamp);
      this.#decoder.decode(new EncodedVideoChunk({ type: i === 0 ? 'key' : 'delta', timestamp, data }));
    });
  }

  async hasRoom(): Promise<void> {
    while (!this.failed && this.#ready.length === 0 && this.#decoder.decodeQueueSize >= MOST_QUEUED) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async flush(): Promise<void> {
    // A failure shows in `failed`.
    if (!this.failed) await this.#decoder.flush().catch(() => undefined);
    if (this.failed) return;
    this.#sent = [];
    this.#artificial.clear();
    this.#needsKey = true;
    this.#newest = -Infinity;
  }

  *take(): Generator<DecodedFrame<VideoFrame>> {
    for (let frame = this.#ready.shift(); frame; frame = this.#ready.shift()) yield frame;
  }

  close(): void {
    if (this.#decoder.state !== 'closed') this.#decoder.close();
    for (const { frame } of this.#ready.splice(0)) frame.close();
  }

  #answer(frame: VideoFrame): void {
    if (this.#artificial.delete(frame.timestamp)) {
      frame.close();
      return;
    }
    // Decoders give frames in order of display: an earlier time than before shows that the times follow decode order.
    if (frame.timestamp < this.#newest) this.#order = 'decode';
    this.#newest = Math.max(this.#newest, frame.timestamp);
    const coded = earliest(this.#order === 'decode' ? this.#sent : this.#sent.filter(({ timestampMs }) => microseconds(timestampMs) === frame.timestamp));
    if (!coded) {
      frame.close();
      return;
    }
    // Those passed over gave no frame.
    this.#sent = this.#sent.filter(({ number }) => number > coded.number);
    if (coded.timestampMs < this.#rightFromMs) {
      frame.close();
      return;
    }
    this.#ready.push({ number: coded.number, frame });
  }
}

/** The one that is shown first: several frames may have one time. */
function earliest(coded: readonly CodedFrame[]): CodedFrame | undefined {
  return coded.reduce<CodedFrame | undefined>((best, each) => (best && best.number <= each.number ? best : each), undefined);
}

function microseconds(timeMs: number): number {
  return Math.round(timeMs * 1000);
}
