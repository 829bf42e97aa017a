import type { ImageFormat } from './image-header';
import { readImageHeader } from './image-header';
import { readBytes } from './read-bytes';

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

/** All of a file's pictures, by number, for the consumer to close. */
export async function decodeAnimation(file: Blob, format: AnimatedFormat): Promise<ImageDecoder | null> {
  const type = `image/${format}`;
  if (!(await ImageDecoder.isTypeSupported(type))) return null;
  const decoder = new ImageDecoder({ type, data: await readBytes(file, 0, file.size) });
  try {
    await Promise.all([decoder.tracks.ready, decoder.completed]);
    if ((decoder.tracks.selectedTrack?.frameCount ?? 0) > 0) return decoder;
  } catch {
    // It cannot be decoded as an animation; as a picture, perhaps.
  }
  decoder.close();
  return null;
}

/** Whether a picture file holds more than one picture that this browser can show. `start`: see `animatedFormat`. */
export async function isAnimated(file: Blob, start?: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const format = await animatedFormat(file, start);
  const decoder = format && (await decodeAnimation(file, format));
  if (!decoder) return false;
  const count = decoder.tracks.selectedTrack?.frameCount ?? 0;
  decoder.close();
  return count > 1;
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return new TextDecoder('latin1').decode(bytes.subarray(from, to));
}
