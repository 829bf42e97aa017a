import {
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  MkvOutputFormat,
  Mp4OutputFormat,
  MpegTsOutputFormat,
  Output,
  WebMOutputFormat,
  type OutputFormat,
} from 'mediabunny';
import type { Size } from '../engine/geometry';
import type { LiveFrame } from '../engine/types';

const FORMATS = {
  mp4: () => new Mp4OutputFormat({ fastStart: 'in-memory' }),
  'unfinished mp4': () => new Mp4OutputFormat({ fastStart: false }),
  'fragmented mp4': () => new Mp4OutputFormat({ fastStart: 'fragmented', minimumFragmentDuration: 0.5 }),
  webm: () => new WebMOutputFormat({ minimumClusterDuration: 0.5 }),
  'streamed webm': () => new WebMOutputFormat({ appendOnly: true, minimumClusterDuration: 0.5 }),
  mkv: () => new MkvOutputFormat({ minimumClusterDuration: 0.5 }),
  ts: () => new MpegTsOutputFormat(),
} satisfies Record<string, () => OutputFormat>;

const CODECS = { avc: 'avc1.42001f', vp8: 'vp8', vp9: 'vp09.00.10.08' } as const;

export interface ClipOptions {
  readonly format: keyof typeof FORMATS;
  readonly codec: keyof typeof CODECS;
  /** Start of each frame, ms. The last one lasts as long as the one before. */
  readonly timesMs: readonly number[];
  /** Frames per keyframe. */
  readonly keyEvery?: number;
  /** Size of a frame, by its number. */
  readonly sizeOf?: (number: number) => Size;
  /** Picture of a frame, by its number; default: the number itself. */
  readonly paint?: (number: number, size: Size) => OffscreenCanvas;
  /** A second video track, with its own frame numbers. */
  readonly beside?: Pick<ClipOptions, 'timesMs' | 'sizeOf'> & { readonly isDefault: boolean };
}

export const USUAL_SIZE: Size = { width: 160, height: 120 };
/** Cells of a frame's picture that encode its number in binary, white for 1. */
const CELLS = 10;

export const evenly = (count: number, framesPerSecond: number): number[] => Array.from({ length: count }, (_, i) => (i * 1000) / framesPerSecond);

/** A video whose frames each show their own number, or the result of `paint`. */
export async function countedClip(options: ClipOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { format, codec, beside } = options;
  const target = new BufferTarget();
  const output = new Output({ format: FORMATS[format](), target });
  const tracks = [options, ...(beside ? [{ ...options, ...beside }] : [])];
  const sources = tracks.map(() => new EncodedVideoPacketSource(codec));
  sources.forEach((source, i) => output.addVideoTrack(source, beside ? { disposition: { default: (i === 1) === beside.isDefault } } : {}));
  await output.start();
  await Promise.all(sources.map(async (source, i) => {
    for (const { packet, meta } of await encode(tracks[i] ?? options)) await source.add(packet, meta);
    source.close();
  }));
  await output.finalize();
  return new Uint8Array(target.buffer ?? new ArrayBuffer(0));
}

/** The same frames as motion JPEG, as webcams write into MOV and MP4. */
export async function jpegClip(timesMs: readonly number[], paint = paintNumber, size = USUAL_SIZE): Promise<Uint8Array<ArrayBuffer>> {
  const target = new BufferTarget();
  const output = new Output({ format: FORMATS.mp4(), target });
  const source = new EncodedVideoPacketSource('vp8');
  output.addVideoTrack(source);
  await output.start();
  for (const [number, timeMs] of timesMs.entries()) {
    const jpeg = await paint(number, size).convertToBlob({ type: 'image/jpeg', quality: 0.9 });
    const durationMs = (timesMs[number + 1] ?? 2 * timeMs - (timesMs[number - 1] ?? 0)) - timeMs;
    const packet = new EncodedPacket(new Uint8Array(await jpeg.arrayBuffer()), 'key', timeMs / 1000, durationMs / 1000);
    await source.add(packet, { decoderConfig: { codec: 'vp8', codedWidth: size.width, codedHeight: size.height } });
  }
  await output.finalize();
  const bytes = new Uint8Array(target.buffer ?? new ArrayBuffer(0));
  // The muxer does not support the codec, so its four-character code is patched.
  bytes.set(new TextEncoder().encode('jpeg'), new TextDecoder('latin1').decode(bytes).indexOf('vp08'));
  return bytes;
}

interface Encoded {
  readonly packet: EncodedPacket;
  readonly meta: EncodedVideoChunkMetadata | undefined;
}

async function encode({ format, codec, timesMs, keyEvery = 10, sizeOf = () => USUAL_SIZE, paint = paintNumber }: ClipOptions): Promise<Encoded[]> {
  const encoded: Encoded[] = [];
  let encoder: VideoEncoder | null = null;
  let size: Size | null = null;
  for (const [number, timeMs] of timesMs.entries()) {
    const wanted = sizeOf(number);
    const changed = size?.width !== wanted.width || size.height !== wanted.height;
    if (changed) {
      await encoder?.flush();
      encoder?.close();
      size = wanted;
      encoder = new VideoEncoder({ output: (chunk, meta) => encoded.push({ packet: EncodedPacket.fromEncodedChunk(chunk), meta }), error: (error) => console.error(error) });
      encoder.configure({ codec: CODECS[codec], ...wanted, bitrate: 1_000_000, latencyMode: 'realtime', ...(codec === 'avc' ? { avc: { format: format === 'ts' ? 'annexb' : 'avc' } } : {}) });
    }
    const durationMs = (timesMs[number + 1] ?? 2 * timeMs - (timesMs[number - 1] ?? 0)) - timeMs;
    const frame = new VideoFrame(paint(number, wanted), { timestamp: Math.round(timeMs * 1000), duration: Math.round(durationMs * 1000) });
    encoder?.encode(frame, { keyFrame: changed || number % keyEvery === 0 });
    frame.close();
  }
  await encoder?.flush();
  encoder?.close();
  return encoded;
}

function paintNumber(number: number, { width, height }: Size): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('no canvas');
  for (let cell = 0; cell < CELLS; cell++) {
    context.fillStyle = (number >> cell) & 1 ? '#fff' : '#000';
    context.fillRect((cell * width) / CELLS, 0, width / CELLS + 1, height);
  }
  return canvas;
}

/** Reads the number shown in a frame, and closes the frame. */
export function numberShown(frame: LiveFrame): number {
  const { width, height } = USUAL_SIZE;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('no canvas');
  context.drawImage(frame, 0, 0, width, height);
  frame.close();
  const { data } = context.getImageData(0, height / 2, width, 1);
  const bits = Array.from({ length: CELLS }, (_, cell) => ((data[Math.floor(((cell + 0.5) * width) / CELLS) * 4] ?? 0) > 127 ? 1 << cell : 0));
  return bits.reduce((sum, bit) => sum + bit, 0);
}
