/** Chunks that wait for the decoder, and frames that wait to be taken: enough to keep both busy. */
const MOST_WAITING = 8;

export interface CodedFrame {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly key: boolean;
  readonly timestampMs: number;
}

export interface DecodedFrame {
  readonly frame: VideoFrame;
  readonly timestampMs: number;
}

/**
 * Decodes frames one after the other, a few ahead of what is taken. Coded frames may stand in another order
 * than they are displayed in; their times are given out in order. After a frame that cannot be decoded it
 * goes on at the next key frame.
 *
 * @param onLost is told the time of each frame that was given up.
 */
export async function* decodeChunks(
  config: VideoDecoderConfig,
  coded: AsyncIterable<CodedFrame>,
  onLost: (timestampMs: number) => void,
): AsyncGenerator<DecodedFrame, void, undefined> {
  let run = new DecoderRun(config);
  let needsKey = true;
  const giveUp = () => {
    for (const timestampMs of run.unanswered) onLost(timestampMs);
    run.close();
    run = new DecoderRun(config);
    needsKey = true;
  };
  try {
    for await (const each of coded) {
      if (run.failed) giveUp();
      if (needsKey && !each.key) {
        onLost(each.timestampMs);
        continue;
      }
      needsKey = false;
      run.decode(each);
      await run.hasRoom();
      yield* run.take();
    }
    await run.flush();
    yield* run.take();
    if (run.failed) giveUp();
  } finally {
    run.close();
  }
}

/** One decoder, until it fails. */
class DecoderRun {
  readonly #decoder: VideoDecoder;
  readonly #ready: VideoFrame[] = [];
  /** Of the frames that were sent and did not come back yet. */
  readonly #timesMs: number[] = [];
  #wake: () => void = () => undefined;

  constructor(config: VideoDecoderConfig) {
    this.#decoder = new VideoDecoder({
      output: (frame) => {
        this.#ready.push(frame);
        this.#wake();
      },
      error: () => this.#wake(),
    });
    this.#decoder.ondequeue = () => this.#wake();
    this.#decoder.configure(config);
  }

  /** A decoder that failed has closed itself, and says so later. */
  get failed(): boolean {
    return this.#decoder.state === 'closed';
  }

  get unanswered(): readonly number[] {
    return this.#timesMs;
  }

  decode({ data, key, timestampMs }: CodedFrame): void {
    this.#timesMs.push(timestampMs);
    this.#decoder.decode(new EncodedVideoChunk({ type: key ? 'key' : 'delta', timestamp: timestampMs * 1000, data }));
  }

  async hasRoom(): Promise<void> {
    while (!this.failed && this.#ready.length === 0 && this.#decoder.decodeQueueSize >= MOST_WAITING) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async flush(): Promise<void> {
    // Its own failure comes through `error`.
    if (!this.failed) await this.#decoder.flush().catch(() => undefined);
  }

  *take(): Generator<DecodedFrame> {
    for (let frame = this.#ready.shift(); frame; frame = this.#ready.shift()) {
      yield { frame, timestampMs: this.#timesMs.shift() ?? frame.timestamp / 1000 };
    }
  }

  close(): void {
    if (this.#decoder.state !== 'closed') this.#decoder.close();
    for (const frame of this.#ready.splice(0)) frame.close();
  }
}
