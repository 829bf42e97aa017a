import { MienError } from '../../engine/errors';
import type { Loss } from './continuity';
import type { Shown } from './edit-list';
import type { FileWindow } from './file-window';
import type { ParameterChange } from './sample-descriptions';
import type { ListedProgram } from './transport-stream-codec';

/** A file with its damage repaired, and a description of the damage. */
export interface Salvaged {
  /** Without stretches that demuxers cannot parse. */
  readonly file: Blob;
  /** The file is truncated. */
  readonly cutShort: boolean;
  /** Its sample table may refer to packets beyond its end. */
  readonly lacksBytes: boolean;
  /** Positions of lost packets: times of the first ones after, or null if only gaps between packets tell. */
  readonly holesMs: readonly (number | null)[];
  /** Packets that a stream's counters miss: gaps between the pictures around them are lost frames. Default: none. */
  readonly losses?: readonly Loss[];
  /** Another recording follows in the same file, on its own clock. */
  readonly isChained?: boolean;
  /** Displayed parts of tracks, by track id. Default: everything. */
  readonly shown?: ReadonlyMap<number, Shown>;
  /** Parameter changes of tracks, by track id. Default: none. */
  readonly changes?: ReadonlyMap<number, readonly ParameterChange[]>;
  /** The file without the frames of its sample table, if fragments with more frames follow. */
  readonly fragments?: Blob;
  /** All programs of a transport stream, also those that it lists only later. */
  readonly programs?: readonly ListedProgram[];
  /** Other programs than the one that is read, with their numbers; the codec is empty if unknown. */
  readonly beside?: readonly { readonly codec: string; readonly program: number }[];
}

/** Joins the readable stretches of a file, in order. */
export function joined(file: Blob, parts: readonly (BlobPart | readonly [start: number, end: number])[]): Blob {
  return new Blob(parts.map((part) => (Array.isArray(part) ? file.slice(part[0] as number, part[1] as number) : (part as BlobPart))));
}

/** Offset of the first match from `from` on; -1: none. */
export async function searchFor(window: FileWindow, from: number, firstByte: number, matches: (at: number) => Promise<boolean>): Promise<number> {
  for (let offset = from; offset < window.size; ) {
    const bytes = (await window.read(offset, 1 << 16)).slice();
    for (let at = bytes.indexOf(firstByte); at >= 0; at = bytes.indexOf(firstByte, at + 1)) if (await matches(offset + at)) return offset + at;
    offset += bytes.length;
  }
  return -1;
}

/** Error for an MP4 without a moov box, which recorders write at the end. */
export function noIndex(): MienError {
  return new MienError('video', 'no-index', 'no complete moov box');
}
