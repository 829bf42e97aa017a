import {
  BlobSource,
  EncodedPacketSink,
  Input,
  MP4,
  MPEG_TS,
  QTFF,
  UnsupportedInputFormatError,
  type EncodedPacket,
  type InputVideoTrack,
} from 'mediabunny';
import { MienError } from '../../engine/errors';
import type { Size } from '../../engine/geometry';
import type { LiveFrame } from '../../engine/types';
import type { FileFacts, FrameReading, FrameSelection, OpenOptions, SourceSample, VideoFileSource, VideoInfo } from '../video-file-source';
import { readBytes } from '../read-bytes';
import type { CodedFrame, Entry } from './coded-frame';
import { decodeChunks, type DecodedFrame } from './chunk-decoder';
import { decodePictures, displayedPicture, type PictureSizes, type PictureType } from './coded-pictures';
import { CONTAINERS, describe } from './container-info';
import { displayedFrame } from './displayed-frame';
import { decodedSize } from './decoded-size';
import { everything, filmOf } from './film-pieces';
import type { FrameIndex, Stretch } from './frame-index';
import { countMoments } from './moments';
import { H264Entries } from './h264-entry';
import { markStarts } from './h264-starts';
import { joinParts } from './joined-source';
import { joinClocks, lacksFramesAtEnd, listPackets, listWithKeys, markLostAtEnd, type PacketList } from './packet-list';
import { chooseTrack, type ChosenTrack, type Decoding } from './picture-tracks';
import { salvage } from './salvage';
import { withParameters, type ParameterChange } from './sample-descriptions';
import { sampleFrames, type FrameReader } from './sampled-frames';
import { TrackPackets } from './track-packets';

/** Codecs that store frames in display order. */
const IN_ORDER: ReadonlySet<string> = new Set(['vp8', 'vp9', 'av1']);

/** Key frames to examine in search of an IDR frame, which needs no artificial entry. */
const MOST_KEYS = 20;
/** Bytes of packets to search for places to start at, before the demuxer has read all: twenty seconds of the largest films. */
const MOST_START_BYTES = 256 << 20;
/** Frames displayed before a frame that precedes them in the file: twice as many as H.264 allows. */
const MOST_BETWEEN = 32;
/** Frames of a refresh that may drop earlier ones: as many as H.264 keeps. */
const MOST_FOLLOWING = 16;

/** Reads MP4, MOV, WebM, MKV and MPEG-TS with mediabunny. */
export async function openContainer(file: Blob, facts: FileFacts, { track: wanted }: OpenOptions): Promise<VideoFileSource> {
  const salvaged = await salvage(file);
  // A failed read-ahead also fails the read that needs those bytes.
  const [input, ...further] = [salvaged.file, ...(salvaged.fragments ? [salvaged.fragments] : [])].map(
    (part) => new Input({ source: new BlobSource(part, { handleUnhandledError: () => undefined }), formats: [...CONTAINERS.keys()] }),
  ) as [Input, ...Input[]];
  const dispose = () => [input, ...further].forEach((each) => each.dispose());
  try {
    const chosen = await chooseTrack(input, salvaged.file, wanted);
    const stretches = (await Promise.all(further.map((each) => each.getVideoTracks()))).flatMap((tracks) => tracks.filter(({ id }) => id === chosen.track.id));
    const sink = new TrackPackets([chosen.track, ...stretches]);
    const format = await input.getFormat();
    const isIso = format === MP4 || format === QTFF;
    const inOrder = IN_ORDER.has((await chosen.track.getCodec()) ?? '');
    const packets = await (inOrder ? listWithKeys(sink, salvaged, chosen.track, isIso) : listPackets(sink, salvaged));
    const isTransport = format === MPEG_TS;
    const entries = entriesOf(chosen.decoding);
    const changes = salvaged.changes?.get(chosen.track.id) ?? [];
    if (entries) await markStarts(described(sink, changes), entries, packets.listed, isTransport ? Infinity : MOST_START_BYTES);
    if (isTransport || salvaged.isChained || inOrder) joinClocks(packets.listed, inOrder);
    const cutShort = salvaged.cutShort || (isTransport && lacksFramesAtEnd(packets.listed));
    if (cutShort) markLostAtEnd(packets.listed);
    const shown = isIso ? salvaged.shown?.get(chosen.track.id) : everything(packets.listed);
    const film = filmOf(packets.listed, shown);
    const sized = await sizedTrack(chosen, isTransport);
    const info = await describe(facts, input, chosen, { ...film, size: sized.size, ...salvaged, cutShort });
    const coding = await codingOf(chosen.track, sized.decoding, info);
    const sourceOf = (index: FrameIndex, pieceInfo: VideoInfo) => new ContainerSource(file, dispose, sink, { coding, packets, index, info: pieceInfo, changes });
    const [index, ...others] = film.indices;
    if (others.length === 0) return sourceOf(index, info);
    let number = 0;
    const pieces = film.indices.map((each) => {
      const { startMs: fromMs, endMs: toMs, count } = each;
      number += count;
      return { source: sourceOf(each, { ...info, startMs: fromMs, endMs: toMs, frameCount: count }), fromMs, toMs, offsetMs: 0, number: number - count };
    });
    return joinParts(pieces, info);
  } catch (error) {
    dispose();
    throw await asVideoError(error, file);
  }
}

/** Null: not H.264. */
function entriesOf(decoding: Decoding): H264Entries | null {
  return 'config' in decoding && decoding.config.codec.startsWith('avc') ? new H264Entries(decoding.config.description) : null;
}

/** All frames with the parameters that apply to them. */
async function* described(sink: TrackPackets, changes: readonly ParameterChange[]): AsyncGenerator<{ readonly data: Uint8Array }, void, undefined> {
  let position = 0;
  for await (const { data } of sink.all({})) yield { data: changes.length > 0 ? withParameters(data, changes, position++) : data };
}

interface Sized {
  readonly decoding: Decoding;
  /** As displayed. */
  readonly size: Size;
}

/** Transport streams state no size, and the demuxer computes half the height from the parameters of interlaced pictures. */
async function sizedTrack({ track, decoding }: ChosenTrack, isTransport: boolean): Promise<Sized> {
  const stated = { decoding, size: { width: await track.getDisplayWidth(), height: await track.getDisplayHeight() } };
  if (!isTransport || !('config' in decoding)) return stated;
  const sink = new EncodedPacketSink(track);
  const first = (await sink.getFirstKeyPacket()) ?? (await sink.getFirstPacket());
  const entry = first && entriesOf(decoding)?.entryFor(first.data, []);
  const decoded = first && (await decodedSize(decoding.config, entry?.[0] ?? Uint8Array.from(first.data)));
  if (!decoded) return stated;
  const { num, den } = await track.getPixelAspectRatio();
  const { width, height } = decoded;
  const size = num > den ? { width: Math.round((width * num) / den), height } : { width, height: Math.round((height * den) / num) };
  const config = { ...decoding.config, codedWidth: width, codedHeight: height, displayAspectWidth: size.width, displayAspectHeight: size.height };
  return { decoding: { config }, size };
}

/** For packets, or for frames that are separate pictures. */
type Coding = { readonly config: VideoDecoderConfig } | { readonly picture: PictureType; readonly sizes: PictureSizes };

async function codingOf(track: InputVideoTrack, decoding: Decoding, { size, rotationDeg, mirrored }: VideoInfo): Promise<Coding> {
  if ('config' in decoding) return decoding;
  const coded = { width: await track.getCodedWidth(), height: await track.getCodedHeight() };
  const square = { width: await track.getSquarePixelWidth(), height: await track.getSquarePixelHeight() };
  return { ...decoding, sizes: { size, rotationDeg, mirrored, coded, square } };
}

/** Streams of a changed or removed file fail with an unspecific error, so read it once more. */
async function asVideoError(error: unknown, file: Blob): Promise<MienError> {
  if (error instanceof MienError) return error as MienError;
  if (error instanceof UnsupportedInputFormatError) return new MienError('video', 'not-a-video', '', error);
  const isThere = await readBytes(file, file.size - 1, file.size).then(
    () => true,
    () => false,
  );
  return new MienError('video', isThere ? 'damaged' : 'unreadable', error instanceof Error ? error.message : '', error);
}

interface Opened {
  readonly coding: Coding;
  readonly packets: PacketList;
  readonly index: FrameIndex;
  readonly info: VideoInfo;
  readonly changes: readonly ParameterChange[];
}

class ContainerSource implements VideoFileSource, FrameReader<LiveFrame> {
  readonly info: VideoInfo;
  readonly close: () => void;
  readonly #file: Blob;
  readonly #sink: TrackPackets;
  readonly #opened: Opened;
  /** Only for H.264. */
  readonly #entries: H264Entries | null;

  constructor(file: Blob, close: () => void, sink: TrackPackets, opened: Opened) {
    this.close = close;
    this.#file = file;
    this.#sink = sink;
    this.#opened = opened;
    this.#entries = 'config' in opened.coding ? entriesOf(opened.coding) : null;
    this.info = opened.info;
  }

  count(selection: FrameSelection): number {
    return countMoments(selection, this.#opened.index);
  }

  async *frames(selection: FrameSelection, reading: FrameReading = {}): AsyncGenerator<SourceSample, void, undefined> {
    try {
      yield* sampleFrames(this.#opened.index, this, selection, reading);
    } catch (error) {
      throw await asVideoError(error, this.#file);
    }
  }

  async *packets(stretches: Iterable<Stretch>): AsyncGenerator<CodedFrame, void, undefined> {
    const { packets, index, changes } = this.#opened;
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
        const { timestampMs = 0, key: isListedKey = false } = packets.listed[position] ?? {};
        const isKey = packets.examined ? isListedKey : type === 'key';
        const entry = isListedKey && !isKey ? await this.#entryFor(packet, position, position === from) : null;
        yield {
          number: index.numberOf(position),
          timestampMs,
          key: isKey,
          entry,
          afterJump: position === from && from !== passed + 1,
          data: data.length > 0 ? withParameters(data, isKey || entry ? changes : [], position) : null,
        };
      }
    }
  }

  /**
   * Containers list every random access point as a key frame. H.264 decoders start at IDR frames only, so find the last of these; if
   * decoding has passed it, continue. If there is none, use an artificial one.
   */
  async #decodableFrom(from: number, position: number): Promise<number> {
    const { packets, index, changes } = this.#opened;
    const entries = this.#entries;
    if (!entries) return from;
    let enterable = -1;
    let looked = 0;
    for (let key = from; key > position; key = index.keyBefore(key)) {
      if (position < 0 && enterable >= 0 && looked++ >= MOST_KEYS) break;
      let { position: at, packet } = packets.startBefore(key);
      for (; at < key; at++) packet = await this.#after(packet);
      if (packet && entries.isIdrFrame(packet.data)) return key;
      if (enterable < 0 && packet && entries.entryFor(withParameters(packet.data, changes, key), [], this.#isRenewed(key))) enterable = key;
    }
    return position < 0 && enterable >= 0 ? enterable : position + 1;
  }

  /** Entry for a frame that is not an IDR frame, taking the following ones into account. `begins`: decoding certainly starts with it. */
  async #entryFor(packet: EncodedPacket, position: number, begins: boolean): Promise<Entry | null> {
    const { changes, packets } = this.#opened;
    const { listed } = packets;
    const timeAt = (at: number) => listed[at]?.timestampMs ?? 0;
    const isRenewed = this.#isRenewed(position);
    const most = isRenewed ? MOST_FOLLOWING : 1;
    const following: Uint8Array[] = [];
    let next = begins ? await this.#after(packet) : null;
    for (let i = 1; next && i < MOST_BETWEEN && following.length < most; i++) {
      // The frames in between are displayed before it, and not decoded.
      if (timeAt(position + i) >= timeAt(position)) following.push(withParameters(next.data, changes, position + i));
      next = await this.#after(next);
    }
    const frames = this.#entries?.entryFor(withParameters(packet.data, changes, position), following, isRenewed);
    return frames ? { frames, rightFromMs: timeAt(listed[position]?.rightFrom ?? position) } : null;
  }

  #isRenewed(position: number): boolean {
    return this.#opened.packets.listed[position]?.rightFrom !== undefined;
  }

  decode(coded: AsyncIterable<CodedFrame>, signal?: AbortSignal): AsyncGenerator<DecodedFrame<LiveFrame>, void, undefined> {
    const { coding } = this.#opened;
    return 'config' in coding ? decodeChunks(coding.config, 'display', coded, signal) : decodePictures(coding.picture, coded);
  }

  display(frame: LiveFrame, timestampMs: number): LiveFrame {
    const { coding } = this.#opened;
    if (frame instanceof VideoFrame) return displayedFrame(frame, timestampMs, this.info);
    return 'sizes' in coding ? displayedPicture(frame, timestampMs, coding.sizes) : frame;
  }

  #after(packet: EncodedPacket | null): Promise<EncodedPacket | null> {
    return this.#sink.after(packet, { verifyKeyPackets: true });
  }
}
