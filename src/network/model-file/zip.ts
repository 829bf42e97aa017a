import { unzipSync } from 'fflate';
import { MienError } from '../../engine/errors';
import { MODEL_LIMITS } from './limits';

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/**
 * Unpacks a ZIP in memory: path → bytes, folders left out. No file unpacks to more than the directory says, so a bomb is
 * known by its directory.
 *
 * @throws MienError `model-file/too-large` beyond `MODEL_LIMITS`; `model-file/damaged` for damage, a cut file, encryption, or
 *   another compression than deflate.
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
