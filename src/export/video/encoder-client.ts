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
  /** Frames per second to expect, for the size of the file; more or fewer may come. Default: 30. */
  readonly frameRate?: number;
  /** Sound to copy in from a file. */
  readonly audio?: AudioWish;
}

/**
 * Writes one video in a worker of its own: frames are fitted into its size, drawn over, encoded and written to a
 * file as they come, so that memory stays flat however long it gets. The worker and its libraries are loaded with
 * the first video.
 */
export class EncoderClient {
  /** What was asked for, made even. */
  readonly size: Size;
  /** What became of the sound. */
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
   * Takes a frame and closes it, or copies what a canvas shows. Wait for it before the next call: it resolves
   * when there is room for the next frame.
   *
   * @param timestampMs From the start of the video, ≥ 0, later than the one before; a frame that is not is left out.
   * @param drawing What goes over it, in the frame's pixels.
   * @throws MienError `encoding/disk-full` or `encoding/failed`; only `cancel` is left then.
   */
  async add(picture: LiveFrame | HTMLCanvasElement | OffscreenCanvas, timestampMs: number, drawing: Drawing = NOTHING_DRAWN): Promise<void> {
    const frame = picture instanceof VideoFrame || picture instanceof ImageBitmap ? picture : new VideoFrame(picture, { timestamp: 0 });
    try {
      await this.#worker.call((api) => api.add(transfer(frame, [frame]), timestampMs, drawing));
    } finally {
      // Does nothing for a frame that has been transferred.
      frame.close();
    }
  }

  /**
   * The finished video.
   *
   * @throws MienError of kind `encoding`; then nothing is left of it.
   */
  async finish(): Promise<Blob> {
    try {
      return await this.#worker.finish();
    } catch (error) {
      await this.release();
      throw error;
    }
  }

  /** Discards the video: the encoder, the worker and what was written are gone when it resolves. */
  async cancel(): Promise<void> {
    await this.#worker.cancel();
    await this.release();
  }

  /** Gives up what `finish` gave: its file is removed. Without it, it goes after its page. */
  async release(): Promise<void> {
    await this.#file.release();
  }
}
