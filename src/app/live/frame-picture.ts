import type { Size } from '../../engine/geometry';
import type { FaceObservation } from '../../engine/types';
import { facePicture } from '../files/face-picture';
import { uprightFace } from '../files/upright-face';

/** Longest side of the captured frame, pixels. */
const FRAME_SIDE = 1280;
/** Side of a face's picture in pixels (a cell of the card), and of its crop in multiples of the box. */
const FACE = { side: 320, around: 1.7 };

/** The frame being read, from which faces are cropped once their positions are known. */
export class FramePicture {
  #canvas: HTMLCanvasElement | null = null;

  /** Captures the video's current frame. */
  hold(video: HTMLVideoElement): void {
    const { videoWidth, videoHeight } = video;
    if (videoWidth === 0) return;
    const canvas = (this.#canvas ??= document.createElement('canvas'));
    const scale = Math.min(1, FRAME_SIDE / Math.max(videoWidth, videoHeight));
    const [width, height] = [Math.round(videoWidth * scale), Math.round(videoHeight * scale)];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    canvas.getContext('2d', { alpha: false })?.drawImage(video, 0, 0, width, height);
  }

  /** Crops a face; null if no frame is captured. `frame`: frame size as read. */
  faceIn(frame: Size, { box }: FaceObservation): HTMLCanvasElement | null {
    return this.#canvas && facePicture(this.#canvas, frame, box, FACE);
  }

  /** Like `faceIn`, but upright, like the network's input. */
  uprightIn(frame: Size, { crop }: FaceObservation): HTMLCanvasElement | null {
    return this.#canvas && uprightFace(this.#canvas, frame, crop);
  }

  forget(): void {
    this.#canvas = null;
  }
}
