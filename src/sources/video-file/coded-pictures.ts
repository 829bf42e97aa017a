import type { Size } from '../../engine/geometry';
import type { LiveFrame } from '../../engine/types';
import type { CodedFrame } from './coded-frame';
import type { DecodedFrame } from './chunk-decoder';
import { displayedFrame, type Display } from './displayed-frame';

/** Type of a video's frames if each is a separate picture file, as written by webcams and cameras. */
export type PictureType = 'image/jpeg' | 'image/png';

/** Detected from a frame's own bytes: containers name such codecs in many ways, and some not at all. */
export function pictureTypeOf(bytes: Uint8Array): PictureType | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  return bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47 ? 'image/png' : null;
}

/** Decodes frame by frame; damaged ones are missing from the output. */
export async function* decodePictures(type: PictureType, coded: AsyncIterable<CodedFrame>): AsyncGenerator<DecodedFrame<ImageBitmap>, void, undefined> {
  for await (const { number, data } of coded) {
    const frame = data && (await createImageBitmap(new Blob([data], { type })).catch(() => null));
    if (frame) yield { number, frame };
  }
}

/** Sizes of a video's frames before rotation. */
export interface PictureSizes extends Display {
  readonly coded: Size;
  /** In square pixels. */
  readonly square: Size;
}

/** A decoded picture as displayed; see `displayedFrame`. Takes ownership of the picture. */
export function displayedPicture(picture: ImageBitmap, timestampMs: number, { coded, square, size, rotationDeg, mirrored }: PictureSizes): LiveFrame {
  const { width, height } = picture;
  // Interlaced pictures are stored as two of half the height, of which browsers decode the first.
  const isField = height !== coded.height && Math.abs(2 * height - coded.height) <= 1;
  const shown = width === coded.width && (isField || height === coded.height) ? square : { width, height };
  if (rotationDeg === 0 && !mirrored && width === size.width && height === size.height) return picture;
  const frame = new VideoFrame(picture, { timestamp: timestampMs * 1000, displayWidth: shown.width, displayHeight: shown.height });
  picture.close();
  return displayedFrame(frame, timestampMs, { size, rotationDeg, mirrored });
}
