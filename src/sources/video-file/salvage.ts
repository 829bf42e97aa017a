import { oncePerFile } from '../once-per-file';
import { readBytes } from '../read-bytes';
import { FileWindow } from './file-window';
import { BOX_WINDOW_BYTES } from './iso-boxes';
import { salvageIsoMedia } from './salvage-iso-media';
import { salvageMatroska } from './salvage-matroska';
import { withOneProgram } from './one-program';
import { salvageTransportStream } from './salvage-transport-stream';
import type { Salvaged } from './salvaged-file';

/**
 * Checks a file's structure for damage. Demuxers stop at the first place that they cannot parse; this finds the readable data after it,
 * as players do.
 *
 * @throws MienError `video/no-index` for an MP4 whose recording never ended, `video/unreadable`.
 */
export const salvage = oncePerFile(examine);

async function examine(file: Blob): Promise<Salvaged> {
  const start = await readBytes(file, 0, 16);
  if (start.length < 12) return { file, cutShort: false, lacksBytes: false, holesMs: [] };
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  if (view.getUint32(0) === 0x1a45dfa3) return salvageMatroska(file, new FileWindow(file));
  if (/^(ftyp|styp|moov|mdat|moof|free|skip|wide|pnot)$/.test(String.fromCharCode(...start.subarray(4, 8)))) return salvageIsoMedia(file, new FileWindow(file, BOX_WINDOW_BYTES));
  return withOneProgram(await salvageTransportStream(file, new FileWindow(file)));
}
