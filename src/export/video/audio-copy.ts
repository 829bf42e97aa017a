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

/** Backward steps larger than this are a new clock, not rounding, s. */
const NEW_CLOCK_S = 0.1;

/** Sound to copy from a file into the video. */
export interface AudioWish {
  /** The file or its segments, each a file of its own. */
  readonly parts: readonly Blob[];
  /** Part to copy, ms on the container's clock, which may start below 0; `fromMs` becomes time 0. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** `none`: the file has no sound. `left-out`: the video's container does not support its codec, or the sound cannot be read. */
export type AudioOutcome = 'copied' | 'none' | 'left-out';

/** Copies a file's sound packets unchanged, without decoding. */
export class AudioCopy {
  readonly #inputs: readonly Input[];
  readonly #source: EncodedAudioPacketSource;
  readonly #config: AudioDecoderConfig;
  readonly #stretches: readonly EncodedPacketSink[];
  readonly #wish: AudioWish;
  /** Index of the next packet's segment. */
  #stretch = 0;
  /** Next packet to copy; undefined before the first, null after the last. */
  #next: EncodedPacket | null | undefined;

  private constructor(inputs: readonly Input[], source: EncodedAudioPacketSource, config: AudioDecoderConfig, stretches: readonly EncodedPacketSink[], wish: AudioWish) {
    this.#inputs = inputs;
    this.#source = source;
    this.#config = config;
    this.#stretches = stretches;
    this.#wish = wish;
  }

  /** Adds a track to an output that has not started yet, or returns the reason why not. */
  static async open(wish: AudioWish, output: Output): Promise<AudioCopy | Exclude<AudioOutcome, 'copied'>> {
    const inputs = wish.parts.map((part) => new Input({ source: new BlobSource(part), formats: [MP4, QTFF, MATROSKA, WEBM] }));
    const dispose = () => inputs.forEach((input) => input.dispose());
    try {
      const tracks = await audioTracks(inputs);
      const [track] = tracks;
      const codec = await track?.getCodec();
      const config = await track?.getDecoderConfig();
      if (!track || !codec || !config || !output.format.getSupportedAudioCodecs().includes(codec)) {
        dispose();
        return track ? 'left-out' : 'none';
      }
      const source = new EncodedAudioPacketSource(codec);
      output.addAudioTrack(source);
      return new AudioCopy(inputs, source, config, tracks.map((each) => new EncodedPacketSink(each)), wish);
    } catch {
      dispose();
      return 'left-out';
    }
  }

  /** Copies up to a time of the video, ms. If the file's sound ends early, so does the video's. */
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
    this.#inputs.forEach((input) => input.dispose());
  }

  async #begin(): Promise<void> {
    const from = this.#wish.fromMs / 1000;
    let first: EncodedPacket | null = null;
    for (let stretch = this.#stretches.length - 1; stretch >= 0 && !first; stretch--) {
      first = (await this.#stretches[stretch]?.getPacket(from).catch(() => null)) ?? null;
      this.#stretch = stretch;
    }
    let next = first ?? (await this.#stretches[0]?.getFirstPacket().catch(() => null)) ?? null;
    // Packets that start before the part would get a negative time.
    while (next && next.timestamp < from) next = await this.#after(next);
    this.#next = next;
  }

  /** Also null where the clock restarts, as in concatenated recordings. */
  async #after(packet: EncodedPacket): Promise<EncodedPacket | null> {
    let next = await this.#stretches[this.#stretch]?.getNextPacket(packet).catch(() => null);
    while (!next && this.#stretch + 1 < this.#stretches.length) next = await this.#stretches[++this.#stretch]?.getFirstPacket().catch(() => null);
    return next && next.timestamp >= packet.timestamp - NEW_CLOCK_S ? next : null;
  }
}

/** The first input's primary track, and the matching ones of further segments. */
async function audioTracks([input, ...further]: readonly Input[]): Promise<InputAudioTrack[]> {
  const track = await input?.getPrimaryAudioTrack();
  if (!track) return [];
  const others = (await Promise.all(further.map((each) => each.getAudioTracks()))).flat();
  return [track, ...others.filter(({ id }) => id === track.id)];
}
