import { transfer } from 'comlink';
import type { Size } from '../../engine/geometry';
import type { LiveFrame } from '../../engine/types';
import type { AudioOutcome, AudioWish } from './audio-copy';
import { claimFile, type ClaimedFile } from './claimed-file';
import { chosenLanguage } from '../../words/i18n';
import { evenSize } from './codec-choice';
import { NOTHING_DRAWN, type Drawing } from './frame-compositor';
import type { VideoFormat } from './recording-options';
import { EncoderWorker } from './encoder-worker';

export interface EncoderClientOptions extends Size {
  readonly format: VideoFormat;
  /** Expected frames per second, used to choose the bit rate; the actual rate may differ. Default: 30. */
  readonly frameRate?: number;
  /** Sound to copy in from a file. */
  readonly audio?: AudioWish;
}

/**
 * Writes one video in a dedicated worker: frames are fitted to its size, drawn over, encoded and written to a file as
 * they come, so memory stays constant. The worker and its libraries load with the first video.
 */
export class EncoderClient {
  /** The requested size, rounded down to even numbers. */
  readonly size: Size;
  /** Outcome of copying the sound. */
  readonly audio: AudioOutcome;
  readonly #worker: EncoderWorker;
  readonly #file: ClaimedFile;

  private constructor(size: Size, audio: AudioOutcome, worker: EncoderWorker, file: ClaimedFile) {
    this.size = size;
    this.audio = audio;
    this.#worker = worker;
    this.#file = file;
  }

  /** @throws MienError `encoding/no-webcodecs`, `encoding/no-codec`, `encoding/failed`. */
  static async create({ width, height, format, frameRate = 30, audio }: EncoderClientOptions): Promise<EncoderClient> {
    const size = evenSize({ width, height });
    const file = await claimFile(format);
    const worker = new EncoderWorker();
    try {
      const options = { size, format, frameRate, live: false, audio: audio ?? null, place: file.place };
      return new EncoderClient(size, await worker.call((api) => api.start(chosenLanguage(), options)), worker, file);
    } catch (error) {
      worker.end();
      await file.release();
      throw error;
    }
  }

  /**
   * Takes a frame and closes it, or copies a canvas. Await it before the next call: it resolves when there is room for
   * the next frame.
   *
   * @param timestampMs time since the start of the video, ≥ 0. Frames that are not later than the previous one are skipped.
   * @param drawing overlay, in frame pixels.
   * @throws MienError `encoding/disk-full` or `encoding/failed`; after that only `cancel` may be called.
   */
  async add(picture: LiveFrame | HTMLCanvasElement | OffscreenCanvas, timestampMs: number, drawing: Drawing = NOTHING_DRAWN): Promise<void> {
    const frame = picture instanceof VideoFrame || picture instanceof ImageBitmap ? picture : new VideoFrame(picture, { timestamp: 0 });
    try {
      await this.#worker.call((api) => api.add(transfer(frame, [frame]), timestampMs, drawing));
    } finally {
      // No effect on a frame that was transferred.
      frame.close();
    }
  }

  /**
   * Finishes the video.
   *
   * @throws MienError of kind `encoding`; the file is removed then.
   */
  async finish(): Promise<Blob> {
    try {
      return await this.#worker.finish();
    } catch (error) {
      await this.release();
      throw error;
    }
  }

  /** Discards the video. Encoder, worker and file are gone when it resolves. */
  async cancel(): Promise<void> {
    await this.#worker.cancel();
    await this.release();
  }

  /** Deletes the file that `finish` returned. If not called, it is deleted after its page is gone. */
  async release(): Promise<void> {
    await this.#file.release();
  }
}
