import type { FileWindow } from './file-window';

/** The boxes of an MP4 lie far apart: only their headers are read. */
export const BOX_WINDOW_BYTES = 1 << 12;

export interface Box {
  readonly type: string;
  /** May lie beyond the end of the file. */
  readonly end: number;
  /** It has no length of its own and ends with the file. */
  readonly isOpen: boolean;
}

/** A box of an MP4 or MOV (ISO/IEC 14496-12); null: none can begin like this. */
export async function readBox(window: FileWindow, offset: number): Promise<Box | null> {
  const bytes = await window.read(offset, 16);
  if (bytes.length < 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = String.fromCharCode(...bytes.subarray(4, 8));
  if (!/^[\w©][\w -]{3}$/.test(type)) return null;
  const size = view.getUint32(0);
  if (size === 0) return { type, end: window.size, isOpen: true };
  if (size === 1) return { type, end: bytes.length < 16 ? Infinity : offset + Number(view.getBigUint64(8)), isOpen: false };
  return size < 8 ? null : { type, end: offset + size, isOpen: false };
}
