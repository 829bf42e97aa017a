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

/** A step back of so much is more than rounding, s. */
const NEW_CLOCK_S = 0.1;

/** The sound of a file that is to go into the video with it. */
export interface AudioWish {
  /** The file, or its stretches, each a file of its own. */
  readonly parts: readonly Blob[];
  /** The part to take, ms on the container's own clock, which may begin below 0; its start becomes time 0. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** `none`: the file has no sound. `left-out`: it has, but this kind of video does not hold its codec, or it cannot be read. */
export type AudioOutcome = 'copied' | 'none' | 'left-out';

/** Copies a file's sound into another as it is: nothing is decoded, and nothing is lost. */
export class AudioCopy {
  readonly #inputs: readonly Input[];
  readonly #source: EncodedAudioPacketSource;
  readonly #config: AudioDecoderConfig;
  readonly #stretches: readonly EncodedPacketSink[];
  readonly #wish: AudioWish;
  /** That of the next packet. */
  #stretch = 0;
  /** The next packet to copy; undefined before the first, null after the last. */
  #next: EncodedPacket | null | undefined;

  private constructor(inputs: readonly Input[], source: EncodedAudioPacketSource, config: AudioDecoderConfig, stretches: readonly EncodedPacketSink[], wish: AudioWish) {
    this.#inputs = inputs;
    this.#source = source;
    this.#config = config;
    this.#stretches = stretches;
    this.#wish = wish;
  }

  /** Adds a track to an output that has not started yet; or says why not. */
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
    // What began before the part would have a time below 0.
    while (next && next.timestamp < from) next = await this.#after(next);
    this.#next = next;
  }

  /** Null too where the clock begins anew, as in recordings that were joined. */
  async #after(packet: EncodedPacket): Promise<EncodedPacket | null> {
    let next = await this.#stretches[this.#stretch]?.getNextPacket(packet).catch(() => null);
    while (!next && this.#stretch + 1 < this.#stretches.length) next = await this.#stretches[++this.#stretch]?.getFirstPacket().catch(() => null);
    return next && next.timestamp >= packet.timestamp - NEW_CLOCK_S ? next : null;
  }
}

/** The first one's sound, and its further stretches. */
async function audioTracks([input, ...further]: readonly Input[]): Promise<InputAudioTrack[]> {
  const track = await input?.getPrimaryAudioTrack();
  if (!track) return [];
  const others = (await Promise.all(further.map((each) => each.getAudioTracks()))).flat();
  return [track, ...others.filter(({ id }) => id === track.id)];
}
