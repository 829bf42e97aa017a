import { FileWindow } from './file-window';
import { isUsuallyDecoded, keptProgram } from './one-program';
import { agrees, firstPacket, SYNC } from './salvage-transport-stream';
import { searchFor } from './salvaged-file';
import { currentTable, PACKET_BYTES, pictureStreams, PROGRAM_TABLE, PROGRAMS_ID, programsIn, programsOf, SEARCHED_BYTES, uint13, type PictureStream } from './transport-stream-codec';

/**
 * Offset in a transport stream of the tables from which on its pictures have another packet id or codec, or its program is replaced by
 * others; the demuxer reads only those that the first tables name. Walks through the whole stream, since they may change back later.
 *
 * @returns null if its pictures stay the same.
 */
export async function pictureChange(stream: Blob, isDecoded = isUsuallyDecoded): Promise<number | null> {
  const programs = await programsOf(stream);
  const kept = programs.length > 1 ? ((await keptProgram(programs, isDecoded))?.tableId ?? null) : null;
  const first = (await findTables(stream.slice(0, SEARCHED_BYTES), kept, () => true))?.pictures[0];
  if (!first) return null;
  const differs = (pictures: readonly PictureStream[]) => !pictures.some(({ id, codec }) => id === first.id && codec === first.codec);
  return (await findTables(stream, kept, differs))?.at ?? null;
}

interface Tables {
  /** Offset of the table of programs. */
  readonly at: number;
  readonly pictures: readonly PictureStream[];
}

/**
 * The first tables with pictures that are wanted.
 *
 * @param kept packet id of the table of the program to follow; all programs are followed where the stream does not list it, and if null.
 */
async function findTables(stream: Blob, kept: number | null, isWanted: (pictures: readonly PictureStream[]) => boolean): Promise<Tables | null> {
  const window = new FileWindow(stream);
  const grid = await firstPacket(window);
  if (!grid) return null;
  const { size, lead } = grid;
  const listing = new Listing(kept);
  for (let offset = grid.start; offset + size <= window.size; ) {
    const bytes = await window.read(offset, Math.min(window.size - offset, size * 512));
    let at = 0;
    for (; at + size <= bytes.length && bytes[at + lead] === SYNC; at += size) {
      const id = uint13(bytes, at + lead + 1);
      if (id !== PROGRAMS_ID && !listing.follows(id)) continue;
      const table = currentTable(bytes.subarray(at + lead, at + lead + PACKET_BYTES));
      if (!table) continue;
      if (id === PROGRAMS_ID) listing.list(table, offset + at);
      const pictures = listing.see(id, table);
      if (pictures && pictures.length > 0 && isWanted(pictures)) return { at: listing.at, pictures };
    }
    offset += at;
    if (at + size > bytes.length) continue;
    const next = await searchFor(window, offset + lead + 1, SYNC, (place) => agrees(window, place, size));
    if (next < 0) return null;
    offset = next - lead;
  }
  return null;
}

/** The programs that a stream lists at a time, and the pictures of those that are followed. */
class Listing {
  /** Offset of the table that lists them. */
  at = 0;
  readonly #kept: number | null;
  /** Packet ids of the tables of the programs that are followed. */
  #ids: ReadonlySet<number> = new Set();
  readonly #pictures = new Map<number, readonly PictureStream[]>();

  constructor(kept: number | null) {
    this.#kept = kept;
  }

  list(table: Uint8Array, at: number): void {
    const ids = new Set(programsIn(table).map(({ tableId }) => tableId));
    const followed = this.#kept !== null && ids.has(this.#kept) ? new Set([this.#kept]) : ids;
    const isSame = followed.size === this.#ids.size && [...followed].every((id) => this.#ids.has(id));
    // A new list counts from its first table on, although those of its programs follow later.
    if (!isSame || this.#isComplete) this.at = at;
    if (isSame) return;
    this.#ids = followed;
    this.#pictures.clear();
  }

  follows(id: number): boolean {
    return this.#ids.has(id);
  }

  /** Takes a program's table. Returns the pictures of all that are followed; null: not all are known yet. */
  see(id: number, table: Uint8Array): readonly PictureStream[] | null {
    if (table[0] !== PROGRAM_TABLE || !this.follows(id)) return null;
    this.#pictures.set(id, pictureStreams(table));
    return this.#isComplete ? [...this.#pictures.values()].flat() : null;
  }

  get #isComplete(): boolean {
    return this.#pictures.size === this.#ids.size;
  }
}
