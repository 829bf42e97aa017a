import type { Size } from '../../engine/geometry';
import type { LiveFrame } from '../../engine/types';
import type { OverlayOptions, PaintedFace } from '../overlay-painter';
import type { AudioWish } from './audio-copy';
import type { VideoFormat } from './recording-options';
import { EncoderClient } from './encoder-client';

export interface AnnotateVideoOptions {
  /** The decoded frames in order of time. Each is closed here. */
  readonly frames: AsyncIterable<{ readonly frame: LiveFrame; readonly timestampMs: number }>;
  /** Size of the frames, pixels. */
  readonly size: Size;
  readonly frameRate: number;
  readonly format: VideoFormat;
  /** The time of a frame that becomes time 0, ms. */
  readonly fromMs: number;
  /** The overlay of the frame at a time, in frame pixels. */
  readonly facesAt: (timestampMs: number) => readonly PaintedFace[];
  readonly overlay: OverlayOptions;
  /** Where its sound comes from; null leaves it out. */
  readonly audio: AudioWish | null;
  readonly signal: AbortSignal;
  /** Called with the time of each frame that is done. */
  readonly onProgress: (timestampMs: number) => void;
}

export interface AnnotatedVideo {
  readonly video: Blob;
  readonly audio: EncoderClient['audio'];
  /** Frees the disk space of the video, once it was saved. */
  readonly release: () => Promise<void>;
}

/**
 * A video with what was read in it drawn over it.
 *
 * @throws MienError of kind `encoding`; what `frames` throws; the signal's reason. Nothing is then left of it.
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
