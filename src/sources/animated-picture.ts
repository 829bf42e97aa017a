import { filledAvif, heldByGif } from './cut-animations';
import type { ImageFormat } from './image-header';
import { readImageHeader } from './image-header';
import { readBytes } from './read-bytes';
import { repairedWebp } from './repaired-webp';

/** Kinds of pictures that may move. */
export type AnimatedFormat = Extract<ImageFormat, 'gif' | 'webp' | 'png' | 'avif'>;

/** What tells of more than one picture stands before the first one. */
const HEADER_BYTES = 64 << 10;

/**
 * The format of a picture file that may hold several pictures, one after the other; null for a still one, and where this browser
 * cannot show them one by one. Of a GIF only decoding tells.
 *
 * @param start The file's first bytes where they were read already: of hundreds of files, each reading counts.
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

/** A file's pictures. */
export interface Animation {
  /** By number; for the consumer to close. */
  readonly decoder: ImageDecoder;
  readonly count: number;
  /** The file tells of more than it holds. */
  readonly isCutShort: boolean;
}

/** All of a file's pictures; null where this browser cannot decode them. */
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
  // Of the first picture, browsers and people take what there is.
  return { ...opened, count: Math.min(opened.count, Math.max(1, held?.pictures ?? Infinity)), isCutShort };
}

async function decoderOf(type: string, data: Uint8Array<ArrayBuffer>): Promise<Omit<Animation, 'isCutShort'> | null> {
  const decoder = new ImageDecoder({ type, data });
  try {
    await Promise.all([decoder.tracks.ready, decoder.completed]);
    const count = decoder.tracks.selectedTrack?.frameCount ?? 0;
    if (count > 0) return { decoder, count };
  } catch {
    // It cannot be decoded as an animation; as a picture, perhaps.
  }
  decoder.close();
  return null;
}

/** Whether a picture file holds more than one picture that this browser can show. `start`: see `animatedFormat`. */
export async function isAnimated(file: Blob, start?: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const format = await animatedFormat(file, start);
  const animation = format && (await decodeAnimation(file, format));
  animation?.decoder.close();
  return (animation?.count ?? 0) > 1;
}

/** By the chunk that makes a PNG one that moves, which stands before its first picture. */
function statedPngPictures(bytes: Uint8Array<ArrayBuffer>): number {
  const at = text(bytes, 0, HEADER_BYTES).indexOf('acTL');
  return at < 0 || at + 8 > bytes.length ? 0 : new DataView(bytes.buffer).getUint32(at + 4);
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return new TextDecoder('latin1').decode(bytes.subarray(from, to));
}
