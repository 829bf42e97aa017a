import { MienError } from '../../engine/errors';
import type { Shown } from './edit-list';
import type { FileWindow } from './file-window';
import type { ParameterChange } from './sample-descriptions';

/** A file with its damage repaired, and a description of the damage. */
export interface Salvaged {
  /** Without stretches that no demuxer gets past. */
  readonly file: Blob;
  /** It ends before it is complete. */
  readonly cutShort: boolean;
  /** Its table of packets may name some that lie beyond its end. */
  readonly lacksBytes: boolean;
  /** Where packets are lost: times of the first ones after, or null if only gaps between packets tell. */
  readonly holesMs: readonly (number | null)[];
  /** Another recording follows in the same file, with a clock of its own. */
  readonly isChained?: boolean;
  /** What is shown of tracks, by their ids. Default: all of it. */
  readonly shown?: ReadonlyMap<number, Shown>;
  /** Where frames of a track begin to be coded with other parameters, by the tracks' ids. Default: nowhere. */
  readonly changes?: ReadonlyMap<number, readonly ParameterChange[]>;
  /** The file without the frames of its table of contents, where fragments with more frames follow that. */
  readonly fragments?: Blob;
  /** Codecs of films that run beside the one that is left. */
  readonly beside?: readonly string[];
}

/** The stretches of a file that were found readable, in order, as one file. */
export function joined(file: Blob, parts: readonly (BlobPart | readonly [start: number, end: number])[]): Blob {
  return new Blob(parts.map((part) => (Array.isArray(part) ? file.slice(part[0] as number, part[1] as number) : (part as BlobPart))));
}

/** Searches for a place that `matches` from an offset on; -1: none. */
export async function searchFor(window: FileWindow, from: number, firstByte: number, matches: (at: number) => Promise<boolean>): Promise<number> {
  for (let offset = from; offset < window.size; ) {
    const bytes = (await window.read(offset, 1 << 16)).slice();
    for (let at = bytes.indexOf(firstByte); at >= 0; at = bytes.indexOf(firstByte, at + 1)) if (await matches(offset + at)) return offset + at;
    offset += bytes.length;
  }
  return -1;
}

/** Thrown for an MP4 without its table of contents, which a recorder writes at the end. */
export function noIndex(): MienError {
  return new MienError('video', 'no-index', 'no complete moov box');
}
