import {
  BlobSource,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  Input,
  MATROSKA,
  MP4,
  QTFF,
  WEBM,
  type EncodedPacket,
  type InputAudioTrack,
  type Output,
} from 'mediabunny';

/** The sound of a file that is to go into the video with it. */
export interface AudioWish {
  readonly file: Blob;
  /** The part to take, ms from the file's zero; its start becomes time 0. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** `none`: the file has no sound. `left-out`: it has, but this kind of video does not hold its codec, or it cannot be read. */
export type AudioOutcome = 'copied' | 'none' | 'left-out';

/** Copies a file's sound into another as it is: nothing is decoded, and nothing is lost. */
export class AudioCopy {
  readonly #input: Input;
  readonly #source: EncodedAudioPacketSource;
  readonly #config: AudioDecoderConfig;
  readonly #packets: EncodedPacketSink;
  readonly #wish: AudioWish;
  /** The next packet to copy; undefined before the first, null after the last. */
  #next: EncodedPacket | null | undefined;

  private constructor(input: Input, source: EncodedAudioPacketSource, config: AudioDecoderConfig, track: InputAudioTrack, wish: AudioWish) {
    this.#input = input;
    this.#source = source;
    this.#config = config;
    this.#packets = new EncodedPacketSink(track);
    this.#wish = wish;
  }

  /** Adds a track to an output that has not started yet; or says why not. */
  static async open(wish: AudioWish, output: Output): Promise<AudioCopy | Exclude<AudioOutcome, 'copied'>> {
    const input = new Input({ source: new BlobSource(wish.file), formats: [MP4, QTFF, MATROSKA, WEBM] });
    try {
      const track = await input.getPrimaryAudioTrack();
      const codec = track && (await track.getCodec());
      const config = track && (await track.getDecoderConfig());
      const known = codec && config && output.format.getSupportedAudioCodecs().includes(codec);
      if (!known) {
        input.dispose();
        return track ? 'left-out' : 'none';
      }
      const source = new EncodedAudioPacketSource(codec);
      output.addAudioTrack(source);
      return new AudioCopy(input, source, config, track, wish);
    } catch {
      input.dispose();
      return 'left-out';
    }
  }

  /** Copies up to a time of the video, ms. Sound that breaks off in the file ends there in the video too. */
  async copyUntil(videoMs: number): Promise<void> {
    const { fromMs, toMs } = this.#wish;
    const untilMs = Math.min(toMs, fromMs + videoMs);
    if (this.#next === undefined) await this.#begin();
    for (let packet = this.#next; packet && packet.timestamp * 1000 < untilMs; packet = this.#next) {
      await this.#source.add(packet.clone({ timestamp: packet.timestamp - fromMs / 1000 }), { decoderConfig: this.#config });
      this.#next = await this.#after(packet);
    }
  }

  close(): void {
    this.#input.dispose();
  }

  async #begin(): Promise<void> {
    const from = this.#wish.fromMs / 1000;
    const first = await this.#packets.getPacket(from).catch(() => null);
    // What began before the part would have a time below 0.
    this.#next = first && first.timestamp < from ? await this.#after(first) : (first ?? (await this.#packets.getFirstPacket().catch(() => null)));
  }

  #after(packet: EncodedPacket): Promise<EncodedPacket | null> {
    return this.#packets.getNextPacket(packet).catch(() => null);
  }
}
