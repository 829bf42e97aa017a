import type { Size } from '../../engine/geometry';
import type { FaceObservation } from '../../engine/types';
import { facePicture } from '../files/face-picture';
import { uprightFace } from '../files/upright-face';

/** Longest side of the frame that is held, pixels. */
const FRAME_SIDE = 1280;
/** Side of a face's picture, pixels: a cell of the card. */
const FACE = { side: 320, around: 1.7 };

/** The frame that the engine reads just now, from which faces are cut out once it says where they are. */
export class FramePicture {
  #canvas: HTMLCanvasElement | null = null;

  /** Holds what the video shows. */
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

  /** Null: no frame is held. `frame`: size of the frame as it was read. */
  faceIn(frame: Size, { box }: FaceObservation): HTMLCanvasElement | null {
    return this.#canvas && facePicture(this.#canvas, frame, box, FACE);
  }

  /** The same, upright, as the network sees it. */
  uprightIn(frame: Size, { crop }: FaceObservation): HTMLCanvasElement | null {
    return this.#canvas && uprightFace(this.#canvas, frame, crop);
  }

  forget(): void {
    this.#canvas = null;
  }
}
