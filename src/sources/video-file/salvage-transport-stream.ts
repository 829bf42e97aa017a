import { byteText } from '../byte-text';
import { Continuity, type Loss } from './continuity';
import { filmStart } from './film-start';
import { FileWindow } from './file-window';
import { joined, searchFor, type Salvaged } from './salvaged-file';
import { PACKET_BYTES, ProgramList } from './transport-stream-codec';

export const SYNC = 0x47;
/** Plain, with a time code before each packet (M2TS), and with error correction after each. */
const PACKET_SIZES = [188, 192, 204] as const;
/** Consecutive packets that rule out coincidence. */
const PACKETS_TO_AGREE = 5;
/** Stretches of a file that are joined; more of them are slow. */
const MOST_PARTS = 100_000;
/** Bytes needed to recognise the beginning of a film. */
const FILM_START_BYTES = 64;

/**
 * Repairs MPEG transport streams (ISO/IEC 13818-1): packets of one size with a sync byte each. Removes other bytes, and packets of pictures
 * that are sent twice.
 */
export async function salvageTransportStream(file: Blob, window: FileWindow): Promise<Salvaged> {
  const grid = await firstPacket(window);
  if (!grid) return { file, cutShort: false, lacksBytes: false, holesMs: [] };
  const { size, lead } = grid;
  const kept: [number, number][] = [];
  let keptFrom = grid.start;
  const leaveOut = (from: number, to: number) => {
    if (from > keptFrom) kept.push([keptFrom, from]);
    keptFrom = to;
  };
  const losses: Loss[] = [];
  const list = new ProgramList();
  let continuity = new Continuity();
  let holes = 0;
  let inStepFrom = grid.start;
  let offset = grid.start;
  while (offset + size <= window.size) {
    const bytes = await window.read(offset, Math.min(window.size - offset, size * 512));
    const bad = firstOutOfStep(bytes, size, lead);
    for (let at = 0; at < bad * size; at += size) {
      if (continuity.isRepeated(bytes, at + lead) && kept.length < MOST_PARTS) leaveOut(offset + at, offset + at + size);
      list.take(bytes.subarray(at + lead, at + lead + PACKET_BYTES));
    }
    continuity.keep();
    offset += bad * size;
    if ((bad + 1) * size > bytes.length) continue;
    const next = await searchFor(window, offset + lead + 1, SYNC, (at) => agrees(window, at, size));
    inStepFrom = next < 0 ? window.size : next - lead;
    if (next >= 0) holes++;
    leaveOut(offset, inStepFrom);
    offset = inStepFrom;
    losses.push(...continuity.losses);
    continuity = new Continuity();
  }
  losses.push(...continuity.losses);
  if (keptFrom < window.size) kept.push([keptFrom, window.size]);
  return {
    file: kept.length === 1 && keptFrom === 0 ? file : joined(file, kept),
    cutShort: inStepFrom === window.size || (window.size - inStepFrom) % size !== 0,
    lacksBytes: false,
    holesMs: Array.from({ length: holes }, () => null),
    losses,
    programs: list.programs,
  };
}

/** End of the transport stream at an offset; null: the end of the file. Walks through it only if the file's last bytes are not packets. */
export async function transportEnd(file: Blob, start: number): Promise<number | null> {
  const window = new FileWindow(file.slice(start));
  const grid = await firstPacket(window);
  if (!grid) return null;
  const { size, lead } = grid;
  const tail = Math.max(0, window.size - size * (PACKETS_TO_AGREE + 1));
  for (let at = tail; at < tail + size; at++) if (await agrees(window, at, size)) return null;
  for (let offset = grid.start; offset + size <= window.size; ) {
    const bytes = await window.read(offset, Math.min(window.size - offset, size * 512));
    const bad = firstOutOfStep(bytes, size, lead);
    offset += bad * size;
    if ((bad + 1) * size > bytes.length) continue;
    // The last packet may be cut off by another film.
    const last = offset - size;
    const film = filmStart(byteText(await window.read(last, size + FILM_START_BYTES)));
    return start + (film > 0 && film < size ? last + film : offset);
  }
  return null;
}

/** Index of the first complete packet without its sync byte; the number of packets if all have it. */
function firstOutOfStep(bytes: Uint8Array, size: number, lead: number): number {
  let packet = 0;
  for (let at = lead; at - lead + size <= bytes.length; at += size, packet++) if (bytes[at] !== SYNC) return packet;
  return packet;
}

interface Grid {
  readonly size: number;
  /** Bytes of a packet before its sync byte. */
  readonly lead: number;
  /** Offset of the first packet; recordings cut from others begin within one. */
  readonly start: number;
}

export async function firstPacket(window: FileWindow): Promise<Grid | null> {
  for (const size of PACKET_SIZES) {
    const lead = size === 192 ? 4 : 0;
    for (let start = 0; start < size; start++) if (await agrees(window, start + lead, size)) return { size, lead, start };
  }
  return null;
}

export async function agrees(window: FileWindow, at: number, size: number): Promise<boolean> {
  const bytes = await window.read(at, size * PACKETS_TO_AGREE);
  let packets = 0;
  for (let i = 0; i < bytes.length && bytes[i] === SYNC; i += size) packets++;
  return packets >= Math.min(PACKETS_TO_AGREE, Math.ceil(bytes.length / size)) && packets > 1;
}
