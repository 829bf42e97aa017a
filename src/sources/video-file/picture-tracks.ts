import { EncodedPacketSink, MPEG_TS, type Input, type InputVideoTrack } from 'mediabunny';
import { MienError } from '../../engine/errors';
import type { TrackInfo } from '../video-file-source';
import { codecName } from './codec-names';
import { pictureTypeOf, type PictureType } from './coded-pictures';
import { supportedConfig } from './decoder-config';
import { FileWindow } from './file-window';
import { BOX_WINDOW_BYTES, hasOnlyOtherTracks } from './iso-boxes';
import { videoEncoding } from './matroska-encodings';
import { transportStreamCodec } from './transport-stream-codec';

/** Decoder for a track's packets. */
export type Decoding = { readonly config: VideoDecoderConfig } | { readonly picture: PictureType };

export interface ChosenTrack {
  readonly track: InputVideoTrack;
  readonly decoding: Decoding;
  /** All video tracks, and the index of this one. */
  readonly tracks: readonly TrackInfo[];
  readonly index: number;
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
  const tracks = await Promise.all(moving.map(trackInfo));
  const defaults = await Promise.all(moving.map(async (track) => (await track.getDisposition()).default));
  const indices = moving.map((_, index) => index);
  const order = wanted === undefined ? [...indices.filter((index) => defaults[index]), ...indices.filter((index) => !defaults[index])] : [wanted];
  for (const index of order) {
    const track = moving[index];
    const decoding = track && (await decodingOf(track));
    if (decoding) return { track, decoding, tracks, index };
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

async function trackInfo(track: InputVideoTrack): Promise<TrackInfo> {
  return { codecName: codecName(await codecId(track)), size: { width: await track.getDisplayWidth(), height: await track.getDisplayHeight() } };
}

/** Codec string from the file; for Motion JPEG in an MP4, from its frames. */
export async function codecId(track: InputVideoTrack): Promise<string> {
  const known = await track.getCodec();
  if (known !== null) return known;
  const picture = await pictureType(track);
  if (picture !== null) return picture;
  const id = await track.getInternalCodecId();
  return typeof id === 'string' ? id : '';
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
  // Tracks of a transport stream with unknown codecs are not listed.
  const isTransport = (await input.getFormat()) === MPEG_TS;
  const codec = isTransport ? await transportStreamCodec(file) : null;
  if (codec !== null) return new MienError('video', 'codec-unsupported', codecName(codec));
  const encoding = isTransport ? null : await videoEncoding(file);
  if (encoding === 'encrypted') return new MienError('video', 'encrypted');
  if (encoding === 'compressed') return new MienError('video', 'container-unsupported', 'MKV with compressed frames');
  const tracks = await input.getTracks();
  // A stream declared as private may well be video.
  if (isTransport && tracks.length === 0) return new MienError('video', 'codec-unsupported', codecName(''));
  // The demuxer lists no subtitles and data.
  const isOther = tracks.length > 0 || encoding === 'no-video' || (await hasOnlyOtherTracks(new FileWindow(file, BOX_WINDOW_BYTES)));
  if (isOther) return new MienError('video', 'no-picture', 'no video track');
  return new MienError('video', 'no-frames', 'no track');
}
