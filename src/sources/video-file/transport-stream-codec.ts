import { byteText } from '../byte-text';
import { readBytes } from '../read-bytes';

/** Bytes to search: the tables are repeated several times a second. */
export const SEARCHED_BYTES = 2 << 20;
const SYNC = 0x47;
export const PACKET_BYTES = 188;
/** Reserved program number for network information. */
const NO_PROGRAM = 0;
/** Id of the packets with the table of programs. */
export const PROGRAMS_ID = 0;
const CHECKSUM_BYTES = 4;
/** Id of a program's table. */
export const PROGRAM_TABLE = 2;
/** Bytes between two packets: none, a time code, or error correction. */
const EXTRA_BYTES = [0, 4, 16] as const;

/** Identifiers of codecs by stream type (ISO/IEC 13818-1, table 2-34, and other registered ones). */
const PICTURES: Readonly<Record<number, string>> = {
  ...{ 0x01: 'mpg1', 0x02: 'mpg2', 0x10: 'mp4v', 0x1b: 'avc', 0x21: 'mjp2', 0x24: 'hevc', 0x32: 'jxsm', 0x33: 'vvc', 0x42: 'avs' },
  ...{ 0xd1: 'dirac', 0xd2: 'avs2', 0xd4: 'avs3', 0xea: 'wvc1' },
};
/** Identifiers of codecs that only a registration declares. */
const REGISTERED: Readonly<Record<string, string>> = { AV01: 'av01', HEVC: 'hevc', 'VVC ': 'vvc', drac: 'dirac', 'VC-1': 'wvc1', AVSV: 'avs' };
/** Tag of the descriptor with a registration. */
const REGISTRATION = 0x05;
/** Type of private streams, and the first of those without a common meaning. */
const PRIVATE = 0x06;
const USER_PRIVATE = 0x80;

/** A film in a transport stream, which may hold those of several channels. */
export interface ListedProgram {
  /** Its number, which televisions call a service id. */
  readonly number: number;
  /** Packet id of its table. */
  readonly tableId: number;
  /** Video codec; empty: unknown, because its table comes late; null: no video, or of an unknown kind. */
  readonly codec: string | null;
}

export interface Program extends ListedProgram {
  /** File offset of its number in the stream's program table. */
  readonly at: number;
  /** File offsets of the tables of this program that were seen. */
  readonly tablesAt: readonly number[];
}

/** A transport stream's video codec from its tables; empty: a table is missing; null: they declare no video. */
export async function transportStreamCodec(file: Blob): Promise<string | null> {
  const programs = await programsOf(file);
  return programs.find(({ codec }) => codec)?.codec ?? (programs.some(({ codec }) => codec === '') ? '' : null);
}

/** The programs in a transport stream's first table. */
export async function programsOf(file: Blob): Promise<Program[]> {
  const bytes = await readBytes(file, 0, SEARCHED_BYTES);
  /** By packet id of their tables. */
  const programs = new Map<number, Program>();
  for (const packet of packetsIn(bytes)) {
    const table = tableOf(packet);
    if (!table) continue;
    const id = uint13(packet, 1);
    if (id === PROGRAMS_ID && programs.size === 0) {
      for (const entry of programEntries(table)) {
        const tableId = uint13(entry, 2);
        programs.set(tableId, { number: uint16(entry, 0), tableId, at: entry.byteOffset - bytes.byteOffset, tablesAt: [], codec: '' });
      }
    }
    const program = programs.get(id);
    if (program) programs.set(id, { ...program, tablesAt: [...program.tablesAt, table.byteOffset - bytes.byteOffset], codec: program.codec || pictureOf(table) });
    if (programs.size > 0 && [...programs.values()].every(({ codec }) => codec)) break;
  }
  return [...programs.values()];
}

/** The packets in the first bytes of a file, from their sync bytes on. */
export function* packetsIn(bytes: Uint8Array): Generator<Uint8Array, void, undefined> {
  const extra = EXTRA_BYTES.find((each) => bytes[firstSync(bytes, each) + PACKET_BYTES + each] === SYNC) ?? 0;
  for (let at = firstSync(bytes, extra); at >= 0 && at + PACKET_BYTES <= bytes.length; at += PACKET_BYTES + extra) yield bytes.subarray(at, at + PACKET_BYTES);
}

/** Collects all programs that a stream lists. */
export class ProgramList {
  readonly #programs = new Map<number, ListedProgram>();

  /** Takes each packet of the stream, from its sync byte. */
  take(packet: Uint8Array): void {
    const id = uint13(packet, 1);
    const program = this.#programs.get(id);
    if (id !== PROGRAMS_ID && program?.codec !== '') return;
    const table = currentTable(packet);
    if (table && id === PROGRAMS_ID) {
      for (const each of programsIn(table)) if (!this.#programs.has(each.tableId)) this.#programs.set(each.tableId, { ...each, codec: '' });
    }
    if (program && table?.[0] === PROGRAM_TABLE) this.#programs.set(id, { ...program, codec: pictureOf(table) });
  }

  get programs(): readonly ListedProgram[] {
    return [...this.#programs.values()];
  }
}

/** A table that begins in this packet, from its table id up to its checksum. */
export function tableOf(packet: Uint8Array): Uint8Array | null {
  const payload = startIn(packet);
  if (payload === null) return null;
  const start = payload + 1 + (packet[payload] ?? 0);
  const length = uint12(packet, start + 1);
  return packet.subarray(start, Math.min(packet.length, start + 3 + length - 4));
}

/** Place in a packet where a table or a unit of a stream begins; null: none does. */
export function startIn(packet: Uint8Array): number | null {
  const begins = ((packet[1] ?? 0) & 0x40) !== 0;
  const flags = packet[3] ?? 0;
  if (packet[0] !== SYNC || !begins || (flags & 0x10) === 0) return null;
  return 4 + ((flags & 0x20) === 0 ? 0 : 1 + (packet[4] ?? 0));
}

/** The table in a packet; null if it is damaged, continues in another packet, or is not in force yet. */
export function currentTable(packet: Uint8Array): Uint8Array | null {
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

/** A stream in a program's table. */
interface ListedStream {
  /** Packet id. */
  readonly id: number;
  /** Video codec; null: no video, or not declared. */
  readonly codec: string | null;
  /** Whether its type declares nothing. */
  readonly isPrivate: boolean;
}

/** A stream of pictures in a program's table. */
export type PictureStream = ListedStream & { readonly codec: string };

/** @param table of one program. */
export function streamsIn(table: Uint8Array): ListedStream[] {
  const found: ListedStream[] = [];
  for (let at = 12 + uint12(table, 10); at + 5 <= table.length; at += 5 + uint12(table, at + 3)) {
    const type = table[at] ?? 0;
    const isPrivate = type === PRIVATE || (type >= USER_PRIVATE && !(type in PICTURES));
    const registered = isPrivate ? REGISTERED[registrationIn(table.subarray(at + 5, at + 5 + uint12(table, at + 3)))] : undefined;
    found.push({ id: uint13(table, at + 1), codec: PICTURES[type] ?? registered ?? null, isPrivate });
  }
  return found;
}

/** @param table of one program. */
export function pictureStreams(table: Uint8Array): PictureStream[] {
  return streamsIn(table).filter((stream): stream is PictureStream => stream.codec !== null);
}

/** Four letters; '' if none. */
function registrationIn(descriptors: Uint8Array): string {
  for (let at = 0; at + 6 <= descriptors.length; at += 2 + (descriptors[at + 1] ?? 0)) {
    if (descriptors[at] === REGISTRATION) return byteText(descriptors.subarray(at + 2, at + 6));
  }
  return '';
}

/** Video codec of a program, from its table; null: no video, or of an unknown kind. */
export function pictureOf(table: Uint8Array): string | null {
  return pictureStreams(table)[0]?.codec ?? null;
}

/** The programs in the stream's program table. */
export function programsIn(table: Uint8Array): Omit<ListedProgram, 'codec'>[] {
  return programEntries(table).map((entry) => ({ number: uint16(entry, 0), tableId: uint13(entry, 2) }));
}

function programEntries(table: Uint8Array): Uint8Array[] {
  return entries(table, 8, 4).filter((entry) => uint16(entry, 0) !== NO_PROGRAM);
}

function entries(table: Uint8Array, from: number, length: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = from; at + length <= table.length; at += length) found.push(table.subarray(at, at + length));
  return found;
}

function firstSync(bytes: Uint8Array, extra: number): number {
  const lead = extra === 4 ? 4 : 0;
  return bytes.indexOf(SYNC, lead);
}

const uint16 = (bytes: Uint8Array, at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
const uint12 = (bytes: Uint8Array, at: number) => (((bytes[at] ?? 0) & 0x0f) << 8) | (bytes[at + 1] ?? 0);
export const uint13 = (bytes: Uint8Array, at: number) => (((bytes[at] ?? 0) & 0x1f) << 8) | (bytes[at + 1] ?? 0);
