import { MienError } from '../../engine/errors';
import type { Size } from '../../engine/geometry';
import { fittedInto } from '../../engine/result-size';
import type { LiveFrame } from '../../engine/types';
import { SerialQueue } from '../../engine/serial-queue';
import type { OverlayOptions } from '../overlay-painter';
import type { OverlayEncoder } from './overlay-encoder';
import { LOOKAHEAD_MS, masksAt } from './face-masks';
import { FaceReadings, type FaceReading } from './face-readings';
import { FrameCompositor, NOTHING_DRAWN, type Drawing } from './frame-compositor';
import { FrameDelay } from './frame-delay';
import type { RecordingLook } from './recording-options';

/** Memory limit for frames that wait for a reading, at four bytes a pixel. */
const WAITING_BYTES = 64 * 2 ** 20;
const MOST_WAITING = 18;
const LEAST_WAITING = 4;

/**
 * Records a camera. Frames come before their faces are known, so they wait for the next reading, in the faceless look a
 * little longer. The faceless look masks everything in frames without a reading.
 */
export class LiveRecorder {
  readonly #video: OverlayEncoder;
  readonly #look: RecordingLook;
  readonly #overlay: OverlayOptions;
  readonly #readings = new FaceReadings();
  readonly #delay: FrameDelay<FrameCompositor>;
  /** Canvases not in use. */
  readonly #free: FrameCompositor[] = [];
  #canvases = 0;
  readonly #mostCanvases: number;
  readonly #size: Size;
  readonly #encodings = new SerialQueue();
  #failure: MienError | null = null;

  constructor(video: OverlayEncoder, size: Size, look: RecordingLook, overlay: OverlayOptions) {
    this.#video = video;
    this.#size = size;
    this.#look = look;
    this.#overlay = overlay;
    this.#delay = new FrameDelay(look === 'faceless' ? LOOKAHEAD_MS : 0);
    const fitting = Math.floor(WAITING_BYTES / (4 * size.width * size.height));
    this.#mostCanvases = Math.max(LEAST_WAITING, Math.min(MOST_WAITING, fitting));
  }

  /**
   * Takes a frame and closes it.
   *
   * @returns whether there was room for it.
   * @throws errors of `FileEncoder.add`, for this or an earlier frame.
   */
  async push(frame: LiveFrame, timestampMs: number): Promise<boolean> {
    if (this.#look === 'plain') {
      await this.#video.add(frame, timestampMs, NOTHING_DRAWN);
      return true;
    }
    const canvas = this.#freeCanvas();
    try {
      canvas?.place(frame);
    } finally {
      frame.close();
    }
    this.#delay.see(timestampMs);
    if (canvas) this.#delay.push(canvas, timestampMs);
    this.#encodeReady();
    if (this.#failure !== null) throw this.#failure;
    return canvas !== null;
  }

  read(reading: FaceReading): void {
    // The same fit as for frames, whose size changes when a phone is turned.
    this.#readings.add(fittedInto(this.#size, reading));
    this.#encodeReady();
  }

  /** Encodes the waiting frames. Never throws: the file can be finished with what it holds. */
  async finish(): Promise<void> {
    for (const { item, timestampMs } of this.#delay.takeAll()) {
      // The last frames may have no reading.
      if (this.#look === 'faceless' && timestampMs > this.#readings.newestMs) continue;
      this.#encode(item, timestampMs);
    }
    await this.#encodings.settled();
  }

  #freeCanvas(): FrameCompositor | null {
    const free = this.#free.pop();
    if (free) return free;
    if (this.#canvases >= this.#mostCanvases) return null;
    this.#canvases++;
    return new FrameCompositor(this.#size);
  }

  #encodeReady(): void {
    // Each frame that is encoded unread lacks its boxes, so a slow reader is waited for as long as there are canvases.
    const hasRoom = this.#free.length > 0 || this.#canvases < this.#mostCanvases;
    for (const { item, timestampMs } of this.#delay.takeReady(this.#readings.newestMs, hasRoom)) this.#encode(item, timestampMs);
  }

  #encode(canvas: FrameCompositor, timestampMs: number): void {
    const drawing = this.#drawingAt(timestampMs);
    void this.#encodings
      .add(() => this.#video.file.add(canvas.finish(drawing), timestampMs))
      .catch((error: unknown) => {
        this.#failure ??= MienError.from(error);
      })
      // Freed only now, so that the encoder's queue never exceeds the number of canvases.
      .then(() => void this.#free.push(canvas));
  }

  #drawingAt(timestampMs: number): Drawing {
    const masks = this.#look === 'faceless' ? masksAt(this.#readings.all, timestampMs) : [];
    return { faces: this.#readings.facesAt(timestampMs), masks, overlay: this.#overlay };
  }
}
