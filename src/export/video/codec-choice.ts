import { MienError } from '../../engine/errors';
import type { Size } from '../../engine/geometry';
import { VIDEO_FORMATS, type VideoFormat } from './recording-options';

export interface EncodingWish {
  /** Video size in pixels; both sides even. */
  readonly size: Size;
  readonly format: VideoFormat;
  /** Expected frames per second; the actual rate may differ. */
  readonly frameRate: number;
  /** Frames come from a camera, so the encoder must run in real time. */
  readonly live: boolean;
}

/** mediabunny's codec names. */
export type CodecName = 'avc' | 'vp9' | 'vp8' | 'av1';

export interface CodecChoice {
  readonly name: CodecName;
  readonly config: VideoEncoderConfig;
}

/** Largest picture within level 4.0 of H.264, VP9 and AV1 at 30 frames a second, pixels. */
const LEVEL_4_PIXELS = 1920 * 1088;
/** Bits per pixel and frame: 2.8 Mbit/s for 1280×720 at 30 frames a second. */
const BITS_PER_PIXEL = 0.1;
const LEAST_BITS_PER_SECOND = 500_000;
const MOST_BITS_PER_SECOND = 20_000_000;

/**
 * MP4 only takes H.264, since many players reject other codecs in it. In WebM, VP9 has the best ratio of size to
 * cost, VP8 is supported everywhere, and AV1 encodes slowly.
 */
function candidates(format: VideoFormat, { width, height }: Size): [CodecName, string][] {
  const level4 = width * height <= LEVEL_4_PIXELS;
  if (format === 'mp4') {
    const level = level4 ? '28' : '33';
    return [`avc1.6400${level}`, `avc1.4d00${level}`, `avc1.42e0${level}`].map((codec) => ['avc', codec]);
  }
  return [
    ['vp9', level4 ? 'vp09.00.40.08' : 'vp09.00.51.08'],
    ['vp8', 'vp8'],
    ['av1', level4 ? 'av01.0.08M.08' : 'av01.0.13M.08'],
  ];
}

function bitsPerSecond({ width, height }: Size, frameRate: number): number {
  const wanted = width * height * frameRate * BITS_PER_PIXEL;
  return Math.round(Math.min(MOST_BITS_PER_SECOND, Math.max(LEAST_BITS_PER_SECOND, wanted)));
}

/** Makes both sides even, as encoders require; an odd side loses its last row or column. */
export function evenSize({ width, height }: Size): Size {
  return { width: Math.max(2, width - (width % 2)), height: Math.max(2, height - (height % 2)) };
}

/**
 * The first supported encoder for the given parameters.
 *
 * @throws MienError `encoding/no-webcodecs` or `encoding/no-codec`.
 */
export async function chooseCodec({ size, format, frameRate, live }: EncodingWish): Promise<CodecChoice> {
  // Typed as always present, but missing in older browsers and insecure contexts.
  if ((globalThis.VideoEncoder as typeof VideoEncoder | undefined) === undefined) throw new MienError('encoding', 'no-webcodecs');
  for (const [name, codec] of candidates(format, size)) {
    const config: VideoEncoderConfig = {
      codec,
      ...size,
      bitrate: bitsPerSecond(size, frameRate),
      framerate: frameRate,
      latencyMode: live ? 'realtime' : 'quality',
    };
    // Rejects in browsers that do not know a config value.
    const support = await VideoEncoder.isConfigSupported(config).catch(() => null);
    if (support?.supported) return { name, config };
  }
  throw new MienError('encoding', 'no-codec', `${format}, ${size.width}×${size.height}`);
}

/** Formats that this browser can write at this size; empty without an encoder. */
export async function writableFormats(size: Size, frameRate: number): Promise<VideoFormat[]> {
  const wishes = VIDEO_FORMATS.map((format) => ({ size: evenSize(size), format, frameRate, live: true }));
  const works = await Promise.all(wishes.map((wish) => chooseCodec(wish).then(() => true, () => false)));
  return VIDEO_FORMATS.filter((_, i) => works[i]);
}
