import { EncodedPacketSink, MPEG_TS, type Input, type InputVideoTrack } from 'mediabunny';
import { MienError } from '../../engine/errors';
import type { TrackInfo } from '../video-file-source';
import { codecName } from './codec-names';
import { pictureTypeOf, type PictureType } from './coded-pictures';
import { supportedConfig } from './decoder-config';
import { FileWindow } from './file-window';
import { BOX_WINDOW_BYTES, hasOnlyOtherTracks } from './iso-boxes';
import { VFW_CODEC_ID, vfwCodec, videoEncoding } from './matroska-encodings';
import { programsOf, transportStreamCodec } from './transport-stream-codec';
import { undeclaredVideo } from './undeclared-video';

/** Decoder for a track's packets. */
export type Decoding = { readonly config: VideoDecoderConfig } | { readonly picture: PictureType };

export interface ChosenTrack {
  readonly track: InputVideoTrack;
  readonly decoding: Decoding;
  /** All video tracks, and the index of this one. */
  readonly tracks: readonly TrackInfo[];
  readonly index: number;
  readonly codec: CodecIds;
}

interface CodecIds {
  /** As the container writes it; null: not as text. */
  readonly written: string | null;
  /** The demuxer's, for Motion JPEG in an MP4 that of its frames, or as written. */
  readonly id: string;
}

/**
 * Chooses the video track to read: the file's default, or the first that can be decoded.
 *
 * @param wanted index of another.
 * @throws MienError `video/codec-unsupported`, `video/no-picture`, `video/no-frames`, `video/encrypted`, `video/nothing-in-range` for an
 *   invalid index.
 */
export async function chooseTrack(input: Input, file: Blob, wanted?: number): Promise<ChosenTrack> {
  const moving = await movingTracks(input);
  const codecs = await Promise.all(moving.map((track) => codecIds(track, file)));
  const tracks = await Promise.all(moving.map((track, i) => trackInfo(track, codecs[i]?.id ?? '')));
  const defaults = await Promise.all(moving.map(async (track) => (await track.getDisposition()).default));
  const indices = moving.map((_, index) => index);
  const order = wanted === undefined ? [...indices.filter((index) => defaults[index]), ...indices.filter((index) => !defaults[index])] : [wanted];
  for (const index of order) {
    const [track, codec] = [moving[index], codecs[index]];
    const decoding = track && (await decodingOf(track));
    if (decoding && codec) return { track, decoding, tracks, index, codec };
  }
  const first = moving[order[0] ?? 0];
  if (first && (await isEncrypted(first))) throw new MienError('video', 'encrypted');
  const named = tracks[order[0] ?? 0];
  if (named) throw new MienError('video', 'codec-unsupported', named.codecName);
  if (moving.length > 0) throw new MienError('video', 'nothing-in-range', `track ${wanted ?? 0} of ${moving.length}`);
  throw await withoutTrack(input, file);
}

/** Video tracks without covers: tracks of a single packet beside others. */
async function movingTracks(input: Input): Promise<InputVideoTrack[]> {
  const all = await input.getVideoTracks();
  if (all.length < 2) return all;
  const moving = await Promise.all(
    all.map(async (track) => {
      const sink = new EncodedPacketSink(track);
      const first = await sink.getFirstPacket({ metadataOnly: true });
      return first !== null && (await sink.getNextPacket(first, { metadataOnly: true })) !== null;
    }),
  );
  return moving.includes(true) ? all.filter((_, i) => moving[i]) : all;
}

async function trackInfo(track: InputVideoTrack, id: string): Promise<TrackInfo> {
  return { codecName: codecName(id), size: { width: await track.getDisplayWidth(), height: await track.getDisplayHeight() } };
}

async function codecIds(track: InputVideoTrack, file: Blob): Promise<CodecIds> {
  const internal = await track.getInternalCodecId();
  const written = internal === VFW_CODEC_ID ? await vfwCodec(file, track.id) : internal;
  const own = typeof written === 'string' ? written : null;
  return { written: own, id: (await track.getCodec()) ?? (await pictureType(track)) ?? own ?? '' };
}

/** Null: this browser cannot decode it. */
async function decodingOf(track: InputVideoTrack): Promise<Decoding | null> {
  if (await isEncrypted(track)) return null;
  const written = await track.getDecoderConfig();
  const config = written && (await supportedConfig(written));
  if (config) return { config };
  const picture = written ? null : await pictureType(track);
  return picture && { picture };
}

/** The demuxer lists an encrypted track with the codec of its frames, which it cannot return. */
async function isEncrypted(track: InputVideoTrack): Promise<boolean> {
  return (await track.getInternalCodecId()) === 'encv';
}

async function pictureType(track: InputVideoTrack): Promise<PictureType | null> {
  if (await isEncrypted(track)) return null;
  const first = await new EncodedPacketSink(track).getFirstPacket();
  return first && pictureTypeOf(first.data);
}

async function withoutTrack(input: Input, file: Blob): Promise<MienError> {
  // The demuxer lists no tracks with unknown codecs of a transport stream.
  const isTransport = (await input.getFormat()) === MPEG_TS;
  const codec = isTransport ? ((await transportStreamCodec(file)) ?? (await undeclaredVideo(file))) : null;
  if (codec !== null) return new MienError('video', 'codec-unsupported', codecName(codec));
  const encoding = isTransport ? null : await videoEncoding(file);
  if (encoding === 'encrypted') return new MienError('video', 'encrypted');
  if (encoding === 'compressed') return new MienError('video', 'container-unsupported', 'MKV with compressed frames');
  const tracks = await input.getTracks();
  // The demuxer lists no subtitles and data.
  const isOther = tracks.length > 0 || (isTransport && (await programsOf(file)).length > 0) || encoding === 'no-video' || (await hasOnlyOtherTracks(new FileWindow(file, BOX_WINDOW_BYTES)));
  if (isOther) return new MienError('video', 'no-picture', 'no video track');
  return new MienError('video', 'no-frames', 'no track');
}
