import type { LiveFrame } from '../../engine/types';
import { FileEncoder, type FileEncoderOptions } from './file-encoder';
import { FrameCompositor, type Drawing } from './frame-compositor';

/** Encodes frames with their overlay into one video file. Frames of any size are fitted to the video's size. */
export class OverlayEncoder {
  readonly file: FileEncoder;
  readonly #options: FileEncoderOptions;
  readonly #compositor: FrameCompositor;

  private constructor(options: FileEncoderOptions, file: FileEncoder) {
    this.#options = options;
    this.file = file;
    this.#compositor = new FrameCompositor(options.size);
  }

  /** @throws MienError of kind `encoding`. */
  static async create(options: FileEncoderOptions): Promise<OverlayEncoder> {
    const file = await FileEncoder.create(options);
    try {
      return new OverlayEncoder(options, file);
    } catch (error) {
      await file.cancel();
      throw error;
    }
  }

  /** Takes a frame and closes it. @throws errors of `FileEncoder.add`. */
  async add(frame: LiveFrame, timestampMs: number, drawing: Drawing): Promise<void> {
    if (frame instanceof VideoFrame && this.#passes(frame, drawing)) return this.file.add(frame, timestampMs);
    try {
      this.#compositor.place(frame);
    } finally {
      frame.close();
    }
    await this.file.add(this.#compositor.finish(drawing), timestampMs);
  }

  /** Whether a frame needs no drawing or scaling and can go straight to the encoder. */
  #passes(frame: VideoFrame, { faces, masks }: Drawing): boolean {
    const { width, height } = this.#options.size;
    const rect = frame.visibleRect;
    const plain = faces.length === 0 && masks !== 'everything' && masks.length === 0;
    return plain && rect?.width === width && rect.height === height && frame.displayWidth === width && frame.displayHeight === height;
  }
}
