import { readBytes } from '../read-bytes';
import { packetsIn, programsOf, SEARCHED_BYTES, startIn, streamsIn, tableOf, uint13 } from './transport-stream-codec';

/** A unit of a stream begins with 0, 0, 1 and its kind; this is the place of its header's length, and the header's end without it. */
const HEADER_LENGTH = 8;
const HEADER_END = 9;
/** First bytes of a unit of AV1: an empty temporal delimiter. */
const AV1_START = [0x12, 0x00] as const;

/**
 * Codec of a transport stream's video that its tables declare as private data: some muxers write AV1 so. Only its units tell that it is video.
 *
 * @returns empty: unknown; null: no such video.
 */
export async function undeclaredVideo(file: Blob): Promise<string | null> {
  const tableIds = new Set((await programsOf(file)).map(({ tableId }) => tableId));
  const privateIds = new Set<number>();
  for (const packet of packetsIn(await readBytes(file, 0, SEARCHED_BYTES))) {
    const id = uint13(packet, 1);
    const table = tableIds.has(id) ? tableOf(packet) : null;
    if (table) for (const stream of streamsIn(table)) if (stream.isPrivate) privateIds.add(stream.id);
    const start = privateIds.has(id) ? startIn(packet) : null;
    if (start === null) continue;
    const unit = packet.subarray(start);
    if (!isVideo(unit)) continue;
    const data = unit.subarray(HEADER_END + (unit[HEADER_LENGTH] ?? 0));
    return AV1_START.every((byte, i) => data[i] === byte) ? 'av01' : '';
  }
  return null;
}

function isVideo([zero, zeroToo, one, kind = 0]: Uint8Array): boolean {
  return zero === 0 && zeroToo === 0 && one === 1 && kind >= 0xe0 && kind <= 0xef;
}
