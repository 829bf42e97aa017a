import { transfer } from 'comlink';
import { MienError } from '../../engine/errors';
import type { Size } from '../../engine/geometry';
import type { LiveFrame } from '../../engine/types';
import { readFile, removeFile, type FilePlace } from '../../session/device-files';
import type { OverlayOptions } from '../overlay-painter';
import { evenSize } from './codec-choice';
import type { FaceReading } from './face-readings';
import type { RecordingLook, VideoFormat } from './recording-options';
import { chosenLanguage } from '../../words/i18n';
import { EncoderWorker } from './encoder-worker';

export interface LiveRecorderOptions {
  /** Size of the first frame in pixels; later ones are fitted into it. */
  readonly size: Size;
  readonly format: VideoFormat;
  readonly look: RecordingLook;
  readonly overlay: OverlayOptions;
  /** Target file. */
  readonly place: FilePlace;
  /** A worker that is already running, since starting one takes some tenths of a second. Owned by the recorder from now on. */
  readonly worker: EncoderWorker;
}

/** Few cameras send more. */
export const FRAME_RATE = 30;
/** Limit of frames in flight: when the worker falls behind, frames are dropped, since cameras have few buffers. */
const MOST_UNDERWAY = 3;

/** Records a camera's frames to a video in a worker; drops frames that come too fast. */
export class LiveRecorderClient {
  readonly #worker: EncoderWorker;
  readonly #place: FilePlace;
  readonly #format: VideoFormat;
  readonly #onFailure: (error: MienError) => void;
  #underway = 0;
  #over = false;

  private constructor(worker: EncoderWorker, place: FilePlace, format: VideoFormat, onFailure: (error: MienError) => void) {
    this.#worker = worker;
    this.#place = place;
    this.#format = format;
    this.#onFailure = onFailure;
  }

  /**
   * @param onFailure called once with the error when writing fails, even if only finishing does; `finish` still returns what was written before.
   * @throws MienError `encoding/no-webcodecs`, `encoding/no-codec`, `encoding/failed`.
   */
  static async create({ size, format, look, overlay, place, worker }: LiveRecorderOptions, onFailure: (error: MienError) => void): Promise<LiveRecorderClient> {
    try {
      const options = { size: evenSize(size), format, frameRate: FRAME_RATE, live: true, audio: null, place };
      await worker.call((api) => api.startLive(chosenLanguage(), options, look, overlay));
      return new LiveRecorderClient(worker, place, format, onFailure);
    } catch (error) {
      worker.end();
      await removeFile(place);
      throw error;
    }
  }

  /** Takes a camera frame and closes it. Times are ms on the video's clock and must rise. */
  push(frame: LiveFrame, timestampMs: number): void {
    if (this.#underway >= MOST_UNDERWAY || this.#over) {
      frame.close();
      return;
    }
    this.#underway++;
    this.#worker
      .call((api) => api.push(transfer(frame, [frame]), timestampMs))
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#underway--;
        // No effect on a frame that was transferred.
        frame.close();
      });
  }

  /** Passes on a reading. Readings must be in order of time. */
  read(reading: FaceReading): void {
    if (!this.#over) this.#worker.call((api) => api.read(reading)).catch((error: unknown) => this.#fail(error));
  }

  /**
   * Finishes the video. If that fails, returns the part on disk and reports the error to `onFailure`, unless an earlier one was reported.
   *
   * @throws MienError `encoding/nothing-written` or `encoding/failed` if there is no such part; the file is removed then.
   */
  async finish(): Promise<Blob> {
    const isReported = this.#over;
    this.#over = true;
    try {
      return await this.#worker.finish();
    } catch (error) {
      const written = await readFile(this.#place);
      // A live video is complete on disk up to its last fragment.
      if (written && written.size > 0) {
        if (!isReported) this.#onFailure(MienError.from(error));
        return written.slice(0, written.size, `video/${this.#format}`);
      }
      await removeFile(this.#place);
      throw error;
    }
  }

  /** Discards the video and its file. */
  async cancel(): Promise<void> {
    this.#over = true;
    await this.#worker.cancel();
    await removeFile(this.#place);
  }

  #fail(error: unknown): void {
    if (this.#over) return;
    this.#over = true;
    this.#onFailure(MienError.from(error));
  }
}
