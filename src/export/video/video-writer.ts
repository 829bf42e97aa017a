import { releaseProxy, transfer, wrap, type Remote } from 'comlink';
import { MienError } from '../../engine/errors';
import type { Size } from '../../engine/geometry';
import { spawnModuleWorker } from '../../engine/module-worker';
import { valueOf, type Reply } from '../../engine/reply';
import type { LiveFrame } from '../../engine/types';
import type { FilePlace } from '../../session/device-files';
import type { AudioOutcome, AudioWish } from './audio-copy';
import { claimFile, keptFile, type ClaimedFile } from './claimed-file';
import { evenSize, type VideoFormat } from './codec-choice';
import { NOTHING_DRAWN, type Drawing } from './frame-compositor';
import type { VideoWriterApi } from './video-writer.worker';
import workerUrl from './video-writer.worker.ts?worker&url';

export interface VideoWriterOptions extends Size {
  /** MP4 holds H.264; WebM VP9, VP8 or AV1, whichever this browser encodes. `writableFormats` tells which there are. */
  readonly format: VideoFormat;
  /** Frames per second to expect, for the size of the file; more or fewer may come. Default: 30. */
  readonly frameRate?: number;
  /** The frames come from a camera, so that speed counts more than size. Default: false. */
  readonly live?: boolean;
  /** Sound to copy in from a file. */
  readonly audio?: AudioWish;
  /** A file on the device that stays. Default: one that goes with `release` or with the page. */
  readonly place?: FilePlace;
}

/** No frame takes a tenth of this, however slow the device. */
const FRAME_TIMEOUT_MS = 30_000;
/** The frames that wait are encoded, and the index is written. */
const FINISH_TIMEOUT_MS = 120_000;
const CANCEL_TIMEOUT_MS = 3000;

/**
 * Writes one video in a worker of its own: frames are fitted into its size, drawn over, encoded and written to a
 * file as they come, so that memory stays flat however long it gets. The worker and its libraries are loaded with
 * the first video.
 */
export class VideoWriter {
  /** What was asked for, made even. */
  readonly size: Size;
  /** What became of the sound. */
  readonly audio: AudioOutcome;
  readonly #worker: VideoWorker;
  readonly #file: ClaimedFile;

  private constructor(size: Size, audio: AudioOutcome, worker: VideoWorker, file: ClaimedFile) {
    this.size = size;
    this.audio = audio;
    this.#worker = worker;
    this.#file = file;
  }

  /** @throws MienError `encoding/no-webcodecs`, `encoding/no-codec`, `encoding/failed`. */
  static async create({ width, height, format, frameRate = 30, live = false, audio, place }: VideoWriterOptions): Promise<VideoWriter> {
    const size = evenSize({ width, height });
    const file = place ? keptFile(place) : await claimFile(format);
    const worker = new VideoWorker();
    try {
      const options = { size, format, frameRate, live, audio: audio ?? null, place: file.place };
      return new VideoWriter(size, await worker.call((api) => api.start(options)), worker, file);
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
   * @throws MienError `encoding/disk-full` or `encoding/failed`; what was written before can be finished.
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
   * The finished video; after an error, what was written before it.
   *
   * @throws MienError `encoding/nothing-written` or `encoding/failed`; then nothing is left of it.
   */
  async finish(): Promise<Blob> {
    try {
      return await this.#worker.call((api) => api.finish(), FINISH_TIMEOUT_MS);
    } catch (error) {
      await this.release();
      throw error;
    } finally {
      this.#worker.end();
    }
  }

  /** Gives the video up: the encoder, the worker and what was written are gone when it resolves. */
  async cancel(): Promise<void> {
    try {
      await this.#worker.call((api) => api.cancel(), CANCEL_TIMEOUT_MS);
    } catch {
      // A worker that no longer answers ends all the same.
    }
    this.#worker.end();
    await this.release();
  }

  /** Gives up what `finish` gave, where no place was named: its file is removed. */
  async release(): Promise<void> {
    await this.#file.release();
  }
}

/** The worker of one video. A call that takes too long is answered as if the worker had died. */
class VideoWorker {
  readonly #worker = spawnModuleWorker(workerUrl, 'mien-video');
  readonly #remote: Remote<VideoWriterApi> = wrap<VideoWriterApi>(this.#worker);
  readonly #life = new AbortController();

  constructor() {
    this.#worker.addEventListener('error', (event) => this.end(event.message));
  }

  async call<T>(send: (api: Remote<VideoWriterApi>) => Promise<Reply<T>>, timeoutMs = FRAME_TIMEOUT_MS): Promise<T> {
    const { signal } = this.#life;
    signal.throwIfAborted();
    const call = new AbortController();
    // Nothing may stay on the worker's own signal: a video has a hundred thousand calls.
    const ended = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as MienError), { signal: call.signal });
    });
    const timer = setTimeout(() => this.end('no answer'), timeoutMs);
    try {
      return valueOf(await Promise.race([send(this.#remote), ended]));
    } finally {
      clearTimeout(timer);
      call.abort();
    }
  }

  /** Calls under way, and later ones, reject with `encoding/failed`. */
  end(why = 'ended'): void {
    if (this.#life.signal.aborted) return;
    this.#life.abort(new MienError('encoding', 'failed', why));
    this.#remote[releaseProxy]();
    this.#worker.terminate();
  }
}
