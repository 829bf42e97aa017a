import { filledAvif, heldByGif } from './cut-animations';
import type { ImageFormat } from './image-header';
import { readImageHeader } from './image-header';
import { readBytes } from './read-bytes';
import { repairedWebp } from './repaired-webp';

/** Picture formats that can be animated. */
export type AnimatedFormat = Extract<ImageFormat, 'gif' | 'webp' | 'png' | 'avif'>;

/** Animations announce their frames before the first one. */
const HEADER_BYTES = 64 << 10;

/**
 * Format of a picture file that may hold an animation; null for a still one, or if this browser cannot show frames one by one.
 * For a GIF, only decoding tells.
 *
 * @param start the file's first bytes, if already read: with hundreds of files, each read counts.
 */
export async function animatedFormat(file: Blob, start?: Uint8Array<ArrayBuffer>): Promise<AnimatedFormat | null> {
  // Typed as always present, yet absent in some browsers.
  if ((globalThis.ImageDecoder as typeof ImageDecoder | undefined) === undefined) return null;
  const bytes = start ?? (await readBytes(file, 0, HEADER_BYTES));
  const format = bytes.length > 0 ? readImageHeader(bytes)?.format : undefined;
  switch (format) {
    case 'gif':
      return format;
    case 'webp':
      return (bytes[20] ?? 0) & 0x02 && text(bytes, 12, 16) === 'VP8X' ? format : null;
    case 'png':
      return text(bytes, 0, bytes.length).split('IDAT')[0]?.includes('acTL') ? format : null;
    case 'avif':
      return text(bytes, 8, 64).includes('avis') ? format : null;
    default:
      return null;
  }
}

/** Frames of an animated file. */
export interface Animation {
  /** Decodes by frame number; the consumer closes it. */
  readonly decoder: ImageDecoder;
  readonly count: number;
  /** The file announces more frames than it holds. */
  readonly isCutShort: boolean;
}

/** Opens all frames of a file; null if this browser cannot decode them. */
export async function decodeAnimation(file: Blob, format: AnimatedFormat): Promise<Animation | null> {
  const type = `image/${format}`;
  if (!(await ImageDecoder.isTypeSupported(type))) return null;
  const bytes = await readBytes(file, 0, file.size);
  const repaired = format === 'webp' ? repairedWebp(bytes) : null;
  const filled = format === 'avif' ? filledAvif(bytes) : null;
  const other = repaired ?? filled;
  // A browser knows best what it reads, and what it has to pass over.
  const opened = (await decoderOf(type, bytes)) ?? (other && (await decoderOf(type, other.bytes)));
  if (!opened) return null;
  const held = format === 'gif' ? heldByGif(bytes) : filled;
  const isCutShort = repaired?.losesFrames ?? held?.isCut ?? (format === 'png' && opened.count < statedPngPictures(bytes));
  // A partial first picture is still shown.
  return { ...opened, count: Math.min(opened.count, Math.max(1, held?.pictures ?? Infinity)), isCutShort };
}

async function decoderOf(type: string, data: Uint8Array<ArrayBuffer>): Promise<Omit<Animation, 'isCutShort'> | null> {
  const decoder = new ImageDecoder({ type, data });
  try {
    await Promise.all([decoder.tracks.ready, decoder.completed]);
    const count = decoder.tracks.selectedTrack?.frameCount ?? 0;
    if (count > 0) return { decoder, count };
  } catch {
    // Not decodable as an animation; perhaps as a picture.
  }
  decoder.close();
  return null;
}

/** Whether a picture file holds several frames that this browser can show. `start`: see `animatedFormat`. */
export async function isAnimated(file: Blob, start?: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const format = await animatedFormat(file, start);
  const animation = format && (await decodeAnimation(file, format));
  animation?.decoder.close();
  return (animation?.count ?? 0) > 1;
}

/** Frame count in the `acTL` chunk of an animated PNG, which precedes its first frame. */
function statedPngPictures(bytes: Uint8Array<ArrayBuffer>): number {
  const at = text(bytes, 0, HEADER_BYTES).indexOf('acTL');
  return at < 0 || at + 8 > bytes.length ? 0 : new DataView(bytes.buffer).getUint32(at + 4);
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return new TextDecoder('latin1').decode(bytes.subarray(from, to));
}
