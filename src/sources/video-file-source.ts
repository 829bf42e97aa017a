import { MienError } from '../engine/errors';
import type { Size } from '../engine/geometry';
import type { LiveFrame } from '../engine/types';

/** What a video file says of its picture. Times count from the file's own zero, as a player's do. */
export interface VideoInfo {
  /** In words, such as "H.264". */
  readonly codec: string;
  /** Pixels as displayed: rotation and pixel shape applied. */
  readonly size: Size;
  /** By how much the stored frames are turned clockwise for display. */
  readonly rotationDeg: 0 | 90 | 180 | 270;
  /** Time of the first frame, ≥ 0. */
  readonly startMs: number;
  /** End of the last frame by the file's own account, which a truncated file does not keep. */
  readonly endMs: number;
  /** Frames per second; where it varies, the usual one. */
  readonly frameRate: number;
  readonly variableFrameRate: boolean;
}

/** The frames on screen at evenly spaced moments, every frame that there is, or those at listed moments; each once. */
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
  /** Is told how many of the selected frames could not be decoded and were left out. */
  readonly onSkipped?: (count: number) => void;
}

/** A decoded frame as it is displayed, turned upright. Whoever takes it closes `frame`. */
export interface SourceFrame {
  readonly frame: LiveFrame;
  /** When it is shown, from the file's zero. */
  readonly timestampMs: number;
  /** Its number among the selected ones, from 0; skipped frames count too. */
  readonly index: number;
}

/** An open video file. It is read piece by piece, never as a whole. */
export interface VideoFileSource {
  readonly info: VideoInfo;
  /**
   * The selected frames in order of time, decoded one after the other and a few ahead. What is not taken is
   * closed when the iteration ends. What breaks off just ends. Throws `video/damaged` where there is no frame to
   * hand out, `video/nothing-in-range` where none was asked for, `video/unreadable` where the file is gone.
   */
  frames(selection: FrameSelection, reading?: FrameReading): AsyncGenerator<SourceFrame, void, undefined>;
  close(): void;
}

/**
 * Opens a video file by its content, whatever its name: MP4, MOV, WebM, MKV, AVI. What reads the container
 * is only fetched now.
 *
 * Throws a `MienError` of kind `video`.
 */
export async function openVideo(file: Blob): Promise<VideoFileSource> {
  if (file.size === 0) throw new MienError('video', 'empty');
  // Typed as always present, yet absent in older browsers and on insecure pages.
  if ((globalThis.VideoDecoder as typeof VideoDecoder | undefined) === undefined) throw new MienError('video', 'no-webcodecs');
  if (await isAvi(file)) {
    const { openAvi } = await import('./video-file/avi-source');
    return openAvi(file);
  }
  const { openContainer } = await import('./video-file/container-source');
  return openContainer(file);
}

async function isAvi(file: Blob): Promise<boolean> {
  const start = new TextDecoder('latin1').decode(await readBytes(file, 0, 12));
  return start.startsWith('RIFF') && start.endsWith('AVI ');
}

/** Bytes of a file; fewer where it ends. Throws `video/unreadable`. */
export async function readBytes(file: Blob, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.slice(start, end).arrayBuffer());
  } catch (error) {
    throw new MienError('video', 'unreadable', '', error);
  }
}
