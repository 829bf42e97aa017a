import { readBytes } from '../read-bytes';

/** Bytes to search: the tables are repeated several times a second. */
export const SEARCHED_BYTES = 2 << 20;
const SYNC = 0x47;
const PACKET_BYTES = 188;
/** Reserved program number for network information. */
const NO_PROGRAM = 0;
/** Id of the packets with the table of programs. */
export const PROGRAMS_ID = 0;
/** Bytes between two packets: none, a time code, or error correction. */
const EXTRA_BYTES = [0, 4, 16] as const;

/** Identifiers of codecs by stream type (ISO/IEC 13818-1, table 2-34, and other registered ones). */
const PICTURES: Readonly<Record<number, string>> = { 0x01: 'mpg1', 0x02: 'mpg2', 0x10: 'mp4v', 0x1b: 'avc', 0x24: 'hevc', 0x33: 'vvc', 0x42: 'avs', 0xd1: 'dirac', 0xea: 'wvc1' };

/** A film in a transport stream, which may hold those of several channels. */
export interface Program {
  /** File offset of its number in the stream's program table. */
  readonly at: number;
  /** Video codec; empty: unknown, because its table comes late; null: no video, or of an unknown kind. */
  readonly codec: string | null;
}

/** A transport stream's video codec from its tables; null if they name no video. */
export async function transportStreamCodec(file: Blob): Promise<string | null> {
  return (await programsOf(file)).find(({ codec }) => codec)?.codec ?? null;
}

/** The programs in a transport stream's first table. */
export async function programsOf(file: Blob): Promise<Program[]> {
  const bytes = await readBytes(file, 0, SEARCHED_BYTES);
  const extra = EXTRA_BYTES.find((each) => bytes[firstSync(bytes, each) + PACKET_BYTES + each] === SYNC) ?? 0;
  /** By packet id of their tables. */
  const programs = new Map<number, Program>();
  for (let at = firstSync(bytes, extra); at >= 0 && at + PACKET_BYTES <= bytes.length; at += PACKET_BYTES + extra) {
    const packet = bytes.subarray(at, at + PACKET_BYTES);
    const table = tableOf(packet);
    if (!table) continue;
    const id = uint13(packet, 1);
    if (id === PROGRAMS_ID && programs.size === 0) {
      for (const entry of programEntries(table)) programs.set(uint13(entry, 2), { at: entry.byteOffset - bytes.byteOffset, codec: '' });
    }
    const program = programs.get(id);
    if (program) programs.set(id, { ...program, codec: program.codec || pictureOf(table) });
    if (programs.size > 0 && [...programs.values()].every(({ codec }) => codec)) break;
  }
  return [...programs.values()];
}

/** A table that begins in this packet, from its table id up to its checksum. */
export function tableOf(packet: Uint8Array): Uint8Array | null {
  const begins = ((packet[1] ?? 0) & 0x40) !== 0;
  const flags = packet[3] ?? 0;
  if (packet[0] !== SYNC || !begins || (flags & 0x10) === 0) return null;
  const payload = 4 + ((flags & 0x20) === 0 ? 0 : 1 + (packet[4] ?? 0));
  const start = payload + 1 + (packet[payload] ?? 0);
  const length = uint12(packet, start + 1);
  return packet.subarray(start, Math.min(packet.length, start + 3 + length - 4));
}

/** A stream of pictures in a program's table. */
export interface PictureStream {
  /** Packet id. */
  readonly id: number;
  readonly type: number;
}

/** @param table of one program. */
export function pictureStreams(table: Uint8Array): PictureStream[] {
  const found: PictureStream[] = [];
  for (let at = 12 + uint12(table, 10); at + 5 <= table.length; at += 5 + uint12(table, at + 3)) {
    const type = table[at] ?? 0;
    if (type in PICTURES) found.push({ id: uint13(table, at + 1), type });
  }
  return found;
}

function pictureOf(table: Uint8Array): string | null {
  const [first] = pictureStreams(table);
  return (first && PICTURES[first.type]) ?? null;
}

/** Packet ids of the programs' tables. */
export function programTableIds(table: Uint8Array): number[] {
  return programEntries(table).map((entry) => uint13(entry, 2));
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
