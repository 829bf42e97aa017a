import { MienError } from '../../engine/errors';
import type { Size } from '../../engine/geometry';
import type { FrameResult, LiveFrame } from '../../engine/types';
import { writableFormats } from '../../export/video/codec-choice';
import { LOOKAHEAD_MS } from '../../export/video/face-masks';
import type { FaceReading } from '../../export/video/face-readings';
import { FRAME_RATE, LiveRecorderClient } from '../../export/video/live-recorder-client';
import type { EncoderWorker } from '../../export/video/encoder-worker';
import type { RecordingLook, VideoFormat } from '../../export/video/recording-options';
import type { OverlayOptions } from '../../export/overlay-painter';
import { videoPlace } from '../../session/session-videos';
import { grabFrame } from '../../sources/video-frames';

/** Recording options from the settings. */
export interface VideoWish {
  readonly look: RecordingLook;
  readonly format: VideoFormat;
  readonly overlay: OverlayOptions;
}

/** Longest wait for the last frames' readings, ms. */
const LAST_READING_MS = 800;
/** Limit of readings buffered until the writer is ready: some seconds. */
const MOST_EARLY = 60;

/** The video of one session. Input times are on the page's clock. */
export class CameraVideo {
  readonly #startedMs: number;
  readonly #wish: VideoWish;
  readonly #sessionId: string;
  readonly #worker: EncoderWorker;
  readonly #onFailure: (error: MienError) => void;
  #opening: Promise<LiveRecorderClient> | null = null;
  #writer: LiveRecorderClient | null = null;
  #early: FaceReading[] = [];
  #lastFrameMs = 0;
  #ended = false;
  #onRead: (timestampMs: number) => void = () => undefined;

  /**
   * @param startedMs start of the session, which is time 0 of the video.
   * @param worker owned by this object from now on.
   * @param onFailure called once with the error when writing fails.
   */
  constructor(sessionId: string, startedMs: number, wish: VideoWish, worker: EncoderWorker, onFailure: (error: MienError) => void) {
    this.#sessionId = sessionId;
    this.#startedMs = startedMs;
    this.#wish = wish;
    this.#worker = worker;
    this.#onFailure = onFailure;
  }

  /** Takes the video element's current frame. */
  take(video: HTMLVideoElement, frameMs: number): void {
    const timestampMs = frameMs - this.#startedMs;
    if (this.#ended || timestampMs < 0 || video.videoWidth === 0) return;
    if (this.#writer) {
      const writer = this.#writer;
      this.#lastFrameMs = timestampMs;
      // If a frame cannot be grabbed, the previous one is shown for longer.
      grabFrame(video).then((frame) => writer.push(frame, timestampMs), () => undefined);
    } else this.#opening ??= this.#open(video, timestampMs);
  }

  /** Takes a frame's reading. */
  read({ timestampMs: frameMs, frame, faces }: FrameResult): void {
    const reading = { timestampMs: frameMs - this.#startedMs, frame, faces };
    if (this.#writer) this.#writer.read(reading);
    else this.#early = [...this.#early.slice(1 - MOST_EARLY), reading];
    this.#onRead(reading.timestampMs);
  }

  /**
   * Finishes the video with everything recorded until now or until a failure. Null if there were no frames.
   *
   * @throws MienError of kind `encoding`; then there is no video.
   */
  async finish(): Promise<Blob | null> {
    this.#ended = true;
    if (!this.#opening) {
      this.#worker.end();
      return null;
    }
    const writer = await this.#opening;
    if (this.#wish.look !== 'plain') await this.#lastReading();
    return writer.finish();
  }

  /** Starts the encoder and keeps the first frame, which the video shows until the encoder is ready. */
  async #open(video: HTMLVideoElement, timestampMs: number): Promise<LiveRecorderClient> {
    const size = { width: video.videoWidth, height: video.videoHeight };
    const first: Promise<LiveFrame | null> = grabFrame(video).catch(() => null);
    try {
      const format = await formatFor(this.#wish.format, size);
      const place = videoPlace(this.#sessionId, format);
      const writer = await LiveRecorderClient.create({ ...this.#wish, format, size, place, worker: this.#worker }, this.#onFailure);
      for (const reading of this.#early) writer.read(reading);
      this.#early = [];
      this.#writer = writer;
      const frame = await first;
      if (frame) writer.push(frame, timestampMs);
      return writer;
    } catch (error) {
      this.#worker.end();
      (await first)?.close();
      this.#onFailure(MienError.from(error));
      throw error;
    }
  }

  /** Resolves when the last frame was read, or after a timeout, as the camera may be gone. */
  #lastReading(): Promise<void> {
    const neededMs = this.#lastFrameMs + (this.#wish.look === 'faceless' ? LOOKAHEAD_MS : 0);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LAST_READING_MS);
      this.#onRead = (timestampMs) => {
        if (timestampMs < neededMs) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** The requested format, or the other one if this browser cannot write it. */
async function formatFor(wished: VideoFormat, size: Size): Promise<VideoFormat> {
  const formats = await writableFormats(size, FRAME_RATE);
  const format = formats.includes(wished) ? wished : formats[0];
  if (!format) throw new MienError('encoding', 'no-webcodecs');
  return format;
}
