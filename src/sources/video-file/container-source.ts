import {
  BlobSource,
  EncodedPacketSink,
  Input,
  MATROSKA,
  MP4,
  MPEG_TS,
  QTFF,
  UnsupportedInputFormatError,
  WEBM,
  type EncodedPacket,
  type InputFormat,
  type InputVideoTrack,
} from 'mediabunny';
import { MienError } from '../../engine/errors';
import type { Size } from '../../engine/geometry';
import type { LiveFrame } from '../../engine/types';
import type { FrameReading, FrameSelection, SourceSample, VideoContainer, VideoFileSource, VideoInfo } from '../video-file-source';
import { isIdrFrame } from './annex-b';
import { decodeChunks, type CodedFrame } from './chunk-decoder';
import { codecName } from './codec-names';
import { supportedConfig } from './decoder-config';
import { displayedFrame } from './displayed-frame';
import { decodedSize } from './decoded-size';
import { FrameIndex, type Stretch } from './frame-index';
import { joinClocks, listPackets, type PacketList } from './packet-list';
import { salvage } from './salvage';
import type { Salvaged } from './salvaged-file';
import { sampleFrames, type FrameReader } from './sampled-frames';
import { transportStreamCodec } from './transport-stream-codec';

const CONTAINERS = new Map<InputFormat, VideoContainer>([
  [MP4, 'mp4'],
  [QTFF, 'mov'],
  [WEBM, 'webm'],
  [MATROSKA, 'mkv'],
  [MPEG_TS, 'mpeg-ts'],
]);

/** MP4, MOV, WebM, MKV and MPEG-TS, through mediabunny. */
export async function openContainer(file: Blob): Promise<VideoFileSource> {
  const salvaged = await salvage(file);
  // What a failed read leaves behind shows in the read that wants those bytes.
  const source = new BlobSource(salvaged.file, { handleUnhandledError: () => undefined });
  const input = new Input({ source, formats: [...CONTAINERS.keys()] });
  try {
    const track = await pictureTrack(input, salvaged.file);
    const stated = await decoderConfig(track);
    const packets = await listPackets(track, salvaged);
    const isTransport = (await input.getFormat()) === MPEG_TS;
    if (isTransport || salvaged.isChained) joinClocks(packets.listed, isTransport);
    const index = new FrameIndex(packets.listed);
    const sized = isTransport ? await sizedByDecoder(track, stated) : await sizedByFile(track, stated);
    return new ContainerSource(input, track, { config: sized.config, packets, index, info: await describe(file, input, track, { index, ...sized, ...salvaged }) });
  } catch (error) {
    input.dispose();
    throw asVideoError(error);
  }
}

async function pictureTrack(input: Input, file: Blob): Promise<InputVideoTrack> {
  const track = await input.getPrimaryVideoTrack();
  if (track) return track;
  // Tracks of a transport stream with unknown codecs are not listed.
  const isTransport = (await input.getFormat()) === MPEG_TS;
  const codec = isTransport ? await transportStreamCodec(file) : null;
  if (codec !== null) throw new MienError('video', 'codec-unsupported', codecName(codec));
  if (isTransport || (await input.getTracks()).length > 0) throw new MienError('video', 'no-picture', 'no video track');
  throw new MienError('video', 'damaged', 'no track');
}

async function decoderConfig(track: InputVideoTrack): Promise<VideoDecoderConfig> {
  const written = await track.getDecoderConfig();
  const config = written && (await supportedConfig(written));
  if (config) return config;
  const id = (await track.getCodec()) ?? (await track.getInternalCodecId());
  throw new MienError('video', 'codec-unsupported', codecName(typeof id === 'string' ? id : ''));
}

interface Sized {
  readonly config: VideoDecoderConfig;
  /** As displayed. */
  readonly size: Size;
}

async function sizedByFile(track: InputVideoTrack, config: VideoDecoderConfig): Promise<Sized> {
  return { config, size: { width: await track.getDisplayWidth(), height: await track.getDisplayHeight() } };
}

/** A transport stream states no size, and the demuxer reads half the height from the parameters of interlaced pictures. */
async function sizedByDecoder(track: InputVideoTrack, stated: VideoDecoderConfig): Promise<Sized> {
  const first = await new EncodedPacketSink(track).getFirstKeyPacket();
  const decoded = first && (await decodedSize(stated, Uint8Array.from(first.data)));
  if (!decoded) return sizedByFile(track, stated);
  const { num, den } = await track.getPixelAspectRatio();
  const { width, height } = decoded;
  const size = num > den ? { width: Math.round((width * num) / den), height } : { width, height: Math.round((height * den) / num) };
  return { config: { ...stated, codedWidth: width, codedHeight: height, displayAspectWidth: size.width, displayAspectHeight: size.height }, size };
}

interface Described extends Pick<Salvaged, 'cutShort'>, Pick<Sized, 'size'> {
  readonly index: FrameIndex;
}

async function describe(file: Blob, input: Input, track: InputVideoTrack, { index, size, cutShort }: Described): Promise<VideoInfo> {
  const rates = await track.computeFrameRateMetrics();
  return {
    name: file instanceof File ? file.name : '',
    bytes: file.size,
    container: CONTAINERS.get(await input.getFormat()) ?? 'mp4',
    codec: (await track.getCodecParameterString()) ?? '',
    codecName: codecName((await track.getCodec()) ?? ''),
    size,
    rotationDeg: await track.getRotation(),
    startMs: index.startMs,
    endMs: index.endMs,
    brokenOffAtMs: cutShort ? index.endMs : null,
    frameRate: index.count > 1 ? rates.bestGuessFrameRate : 1000 / index.intervalMs,
    variableFrameRate: index.count > 1 && !rates.frameRateIsConstant,
  };
}

function asVideoError(error: unknown): MienError {
  if (error instanceof MienError) return error as MienError;
  if (error instanceof UnsupportedInputFormatError) return new MienError('video', 'not-a-video', '', error);
  const gone = error instanceof DOMException && (error.name === 'NotReadableError' || error.name === 'NotFoundError');
  return new MienError('video', gone ? 'unreadable' : 'damaged', error instanceof Error ? error.message : '', error);
}

interface Opened {
  readonly config: VideoDecoderConfig;
  readonly packets: PacketList;
  readonly index: FrameIndex;
  readonly info: VideoInfo;
}

class ContainerSource implements VideoFileSource, FrameReader<VideoFrame> {
  readonly info: VideoInfo;
  readonly #input: Input;
  readonly #sink: EncodedPacketSink;
  readonly #opened: Opened;

  constructor(input: Input, track: InputVideoTrack, opened: Opened) {
    this.#input = input;
    this.#sink = new EncodedPacketSink(track);
    this.#opened = opened;
    this.info = opened.info;
  }

  async *frames(selection: FrameSelection, reading: FrameReading = {}): AsyncGenerator<SourceSample, void, undefined> {
    try {
      yield* sampleFrames(this.#opened.index, this, selection, reading);
    } catch (error) {
      throw asVideoError(error);
    }
  }

  close(): void {
    this.#input.dispose();
  }

  async *packets(stretches: Iterable<Stretch>): AsyncGenerator<CodedFrame, void, undefined> {
    const { packets, index } = this.#opened;
    let position = -1;
    let packet: EncodedPacket | null = null;
    for (const stretch of stretches) {
      const { to } = stretch;
      const from = await this.#decodableFrom(stretch.from, position);
      const passed = position;
      const start = packets.startBefore(from);
      if (start.position > position) ({ position, packet } = start);
      while (position < to) {
        packet = await this.#after(packet);
        position++;
        if (!packet) return;
        const { data, type } = packet;
        if (position < from) continue;
        yield {
          number: index.numberOf(position),
          timestampMs: packets.listed[position]?.timestampMs ?? 0,
          key: type === 'key',
          afterJump: position === from && from !== passed + 1,
          data: data.length > 0 ? Uint8Array.from(data) : null,
        };
      }
    }
  }

  /**
   * Containers list every place where a player may start as a key frame. Decoders of H.264 start at IDR frames only, so the
   * last of these is looked for; where decoding has passed it, it just goes on.
   */
  async #decodableFrom(from: number, position: number): Promise<number> {
    const { config, packets, index } = this.#opened;
    if (!config.codec.startsWith('avc')) return from;
    for (let key = from; key > position; key = index.keyBefore(key)) {
      let { position: at, packet } = packets.startBefore(key);
      for (; at < key; at++) packet = await this.#after(packet);
      if (packet && isIdrFrame(packet.data, config.description)) return key;
    }
    return position + 1;
  }

  decode(coded: AsyncIterable<CodedFrame>) {
    return decodeChunks(this.#opened.config, 'display', coded);
  }

  display(frame: VideoFrame, timestampMs: number): LiveFrame {
    return displayedFrame(frame, timestampMs, this.info);
  }

  #after(packet: EncodedPacket | null): Promise<EncodedPacket | null> {
    const options = { verifyKeyPackets: true };
    return packet ? this.#sink.getNextPacket(packet, options) : this.#sink.getFirstPacket(options);
  }
}
