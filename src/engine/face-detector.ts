import type { OnBytes } from './assets';
import { MienError } from './errors';
import { adaptDetections } from './face-detector/adapt-detections';
import { MediaPipeRuntime, type ModelRunner } from './face-detector/mediapipe-runtime';
import { frameSize, RegionView, type FrameImage } from './face-detector/region-view';
import { area, pixelRect, type PixelRect } from './geometry';
import type { FaceDetection } from './types';

const SHORT_RANGE = 'face_detection_short_range.tflite';

export interface FaceDetectorOptions {
  /** Absolute URL of the folder that holds `vendor/`, with a trailing slash. */
  readonly assetBase: string;
  /** Told of every piece of the start-up download. */
  readonly onBytes?: OnBytes;
}

/** Finds faces with BlazeFace (Bazarevsky et al. 2019), run by MediaPipe on the CPU. */
export class FaceDetector {
  private readonly short: ModelRunner;
  private readonly view = new RegionView();

  private constructor(short: ModelRunner) {
    this.short = short;
  }

  static async create({ assetBase, onBytes }: FaceDetectorOptions): Promise<FaceDetector> {
    const runtime = await MediaPipeRuntime.load(assetBase, onBytes);
    return new FaceDetector(await runtime.createDetector(SHORT_RANGE, onBytes));
  }

  detectLive(frame: FrameImage, timestampMs: number): Promise<FaceDetection[]> {
    const { width, height } = frameSize(frame);
    void timestampMs;
    return Promise.resolve(this.detectRegion(this.short, frame, pixelRect(0, 0, width, height)));
  }

  detectStill(frame: ImageBitmap): Promise<FaceDetection[]> {
    return this.detectLive(frame, 0).then((faces) => faces.sort((a, b) => area(b.box) - area(a.box)));
  }

  resetLive(): void {}

  dispose(): void {
    this.short.dispose();
  }

  private detectRegion(model: ModelRunner, frame: FrameImage, region: PixelRect): FaceDetection[] {
    try {
      const picture = this.view.draw(frame, region, 640);
      return adaptDetections(model.run(picture), picture, region);
    } catch (error) {
      throw MienError.from(error);
    }
  }
}
