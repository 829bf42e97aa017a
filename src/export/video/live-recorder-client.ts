import { transfer } from 'comlink';
import { MienError } from '../../engine/errors';
import type { Size } from '../../engine/geometry';
import type { LiveFrame } from '../../engine/types';
import { removeFile, type FilePlace } from '../../session/device-files';
import type { OverlayOptions } from '../overlay-painter';
import { evenSize } from './codec-choice';
import type { FaceReading } from './face-readings';
import type { RecordingLook, VideoFormat } from './recording-options';
import { chosenLanguage } from '../../words/i18n';
import { EncoderWorker } from './encoder-worker';

export interface LiveRecorderOptions {
  /** Size of the first frame, pixels; later ones are fitted into it. */
  readonly size: Size;
  readonly format: VideoFormat;
  readonly look: RecordingLook;
  readonly overlay: OverlayOptions;
  /** The file that is written. */
  readonly place: FilePlace;
  /** One that is running already: a worker takes some tenths of a second to start. It is used up. */
  readonly worker: EncoderWorker;
}

/** Cameras seldom send more. */
export const FRAME_RATE = 30;
/** Frames on their way to the worker; a worker that is behind gets no more, since the camera has few buffers. */
const MOST_UNDERWAY = 3;

/** Writes a camera's frames to a video, in a worker, as they come; a frame that comes too fast is left out. */
export class LiveRecorderClient {
  readonly #worker: EncoderWorker;
  readonly #place: FilePlace;
  readonly #onFailure: (error: MienError) => void;
  #underway = 0;
  #over = false;

  private constructor(worker: EncoderWorker, place: FilePlace, onFailure: (error: MienError) => void) {
    this.#worker = worker;
    this.#place = place;
    this.#onFailure = onFailure;
  }

  /**
   * @param onFailure called once with the reason when no more can be written; what was written before can be finished.
   * @throws MienError `encoding/no-webcodecs`, `encoding/no-codec`, `encoding/failed`.
   */
  static async create({ size, format, look, overlay, place, worker }: LiveRecorderOptions, onFailure: (error: MienError) => void): Promise<LiveRecorderClient> {
    try {
      const options = { size: evenSize(size), format, frameRate: FRAME_RATE, live: true, audio: null, place };
      await worker.call((api) => api.startLive(chosenLanguage(), options, look, overlay));
      return new LiveRecorderClient(worker, place, onFailure);
    } catch (error) {
      worker.end();
      await removeFile(place);
      throw error;
    }
  }

  /** Takes a frame of the camera and closes it. Times are ms on the video's clock, and rise. */
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
        // Does nothing for a frame that has been transferred.
        frame.close();
      });
  }

  /** Tells where faces are, in order of time. */
  read(reading: FaceReading): void {
    if (!this.#over) this.#worker.call((api) => api.read(reading)).catch((error: unknown) => this.#fail(error));
  }

  /**
   * The finished video; after a failure, what was written before it.
   *
   * @throws MienError `encoding/nothing-written` or `encoding/failed`; then nothing is left of it.
   */
  async finish(): Promise<Blob> {
    this.#over = true;
    try {
      return await this.#worker.finish();
    } catch (error) {
      await removeFile(this.#place);
      throw error;
    }
  }

  /** Discards the video and all that was written of it. */
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
