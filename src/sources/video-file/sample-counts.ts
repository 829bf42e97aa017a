import { boxAt, boxesIn, tracksOf, typeOf, viewOf } from './iso-boxes';

interface Layout {
  /** Offset of the number of entries, which follow it. */
  readonly countAt: number;
  readonly entryBytes: number;
}

/** Sample tables (ISO/IEC 14496-12, 8.6 and 8.7). */
const TABLES: ReadonlyMap<string, Layout> = new Map([
  ['stts', { countAt: 12, entryBytes: 8 }],
  ['ctts', { countAt: 12, entryBytes: 8 }],
  ['stss', { countAt: 12, entryBytes: 4 }],
  ['stsc', { countAt: 12, entryBytes: 12 }],
  ['stco', { countAt: 12, entryBytes: 4 }],
  ['co64', { countAt: 12, entryBytes: 8 }],
  ['stsz', { countAt: 16, entryBytes: 4 }],
]);

export interface MendedCounts {
  /** Whether any count was wrong. */
  readonly mended: boolean;
  /** Frames are listed whose sizes are missing, so that they cannot be read. */
  readonly lacksFrames: boolean;
}

/**
 * Corrects counts in an MP4's sample tables, in place: those that exceed their table, and durations of more or fewer frames than there
 * are sizes. The demuxer would refuse the file, or leave frames out.
 *
 * @param moov the whole box.
 */
export function mendSampleCounts(moov: Uint8Array<ArrayBuffer>): MendedCounts {
  const results = tracksOf(moov).map((track) => mendTrack(boxAt(track, ['mdia', 'minf', 'stbl'])));
  return { mended: results.some(({ mended }) => mended), lacksFrames: results.some(({ lacksFrames }) => lacksFrames) };
}

function mendTrack(tables: Uint8Array<ArrayBuffer> | null): MendedCounts {
  let mended = false;
  const views = new Map<string, DataView<ArrayBuffer>>();
  for (const table of tables ? boxesIn(tables) : []) {
    const layout = TABLES.get(typeOf(table));
    if (!layout || table.length < layout.countAt + 4) continue;
    const { countAt: at, entryBytes } = layout;
    const view = viewOf(table);
    // Sizes that are all the same are not listed.
    if (typeOf(table) === 'stsz' && view.getUint32(12) > 0) continue;
    views.set(typeOf(table), view);
    const room = Math.floor((table.length - at - 4) / entryBytes);
    if (view.getUint32(at) <= room) continue;
    view.setUint32(at, room);
    mended = true;
  }
  const [sizes, durations] = [views.get('stsz')?.getUint32(16), views.get('stts')];
  if (sizes === undefined || !durations || durations.getUint32(12) === 0) return { mended, lacksFrames: false };
  const difference = sizes - samplesIn(durations);
  if (difference === 0) return { mended, lacksFrames: false };
  if (difference > 0) extendLast(durations, difference);
  else truncate(durations, sizes);
  const order = views.get('stsc');
  const places = views.get('stco') ?? views.get('co64');
  return { mended: true, lacksFrames: difference < 0 && order !== undefined && places !== undefined && samplesInChunks(order, places.getUint32(12)) > sizes };
}

/** Frames in runs of a count and a duration. */
function samplesIn(durations: DataView<ArrayBuffer>): number {
  let samples = 0;
  for (let i = durations.getUint32(12) - 1; i >= 0; i--) samples += durations.getUint32(16 + 8 * i);
  return samples;
}

function extendLast(durations: DataView<ArrayBuffer>, by: number): void {
  const last = 8 + 8 * durations.getUint32(12);
  durations.setUint32(last, durations.getUint32(last) + by);
}

function truncate(durations: DataView<ArrayBuffer>, samples: number): void {
  let left = samples;
  let runs = 0;
  for (; left > 0; runs++) {
    const at = 16 + 8 * runs;
    durations.setUint32(at, Math.min(left, durations.getUint32(at)));
    left -= durations.getUint32(at);
  }
  durations.setUint32(12, runs);
}

/** Frames in chunks: each entry states the first chunk of a run, counted from 1, and the frames in each of them. */
function samplesInChunks(order: DataView<ArrayBuffer>, chunks: number): number {
  const entries = order.getUint32(12);
  let samples = 0;
  for (let i = 0; i < entries; i++) {
    const end = i + 1 < entries ? order.getUint32(16 + 12 * (i + 1)) : chunks + 1;
    samples += Math.max(0, end - order.getUint32(16 + 12 * i)) * order.getUint32(20 + 12 * i);
  }
  return samples;
}
