import { FileWindow } from './file-window';
import { agrees, firstPacket, SYNC } from './salvage-transport-stream';
import { searchFor } from './salvaged-file';
import { pictureStreams, PROGRAMS_ID, programTableIds, SEARCHED_BYTES, tableOf, uint13, type PictureStream } from './transport-stream-codec';

const PACKET_BYTES = 188;
const CHECKSUM_BYTES = 4;
/** Id of a program's table. */
const PROGRAM_TABLE = 2;

/**
 * Offset in a transport stream of the tables from which on its pictures have another packet id or codec; the demuxer reads only those that
 * the first tables name. Walks through the whole stream, since they may change back later. Streams of several programs are left.
 *
 * @returns null if its pictures stay the same.
 */
export async function pictureChange(stream: Blob): Promise<number | null> {
  const first = (await findTables(stream.slice(0, SEARCHED_BYTES), () => true))?.pictures[0];
  if (!first) return null;
  const differs = (pictures: readonly PictureStream[]) => !pictures.some(({ id, type }) => id === first.id && type === first.type);
  return (await findTables(stream, differs))?.at ?? null;
}

interface Tables {
  /** Offset of the table of programs. */
  readonly at: number;
  readonly pictures: readonly PictureStream[];
}

/** The first tables of a single program with pictures that are wanted. */
async function findTables(stream: Blob, isWanted: (pictures: readonly PictureStream[]) => boolean): Promise<Tables | null> {
  const window = new FileWindow(stream);
  const grid = await firstPacket(window);
  if (!grid) return null;
  const { size, lead } = grid;
  let programsAt = 0;
  let tableId: number | undefined;
  for (let offset = grid.start; offset + size <= window.size; ) {
    const bytes = await window.read(offset, Math.min(window.size - offset, size * 512));
    let at = 0;
    for (; at + size <= bytes.length && bytes[at + lead] === SYNC; at += size) {
      const id = uint13(bytes, at + lead + 1);
      if (id !== PROGRAMS_ID && id !== tableId) continue;
      const table = currentTable(bytes.subarray(at + lead, at + lead + PACKET_BYTES));
      if (!table) continue;
      if (id === PROGRAMS_ID) {
        const ids = programTableIds(table);
        tableId = ids.length === 1 ? ids[0] : undefined;
        programsAt = offset + at;
      } else if (table[0] === PROGRAM_TABLE) {
        const pictures = pictureStreams(table);
        if (pictures.length > 0 && isWanted(pictures)) return { at: programsAt, pictures };
      }
    }
    offset += at;
    if (at + size > bytes.length) continue;
    const next = await searchFor(window, offset + lead + 1, SYNC, (place) => agrees(window, place, size));
    if (next < 0) return null;
    offset = next - lead;
  }
  return null;
}

/** The table in a packet; null if it is damaged, continues in another packet, or is not in force yet. */
function currentTable(packet: Uint8Array): Uint8Array | null {
  const table = tableOf(packet);
  if (!table || ((table[5] ?? 0) & 1) === 0) return null;
  const start = table.byteOffset - packet.byteOffset;
  const end = start + table.length + CHECKSUM_BYTES;
  return end <= packet.length && checksum(packet.subarray(start, end)) === 0 ? table : null;
}

/** 0 for an intact table with its checksum (ISO/IEC 13818-1, annex A). */
function checksum(bytes: Uint8Array): number {
  let sum = -1;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) sum = (sum << 1) ^ (sum < 0 ? 0x04c11db7 : 0);
  }
  return sum;
}
