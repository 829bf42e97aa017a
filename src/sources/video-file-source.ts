import type { Size } from '../engine/geometry';
import type { AnimatedFormat } from './animated-picture';
import type { LeftOutReason, LiveFrame, NotRead } from '../engine/types';

/** Containers that can be read. */
export type VideoContainer = 'mp4' | 'mov' | 'webm' | 'mkv' | 'mpeg-ts' | 'avi' | AnimatedFormat;

/** A video file and its picture. Times are on the container's own clock, in ms, as a player shows them; where that begins below 0, they count from the first frame. */
export interface VideoInfo {
  /** File name; '' for a Blob without one. */
  readonly name: string;
  /** Size of the file. */
  readonly bytes: number;
  readonly container: VideoContainer;
  /** As the file writes it, such as "avc1.42E01E". */
  readonly codec: string;
  /** In words, such as "H.264". */
  readonly codecName: string;
  /** Pixels as displayed: rotation and pixel shape applied. */
  readonly size: Size;
  /** By how much the stored frames are turned clockwise for display. */
  readonly rotationDeg: 0 | 90 | 180 | 270;
  /** Whether left and right are exchanged for display, once turned: front cameras of phones write that. */
  readonly mirrored: boolean;
  /** Time of the first frame, ≥ 0. */
  readonly startMs: number;
  /** By how much times lie behind those of the container's clock, whose first frame is then at −`movedMs`. Default: 0. */
  readonly movedMs?: number;
  /** End of the last frame in the file, regardless of the duration in its header. */
  readonly endMs: number;
  /** Where a file that was cut short ends; null if it is whole. */
  readonly brokenOffAtMs: number | null;
  /** Frames per second; where it varies, the usual one. */
  readonly frameRate: number;
  readonly variableFrameRate: boolean;
  /** Frames that there are. */
  readonly frameCount: number;
  /** Picture tracks that there are, in the order of the file, and the index of the one that is read. */
  readonly tracks: readonly TrackInfo[];
  readonly track: number;
  /** Recordings that are read one after the other. */
  readonly recordings: number;
  readonly notRead: readonly NotRead[];
}

/** One of a file's picture tracks. */
export interface TrackInfo {
  /** In words. */
  readonly codecName: string;
  /** As displayed. */
  readonly size: Size;
}

/** The file that a source belongs to, which may hold more than the source reads. */
export interface FileFacts {
  readonly name: string;
  readonly bytes: number;
}

/** Which of a file's picture tracks to read. */
export interface OpenOptions {
  /** Index of the picture track to read. Default: the one that the file names, or the first that can be decoded. */
  readonly track?: number;
}

/** Opens a file's same track again. Joined recordings choose their own. */
export function sameTrack({ track, tracks }: Pick<VideoInfo, 'track' | 'tracks'>): OpenOptions {
  return tracks.length > 1 ? { track } : {};
}

/** The frames on screen at evenly spaced moments, every frame that there is, or those at listed moments. */
export type FrameSelection =
  | {
      /** Above 0. */
      readonly framesPerSecond: number | 'every';
      /** From the file's zero; the end is left out. Default: the whole file. */
      readonly fromMs?: number;
      readonly toMs?: number;
    }
  | {
      /** In ascending order. */
      readonly atMs: readonly number[];
    };

export interface FrameReading {
  /** Ends the reading between two frames, without an error. */
  readonly signal?: AbortSignal;
}

/** A moment that was asked for, with the frame on screen then, upright and as displayed. The consumer closes `frame`. */
export interface ReadSample {
  readonly status: 'read';
  /** Counts the moments asked for, from 0. */
  readonly sample: number;
  readonly frame: LiveFrame;
  /** The moment asked for, on the container's clock; of every frame, when it is shown. */
  readonly timestampMs: number;
  /** The video's own number of the frame in order of display, from 0. A frame on screen at several moments keeps its number. */
  readonly frameNumber: number;
}

/** A moment that was asked for and lies in the file, but has no frame. */
export interface LeftOutSample {
  readonly status: 'left-out';
  readonly sample: number;
  readonly momentMs: number;
  readonly reason: LeftOutReason;
}

/** What became of one moment that was asked for. */
export type SourceSample = ReadSample | LeftOutSample;

/** An open video file. It is read piece by piece, never as a whole. */
export interface VideoFileSource {
  readonly info: VideoInfo;
  /**
   * One sample for each selected moment that lies in the file, in order of time. Frames are decoded in sequence, a few
   * ahead, and those not consumed are closed when the iteration ends.
   *
   * @throws MienError `video/damaged` if no frame at all could be decoded, `video/nothing-in-range` if no moment
   *   lies in the file, `video/unreadable` if the file is gone.
   */
  frames(selection: FrameSelection, reading?: FrameReading): AsyncGenerator<SourceSample, void, undefined>;
  close(): void;
}

/** The samples that have a frame, for consumers that need no account of the others. */
export async function* readSamples(samples: AsyncIterable<SourceSample>): AsyncGenerator<ReadSample, void, undefined> {
  for await (const sample of samples) if (sample.status === 'read') yield sample;
}
