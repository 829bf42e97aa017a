import type { CodedFrame, Entry } from './coded-frame';
import { isDisposable } from './disposable-packet';
import { SentPackets } from './sent-packets';

/** Packets queued for the decoder: enough to keep it busy, few enough to bound memory. */
const MOST_QUEUED = 16;
/** Error name of a decoder whose resources the browser reclaims (WebCodecs, "Resource Reclamation"). */
const TAKEN_AWAY = 'QuotaExceededError';

/** The consumer closes it. */
export interface DecodedFrame<Frame> {
  readonly number: number;
  readonly frame: Frame;
}

/**
 * Meaning of packet times. `display`: display time of their own frame. `decode`: ascending in decode order, though frames may be
 * displayed in another (AVI). `decode` replaces `display` once a decoder's output contradicts it.
 */
export type TimestampOrder = 'display' | 'decode';

/**
 * Decodes packets in sequence, a few ahead of the consumer, into frames in display order. A packet that the decoder refuses is skipped,
 * with all that may depend on it: up to the next key frame, unless its headers show that none does. Frames of skipped packets are
 * missing from the output. A decoder that fails for another reason, e.g. reclaimed by the browser while idle, is replaced.
 *
 * @param signal ends the output, also during the search for a refused packet.
 */
export async function* decodeChunks(
  config: VideoDecoderConfig,
  order: TimestampOrder,
  coded: AsyncIterable<CodedFrame>,
  signal?: AbortSignal,
): AsyncGenerator<DecodedFrame<VideoFrame>, void, undefined> {
  let run = new DecoderRun(config, order);
  const sent = new SentPackets();
  /** The newest frame returned. */
  let given = -1;
  /** Replaces a failed decoder, and resends its packets, as far as they can be decoded. */
  async function* recover() {
    while (run.failed) {
      yield* take();
      const { order: known, unanswered, wasTakenAway } = run;
      run.close();
      const again = await sent.withoutRefused({
        unanswered,
        given,
        isRefused: async (packets) => !wasTakenAway && signal?.aborted !== true && isRefused(config, known, packets, signal),
        // If times do not give the display order, frames are counted, and a missing one would shift the others.
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
      // Decoders hold frames back for reordering; across a jump they would mix both sides.
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

/** Whether a decoder refuses any of the packets; decoding can start at the first. */
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
  /** Sent but unanswered packets, in decode order. */
  #sent: CodedFrame[] = [];
  #order: TimestampOrder;
  readonly #given: number;
  #newest = -Infinity;
  #needsKey = true;
  /** A packet was skipped since the last key frame. */
  #lacks = false;
  /** Times of artificial frames, µs, which are not returned. */
  readonly #artificial = new Set<number>();
  /** Frames before the first time are not decoded, and those before the second not returned. */
  #decodedFromMs = -Infinity;
  #rightFromMs = -Infinity;
  #wasTakenAway = false;
  #wake: () => void = () => undefined;

  /** @param given frames up to this number are not returned. */
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

  /** A failed decoder has closed itself. */
  get failed(): boolean {
    return this.#decoder.state === 'closed';
  }

  /** The browser reclaimed its resources while it was idle or the page hidden. */
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
    // Packets after a missing one depend on it.
    if (data === null) this.#needsKey = this.#lacks = true;
    if (data === null || (this.#needsKey && !key && !entry)) return false;
    if (key) {
      // Frames stored after it in an open group but displayed before it depend on the missing one too.
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

  /** Frames stored after it but displayed before it depend on missing frames. */
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
    // `failed` reports a failure.
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
    // Decoders return frames in display order: an earlier time than before shows that times follow decode order.
    if (frame.timestamp < this.#newest) this.#order = 'decode';
    this.#newest = Math.max(this.#newest, frame.timestamp);
    const coded = earliest(this.#order === 'decode' ? this.#sent : this.#sent.filter(({ timestampMs }) => microseconds(timestampMs) === frame.timestamp));
    if (!coded) {
      frame.close();
      return;
    }
    // Packets before it returned no frame.
    this.#sent = this.#sent.filter(({ number }) => number > coded.number);
    if (coded.timestampMs < this.#rightFromMs || coded.number <= this.#given) {
      frame.close();
      return;
    }
    this.#ready.push({ number: coded.number, frame });
  }
}

/** The first one in display order: several frames may have the same time. */
function earliest(coded: readonly CodedFrame[]): CodedFrame | undefined {
  return coded.reduce<CodedFrame | undefined>((best, each) => (best && best.number <= each.number ? best : each), undefined);
}

function microseconds(timeMs: number): number {
  return Math.round(timeMs * 1000);
}
