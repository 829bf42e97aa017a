import type { Size } from '../../engine/geometry';
import type { LiveFrame } from '../../engine/types';
import type { OverlayOptions, PaintedFace } from '../overlay-painter';
import type { AudioWish } from './audio-copy';
import type { VideoFormat } from './recording-options';
import { EncoderClient } from './encoder-client';

export interface AnnotateVideoOptions {
  /** Decoded frames in order of time. They are closed here. */
  readonly frames: AsyncIterable<{ readonly frame: LiveFrame; readonly timestampMs: number }>;
  /** Frame size in pixels. */
  readonly size: Size;
  readonly frameRate: number;
  readonly format: VideoFormat;
  /** Frame time that becomes time 0, ms. */
  readonly fromMs: number;
  /** Overlay at a frame's time, in frame pixels. */
  readonly facesAt: (timestampMs: number) => readonly PaintedFace[];
  readonly overlay: OverlayOptions;
  /** Source of the sound; null writes a silent video. */
  readonly audio: AudioWish | null;
  readonly signal: AbortSignal;
  /** Called with the time of each finished frame. */
  readonly onProgress: (timestampMs: number) => void;
}

export interface AnnotatedVideo {
  readonly video: Blob;
  readonly audio: EncoderClient['audio'];
  /** Frees the video's disk space. Call once it was saved. */
  readonly release: () => Promise<void>;
}

/**
 * Encodes a video with its readings drawn over the frames.
 *
 * @throws MienError of kind `encoding`; errors of `frames`; the signal's reason. The file is removed then.
 */
export async function annotateVideo(options: AnnotateVideoOptions): Promise<AnnotatedVideo> {
  const { frames, size, frameRate, format, fromMs, facesAt, overlay, audio, signal, onProgress } = options;
  const writer = await EncoderClient.create({ ...size, format, frameRate, ...(audio ? { audio } : {}) });
  try {
    for await (const { frame, timestampMs } of frames) {
      if (signal.aborted) frame.close();
      signal.throwIfAborted();
      await writer.add(frame, Math.max(0, timestampMs - fromMs), { faces: facesAt(timestampMs), masks: [], overlay });
      onProgress(timestampMs);
    }
    signal.throwIfAborted();
    return { video: await writer.finish(), audio: writer.audio, release: () => writer.release() };
  } catch (error) {
    await writer.cancel();
    throw error;
  }
}
