import { describeAppearance, TILE, tileRegion, type Appearance } from './appearance';
import { createCanvas, readableContext } from './face-detector/canvas';
import type { FrameImage } from './face-detector/region-view';
import { intersection, pixelRect } from './geometry';
import { THUMBNAIL } from './scene-change';
import type { FaceDetection } from './types';

/** The thumbnail is drawn at this multiple of its size and averaged, since bilinear drawing alone skips most pixels. */
const OVERSAMPLING = 2;
/** Tiles per read-back; more faces take several rounds. */
const TILES = 16;

/** Draws a frame and its faces' surroundings at very small sizes, to detect scene changes and describe appearances. */
export class FrameSampler {
  readonly #thumbnail = readableContext(createCanvas(THUMBNAIL.width * OVERSAMPLING, THUMBNAIL.height * OVERSAMPLING));
  readonly #tiles = readableContext(createCanvas(TILE.width * TILES, TILE.height));

  /** @returns RGBA of the whole frame at `THUMBNAIL`'s size, stretched to its aspect. */
  thumbnail(frame: FrameImage): Uint8ClampedArray {
    const context = this.#thumbnail;
    const { width, height } = context.canvas;
    context.drawImage(frame, 0, 0, width, height);
    return averaged(context.getImageData(0, 0, width, height).data, width);
  }

  /** Appearance of each face; null if too little of the face is in the frame. */
  appearances(frame: FrameImage, faces: readonly FaceDetection[]): (Appearance | null)[] {
    const found: (Appearance | null)[] = [];
    for (let from = 0; from < faces.length; from += TILES) found.push(...this.#round(frame, faces.slice(from, from + TILES)));
    return found;
  }

  #round(frame: FrameImage, faces: readonly FaceDetection[]): (Appearance | null)[] {
    const context = this.#tiles;
    const whole = pixelRect(0, 0, frame.width, frame.height);
    const drawn = faces.map((face, i) => {
      const region = tileRegion(face);
      const scale = TILE.width / region.width;
      const inFrame = intersection(region, whole);
      if (!(inFrame.width >= 1 && inFrame.height >= 1)) return null;
      const visible = pixelRect((inFrame.x - region.x) * scale, (inFrame.y - region.y) * scale, inFrame.width * scale, inFrame.height * scale);
      context.drawImage(frame, inFrame.x, inFrame.y, inFrame.width, inFrame.height, i * TILE.width + visible.x, visible.y, visible.width, visible.height);
      return visible;
    });
    if (drawn.every((visible) => visible === null)) return faces.map(() => null);
    // One read for all: each costs more than the pixels of a tile.
    const width = faces.length * TILE.width;
    const { data } = context.getImageData(0, 0, width, TILE.height);
    return drawn.map((visible, i) => visible && describeAppearance(tileAt(data, width, i), visible));
  }
}

/** Pixels of the i-th tile in a row of tiles. */
function tileAt(rgba: Uint8ClampedArray, width: number, i: number): Uint8ClampedArray {
  const row = 4 * TILE.width;
  const tile = new Uint8ClampedArray(row * TILE.height);
  for (let y = 0; y < TILE.height; y++) {
    const from = 4 * y * width + i * row;
    tile.set(rgba.subarray(from, from + row), y * row);
  }
  return tile;
}

/** Averages blocks of `OVERSAMPLING`² pixels. */
function averaged(rgba: Uint8ClampedArray, width: number): Uint8ClampedArray {
  const small = new Uint8ClampedArray(THUMBNAIL.width * THUMBNAIL.height * 4);
  const step = OVERSAMPLING * 4;
  let to = 0;
  for (let row = 0; row < THUMBNAIL.height; row++) {
    for (let column = 0; column < THUMBNAIL.width; column++) {
      const first = row * OVERSAMPLING * width * 4 + column * step;
      for (let channel = 0; channel < 4; channel++) {
        let sum = 0;
        for (let y = 0; y < OVERSAMPLING; y++) {
          for (let x = 0; x < step; x += 4) sum += rgba[first + y * width * 4 + x + channel] ?? 0;
        }
        small[to++] = sum / OVERSAMPLING ** 2;
      }
    }
  }
  return small;
}
