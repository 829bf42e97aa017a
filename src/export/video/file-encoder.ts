import { EncodedPacket, EncodedVideoPacketSource, Mp4OutputFormat, Output, StreamTarget, WebMOutputFormat, type StreamTargetChunk } from 'mediabunny';
import { MienError } from '../../engine/errors';
import { SerialQueue } from '../../engine/serial-queue';
import type { FilePlace } from '../../session/device-files';
import { AudioCopy, type AudioOutcome, type AudioWish } from './audio-copy';
import { chooseCodec, type CodecChoice, type EncodingWish } from './codec-choice';
import { openBytes, type WrittenBytes } from './written-bytes';

export interface FileEncoderOptions extends EncodingWish {
  /** Target file. */
  readonly place: FilePlace;
  readonly audio: AudioWish | null;
}

/** In live video every keyframe starts a fragment, so a killed tab loses at most one. */
const KEY_FRAME_EVERY_MS = { live: 1000, other: 2000 };
/** Limit of the encoder's queue; more would only use memory. */
const MOST_QUEUED = 4;

/** Encodes and writes the frames of one video file in sequence. */
export class FileEncoder {
  readonly audio: AudioOutcome;
  readonly #options: FileEncoderOptions;
  readonly #bytes: WrittenBytes;
  readonly #output: Output;
  readonly #source: EncodedVideoPacketSource;
  readonly #sound: AudioCopy | null;
  readonly #config: VideoEncoderConfig;
  #encoder: VideoEncoder;
  #failure: unknown = null;
  #lastUs = -1;
  #lastKeyMs = -Infinity;
  /** Pending packet writes. */
  readonly #writes = new SerialQueue();
  #packets = 0;

  private constructor(options: FileEncoderOptions, codec: CodecChoice, bytes: WrittenBytes, muxer: Muxer) {
    this.#options = options;
    this.#bytes = bytes;
    this.#output = muxer.output;
    this.#source = muxer.source;
    this.#sound = muxer.sound instanceof AudioCopy ? muxer.sound : null;
    this.audio = muxer.sound instanceof AudioCopy ? 'copied' : muxer.sound;
    this.#config = codec.config;
    this.#encoder = this.#newEncoder();
  }

  /** @throws MienError of kind `encoding`. */
  static async create(options: FileEncoderOptions): Promise<FileEncoder> {
    const codec = await chooseCodec(options);
    const bytes = await openBytes(options.place);
    try {
      return new FileEncoder(options, codec, bytes, await startMuxer(options, codec, bytes));
    } catch (error) {
      await bytes.discard();
      throw asEncodingError(error);
    }
  }

  /**
   * Takes a frame and closes it. Resolves when there is room for the next one.
   * Times must rise; a frame that is not later than the previous one is skipped.
   *
   * @throws MienError `encoding/disk-full` or `encoding/failed`; a live video can still be finished with what was written.
   */
  async add(frame: VideoFrame, timestampMs: number): Promise<void> {
    // The first frame stands from the start, since nothing is shown before it.
    const timestamp = this.#lastUs < 0 ? 0 : Math.round(timestampMs * 1000);
    // Only the last frame's duration counts: any other frame lasts until the next.
    const timed = new VideoFrame(frame, { timestamp, duration: Math.round(1e6 / this.#options.frameRate), alpha: 'discard' });
    frame.close();
    try {
      this.#check();
      if (timestamp <= this.#lastUs) return;
      this.#lastUs = timestamp;
      if (this.#encoder.state === 'closed') this.#encoder = this.#newEncoder();
      const keyFrame = timestampMs >= this.#lastKeyMs + KEY_FRAME_EVERY_MS[this.#options.live ? 'live' : 'other'];
      if (keyFrame) this.#lastKeyMs = timestampMs;
      this.#encoder.encode(timed, { keyFrame });
    } finally {
      timed.close();
    }
    while (this.#encoder.encodeQueueSize > MOST_QUEUED) {
      await new Promise((resolve) => this.#encoder.addEventListener('dequeue', resolve, { once: true }));
    }
    await this.#writes.settled();
    await this.#sound?.copyUntil(timestampMs);
    this.#check();
  }

  /**
   * Finishes the file. A live one is already complete on disk, so after a failure it holds everything written before.
   *
   * @throws MienError `encoding/nothing-written` without frames, else like `add`.
   */
  async finish(): Promise<Blob> {
    try {
      // A failed encoder is already closed and cannot be flushed.
      if (this.#encoder.state === 'configured') await this.#encoder.flush().catch((error: unknown) => this.#fail(error));
      await this.#writes.settled();
      if (this.#packets === 0) throw new MienError('encoding', 'nothing-written', '', this.#failure);
      if (!this.#options.live) this.#check();
      await this.#sound?.copyUntil(this.#lastUs / 1000 + 1000 / this.#options.frameRate);
      await this.#output.finalize();
    } catch (error) {
      if (!this.#options.live || this.#packets === 0) {
        await this.cancel();
        throw asEncodingError(error);
      }
    }
    this.#release();
    return this.#bytes.take(`video/${this.#options.format}`);
  }

  /** Discards the file. */
  async cancel(): Promise<void> {
    this.#release();
    await this.#output.cancel().catch(() => undefined);
    await this.#bytes.discard();
  }

  #release(): void {
    if (this.#encoder.state !== 'closed') this.#encoder.close();
    this.#sound?.close();
  }

  #newEncoder(): VideoEncoder {
    const encoder = new VideoEncoder({
      output: (chunk, meta) => this.#write(chunk, meta),
      error: (error) => {
        // Browsers reclaim an encoder that was idle for long, as in a pause; the next frame creates a new one.
        if (error.name !== 'QuotaExceededError') this.#fail(error);
      },
    });
    encoder.configure(this.#config);
    this.#lastKeyMs = -Infinity;
    return encoder;
  }

  #write(chunk: EncodedVideoChunk, meta?: EncodedVideoChunkMetadata): void {
    this.#packets++;
    const packet = EncodedPacket.fromEncodedChunk(chunk);
    this.#writes.add(() => this.#source.add(packet, meta)).catch((error: unknown) => this.#fail(error));
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
  }

  #check(): void {
    if (this.#failure !== null) throw asEncodingError(this.#failure);
  }
}

interface Muxer {
  readonly output: Output;
  readonly source: EncodedVideoPacketSource;
  readonly sound: AudioCopy | Exclude<AudioOutcome, 'copied'>;
}

async function startMuxer({ format, audio, live }: FileEncoderOptions, { name }: CodecChoice, bytes: WrittenBytes): Promise<Muxer> {
  const target = new StreamTarget(
    new WritableStream<StreamTargetChunk>({ write: ({ data, position }) => bytes.write(data, position) }),
  );
  // Fragments keep the file playable if the tab is killed or the disk is full. Otherwise the index goes to the end:
  // at the front, it would require the whole file in memory or a second pass.
  const fastStart = live ? 'fragmented' : false;
  const container = format === 'mp4' ? new Mp4OutputFormat({ fastStart }) : new WebMOutputFormat();
  const output = new Output({ format: container, target });
  const source = new EncodedVideoPacketSource(name);
  output.addVideoTrack(source);
  const sound = audio ? await AudioCopy.open(audio, output) : 'none';
  await output.start();
  return { output, source, sound };
}

function asEncodingError(error: unknown): MienError {
  if (error instanceof MienError) return error as MienError;
  const full = error instanceof DOMException && error.name === 'QuotaExceededError';
  return new MienError('encoding', full ? 'disk-full' : 'failed', error instanceof Error ? error.message : '', error);
}
