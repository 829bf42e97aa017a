import type { Size } from '../engine/geometry';
import type { AnimatedFormat } from './animated-picture';
import type { LeftOutReason, LiveFrame, NotRead } from '../engine/types';

/** Readable containers. */
export type VideoContainer = 'mp4' | 'mov' | 'webm' | 'mkv' | 'mpeg-ts' | 'avi' | AnimatedFormat;

/** Metadata of a video file. Times are in ms on the container's own clock, which may begin below 0. */
export interface VideoInfo {
  /** File name; '' for a Blob without one. */
  readonly name: string;
  /** File size. */
  readonly bytes: number;
  readonly container: VideoContainer;
  /** Codec string from the file, e.g. "avc1.42E01E". */
  readonly codec: string;
  /** In words, e.g. "H.264". */
  readonly codecName: string;
  /** Pixels as displayed: rotation and pixel shape applied. */
  readonly size: Size;
  /** Clockwise rotation of the stored frames for display. */
  readonly rotationDeg: 0 | 90 | 180 | 270;
  /** Whether frames are mirrored for display, after rotation: front cameras of phones set this. */
  readonly mirrored: boolean;
  /** Time of the first frame. */
  readonly startMs: number;
  /** End of the last frame in the file, regardless of the duration in its header. */
  readonly endMs: number;
  /** End of a truncated file; null if it is complete. */
  readonly brokenOffAtMs: number | null;
  /** Frames per second; the usual rate if it varies. */
  readonly frameRate: number;
  readonly variableFrameRate: boolean;
  /** Number of frames. */
  readonly frameCount: number;
  /** Video tracks in the order of the file, and the index of the one that is read. */
  readonly tracks: readonly TrackInfo[];
  readonly track: number;
  /** Number of recordings read in sequence. */
  readonly recordings: number;
  /** An edit list rearranges pieces of the file: its sound does not follow, and browsers' players show some frames at other times. Default: false. */
  readonly isSpliced?: boolean;
  readonly notRead: readonly NotRead[];
}

/** One of a file's video tracks. */
export interface TrackInfo {
  /** In words. */
  readonly codecName: string;
  /** As displayed. */
  readonly size: Size;
}

/** The file of a source, which may hold more than the source reads. */
export interface FileFacts {
  readonly name: string;
  readonly bytes: number;
}

/** Choice of a file's video track. */
export interface OpenOptions {
  /** Index of the video track to read. Default: the file's default, or the first that can be decoded. */
  readonly track?: number;
}

/** Opens a file's same track again. Joined recordings choose their own. */
export function sameTrack({ track, tracks }: Pick<VideoInfo, 'track' | 'tracks'>): OpenOptions {
  return tracks.length > 1 ? { track } : {};
}

/** Selects the frames on screen at evenly spaced times, every frame, or those at listed times. */
export type FrameSelection =
  | {
      /** Above 0. */
      readonly framesPerSecond: number | 'every';
      /** On the container's clock; the end is exclusive. Default: the whole file. */
      readonly fromMs?: number;
      readonly toMs?: number;
    }
  | {
      /** Ascending. */
      readonly atMs: readonly number[];
    };

export interface FrameReading {
  /** Stops the reading between two frames, without an error. */
  readonly signal?: AbortSignal;
}

/** A requested time with the frame on screen then, upright and as displayed. The consumer closes `frame`. */
export interface ReadSample {
  readonly status: 'read';
  /** Index of the requested time, from 0. */
  readonly sample: number;
  readonly frame: LiveFrame;
  /** The requested time on the container's clock; when reading every frame, its display time. */
  readonly timestampMs: number;
  /** Number of the frame in display order, from 0. A frame on screen at several requested times keeps its number. */
  readonly frameNumber: number;
}

/** A requested time within the file that has no frame. */
export interface LeftOutSample {
  readonly status: 'left-out';
  readonly sample: number;
  readonly momentMs: number;
  readonly reason: LeftOutReason;
}

/** Result for one requested time. */
export type SourceSample = ReadSample | LeftOutSample;

/** An open video file. It is read in pieces, never as a whole. */
export interface VideoFileSource {
  readonly info: VideoInfo;
  /** Number of samples that `frames` yields if it is neither stopped nor fails. */
  count(selection: FrameSelection): number;
  /**
   * Yields one sample per selected time within the file, in order of time. Frames are decoded in sequence, a few ahead; unconsumed
   * ones are closed when the iteration ends.
   *
   * @throws MienError `video/damaged` if no frame at all could be decoded, `video/nothing-in-range` if no time
   *   lies in the file, `video/unreadable` if the file is gone.
   */
  frames(selection: FrameSelection, reading?: FrameReading): AsyncGenerator<SourceSample, void, undefined>;
  close(): void;
}

/** Filters the samples that have a frame. */
export async function* readSamples(samples: AsyncIterable<SourceSample>): AsyncGenerator<ReadSample, void, undefined> {
  for await (const sample of samples) if (sample.status === 'read') yield sample;
}
