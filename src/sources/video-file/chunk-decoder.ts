import type { CodedFrame, Entry } from './coded-frame';
import { isDisposable } from './disposable-packet';
import { SentPackets } from './sent-packets';

/** Packets that wait for the decoder: enough to keep it busy, few enough to bound memory. */
const MOST_QUEUED = 16;
/** Name of the error of a decoder whose resources the browser reclaims (WebCodecs, "Resource Reclamation"). */
const TAKEN_AWAY = 'QuotaExceededError';

/** For the consumer to close. */
export interface DecodedFrame<Frame> {
  readonly number: number;
  readonly frame: Frame;
}

/**
 * What the times of packets mean. `display`: when their own frame is shown. `decode`: they ascend in decode order, though
 * frames may be shown in another (AVI). `decode` replaces `display` once a decoder's output contradicts it.
 */
export type TimestampOrder = 'display' | 'decode';

/**
 * Decodes packets in sequence, a few ahead of the consumer, into frames in order of display. A packet that the decoder refuses is left
 * out, with all that may build on it: up to the next key frame, unless its headers tell that none does. Frames of packets left out are
 * missing from the output. A decoder that fails for another reason, as one that the browser took away while it was idle, is replaced.
 *
 * @param signal ends the output, also in the middle of the search for a refused packet.
 */
export async function* decodeChunks(
  config: VideoDecoderConfig,
  order: TimestampOrder,
  coded: AsyncIterable<CodedFrame>,
  signal?: AbortSignal,
): AsyncGenerator<DecodedFrame<VideoFrame>, void, undefined> {
  let run = new DecoderRun(config, order);
  const sent = new SentPackets();
  /** The newest frame that was given out. */
  let given = -1;
  /** Replaces a decoder that failed, and sends what it was sent again, as far as that can be decoded. */
  async function* recover() {
    while (run.failed) {
      yield* take();
      const { order: known, unanswered, wasTakenAway } = run;
      run.close();
      const again = await sent.withoutRefused({
        unanswered,
        given,
        isRefused: async (packets) => !wasTakenAway && signal?.aborted !== true && isRefused(config, known, packets, signal),
        // Where times tell no order of display, frames are counted, and one less is one that is taken for another.
        isDisposable: ({ data }) => known === 'display' && data !== null && isDisposable(data, config),
      });
      run = new DecoderRun(config, known, given);
      if (signal?.aborted) return;
      for (const each of again) run.decode(each);
    }
  }
  function* take() {
    for (const decoded of run.take()) {
      given = Math.max(given, decoded.number);
      yield decoded;
    }
  }
  async function* finish() {
    do {
      yield* recover();
      if (signal?.aborted) return;
      await run.flush();
      yield* take();
    } while (run.failed);
    sent.clear();
  }
  try {
    for await (const each of coded) {
      // Decoders hold frames back for those that may come before them; after a jump, they confuse the two sides.
      if (each.afterJump) yield* finish();
      yield* recover();
      if (signal?.aborted) return;
      if (run.decode(each) || each.data === null) sent.add(each, run.unanswered[0]);
      yield* take();
      await run.hasRoom();
      yield* take();
    }
    yield* finish();
  } finally {
    run.close();
  }
}

/** Whether a decoder refuses any of the packets, the first of which it can begin with. */
async function isRefused(config: VideoDecoderConfig, order: TimestampOrder, packets: readonly CodedFrame[], signal?: AbortSignal): Promise<boolean> {
  const trial = new DecoderRun(config, order, Infinity);
  const close = () => trial.close();
  signal?.addEventListener('abort', close);
  try {
    for (const each of packets) trial.decode(each);
    await trial.flush();
    return trial.failed && !trial.wasTakenAway;
  } finally {
    signal?.removeEventListener('abort', close);
    trial.close();
  }
}

/** One decoder, until it fails. */
class DecoderRun {
  readonly #decoder: VideoDecoder;
  readonly #ready: DecodedFrame<VideoFrame>[] = [];
  /** Sent and not yet answered, in decode order. */
  #sent: CodedFrame[] = [];
  #order: TimestampOrder;
  readonly #given: number;
  #newest = -Infinity;
  #needsKey = true;
  /** A packet was left out since the last key frame. */
  #lacks = false;
  /** Times of artificial frames, µs, which no one asked for. */
  readonly #artificial = new Set<number>();
  /** Frames before are not decoded, and those before the other one not given out. */
  #decodedFromMs = -Infinity;
  #rightFromMs = -Infinity;
  #wasTakenAway = false;
  #wake: () => void = () => undefined;

  /** @param given frames up to this number are not given out. */
  constructor(config: VideoDecoderConfig, order: TimestampOrder, given = -1) {
    this.#order = order;
    this.#given = given;
    this.#decoder = new VideoDecoder({
      output: (frame) => {
        this.#answer(frame);
        this.#wake();
      },
      error: ({ name }) => {
        this.#wasTakenAway = name === TAKEN_AWAY;
        this.#wake();
      },
    });
    this.#decoder.ondequeue = () => this.#wake();
    this.#decoder.configure(config);
  }

  /** A decoder that failed has closed itself. */
  get failed(): boolean {
    return this.#decoder.state === 'closed';
  }

  /** It failed because the browser needed what it held, being idle or in a hidden page. */
  get wasTakenAway(): boolean {
    return this.#wasTakenAway;
  }

  get order(): TimestampOrder {
    return this.#order;
  }

  get unanswered(): readonly CodedFrame[] {
    return this.#sent;
  }

  /** @returns whether it was sent. */
  decode(coded: CodedFrame): boolean {
    const { data, key, timestampMs, entry } = coded;
    // What follows a packet that is missing builds on it.
    if (data === null) this.#needsKey = this.#lacks = true;
    if (data === null || (this.#needsKey && !key && !entry)) return false;
    if (key) {
      // What follows it in an open group but is shown before builds on the missing one too.
      this.#decodedFromMs = this.#lacks ? timestampMs : -Infinity;
      this.#rightFromMs = -Infinity;
      this.#lacks = false;
    }
    if (timestampMs < this.#decodedFromMs) return false;
    const enters = this.#needsKey && !key;
    this.#needsKey = false;
    this.#sent.push(coded);
    if (this.failed) return true;
    try {
      if (enters && entry) this.#enter(entry, timestampMs);
      this.#decoder.decode(new EncodedVideoChunk({ type: key ? 'key' : 'delta', timestamp: microseconds(timestampMs), data }));
    } catch {
      // Not a key frame, contrary to the container.
      this.#sent.pop();
      this.#needsKey = true;
      return false;
    }
    return true;
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
    this.#lacks = false;
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
    if (coded.timestampMs < this.#rightFromMs || coded.number <= this.#given) {
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
