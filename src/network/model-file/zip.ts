import { gunzipSync, unzipSync } from 'fflate';
import { MienError } from '../../engine/errors';
import { MODEL_LIMITS } from './limits';

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

/** Smallest size of a gzip file's header and trailer, in bytes. */
const GZIP_FRAME = 18;

/** Unpacks a gzip file. @throws MienError `model-file/too-large`, by the size in its trailer; `model-file/damaged`. */
export function gunzip(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  if (bytes.length < GZIP_FRAME) throw new MienError('model-file', 'damaged', 'gzip: cut short');
  const size = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4).getUint32(0, true);
  if (size > MODEL_LIMITS.unpackedBytes) throw new MienError('model-file', 'too-large', `unpacks to ${size} bytes`);
  try {
    return new Uint8Array(gunzipSync(bytes));
  } catch (error) {
    throw new MienError('model-file', 'damaged', `gzip: ${String(error)}`, error);
  }
}

/**
 * Unpacks a ZIP in memory: path → bytes, without folders. Files are never unpacked beyond the size in the directory, so the directory reveals a ZIP
 * bomb.
 *
 * @throws MienError `model-file/too-large` beyond `MODEL_LIMITS`; `model-file/damaged` for damage, truncation, encryption, or a compression
 * other than deflate.
 */
export function unzip(bytes: Uint8Array): Map<string, Uint8Array<ArrayBuffer>> {
  let files = 0;
  let unpacked = 0;
  try {
    const parts = unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (name.endsWith('/')) return false;
        files++;
        unpacked += originalSize;
        if (files > MODEL_LIMITS.files) throw new MienError('model-file', 'too-large', `more than ${MODEL_LIMITS.files} files`);
        if (!(unpacked <= MODEL_LIMITS.unpackedBytes)) throw new MienError('model-file', 'too-large', `unpacks to more than ${MODEL_LIMITS.unpackedBytes} bytes`);
        return true;
      },
    });
    return new Map(Object.entries(parts).map(([name, part]) => [name, new Uint8Array(part)]));
  } catch (error) {
    if (error instanceof MienError) throw error;
    throw new MienError('model-file', 'damaged', `ZIP: ${String(error)}`, error);
  }
}
