import type { Size } from '../../engine/geometry';
import type { PaintedFace } from '../../export/overlay-painter';

/** A picture of the camera with the faces drawn over it. */
export interface Still {
  readonly image: HTMLCanvasElement;
  readonly size: Size;
  readonly faces: readonly PaintedFace[];
}

/** The video's current picture, for display while the camera is off; null if there is none. */
export function stillOf(video: HTMLVideoElement, faces: () => readonly PaintedFace[]): Still | null {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) return null;
  const size = { width: video.videoWidth, height: video.videoHeight };
  const image = document.createElement('canvas');
  Object.assign(image, size);
  image.getContext('2d')?.drawImage(video, 0, 0);
  return { image, size, faces: faces() };
}
