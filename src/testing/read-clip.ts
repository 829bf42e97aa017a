import { openVideo } from '../sources/open-video';
import type { FrameSelection, OpenOptions, VideoInfo } from '../sources/video-file-source';
import { numberShown } from './counted-clip';

export interface Row {
  readonly sample: number;
  readonly timeMs: number;
  /** Frame number reported by the source, and the number shown in the picture; null if left out. */
  readonly number: number | null;
  readonly shown: number | null;
  readonly size: string;
  readonly reason: string;
}

/** Reads every sample of a clip of numbered frames, as many as were announced. */
export async function readAll(file: BlobPart[] | Blob, selection: FrameSelection, options: OpenOptions = {}): Promise<{ readonly info: VideoInfo; readonly rows: Row[] }> {
  const source = await openVideo(Array.isArray(file) ? new Blob(file) : file, options);
  const rows: Row[] = [];
  try {
    for await (const each of source.frames(selection)) {
      if (each.status === 'left-out') {
        rows.push({ sample: each.sample, timeMs: each.momentMs, number: null, shown: null, size: '', reason: each.reason });
        continue;
      }
      const { sample, timestampMs: timeMs, frameNumber: number, frame } = each;
      const size = frame instanceof VideoFrame ? `${frame.displayWidth}×${frame.displayHeight}` : `${frame.width}×${frame.height}`;
      rows.push({ sample, timeMs, number, shown: numberShown(frame), size, reason: '' });
    }
    if (rows.length !== source.count(selection)) throw new Error(`${source.count(selection)} samples announced, ${rows.length} read`);
  } finally {
    source.close();
  }
  return { info: source.info, rows };
}

export const EVERY: FrameSelection = { framesPerSecond: 'every' };

/** The rows that were not left out. */
export const read = (rows: readonly Row[]): readonly Row[] => rows.filter(({ number }) => number !== null);

/** Unpacks a file embedded in a test: gzip in base64. */
export async function unpacked(packed: string): Promise<Blob> {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).blob();
}
