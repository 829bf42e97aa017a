import type { FileWindow } from './file-window';

/** Element ids (RFC 9559). */
export const FILE_HEADER = 0x1a45dfa3;
export const SEGMENT = 0x18538067;
export const CLUSTER = 0x1f43b675;

export interface Element {
  readonly id: number;
  /** Offset of its content. */
  readonly start: number;
  /** May be beyond the end of the file; null: unknown. */
  readonly end: number | null;
}

/** Reads an element's id and size; null: not a valid element, or truncated. */
export async function readElement(window: FileWindow, offset: number): Promise<Element | null> {
  const bytes = await window.read(offset, 12);
  const idLength = Math.clz32(bytes[0] ?? 0) - 23;
  if (idLength > 4 || bytes.length <= idLength) return null;
  const sizeLength = Math.clz32(bytes[idLength] ?? 0) - 23;
  if (sizeLength > 8 || bytes.length < idLength + sizeLength) return null;
  const id = bigEndian(bytes.subarray(0, idLength));
  const sizeBytes = bytes.slice(idLength, idLength + sizeLength);
  sizeBytes[0] = (sizeBytes[0] ?? 0) & (0xff >> sizeLength);
  const start = offset + idLength + sizeLength;
  const unknown = sizeBytes.every((byte, i) => byte === (i === 0 ? 0xff >> sizeLength : 0xff));
  return { id, start, end: unknown ? null : start + bigEndian(sizeBytes) };
}

/** Stated end of the WebM or MKV at an offset, perhaps beyond the file; null: not stated. */
export async function matroskaEnd(window: FileWindow, offset: number): Promise<number | null> {
  const header = await readElement(window, offset);
  if (header?.id !== FILE_HEADER || header.end === null) return null;
  const segment = await readElement(window, header.end);
  return segment?.id === SEGMENT ? segment.end : null;
}

export async function readUnsigned(window: FileWindow, start: number, end: number): Promise<number> {
  return bigEndian(await window.read(start, Math.min(8, end - start)));
}

export function bigEndian(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}
