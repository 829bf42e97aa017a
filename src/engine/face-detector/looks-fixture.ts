import { CROP_SIZE } from '../crop-arithmetic';
import { area, intersection, pixelRect, type PixelRect, type Size } from '../geometry';
import { THUMBNAIL } from '../scene-change';
import type { CropRegion } from '../types';
import { faceAt } from './face-fixture';
import { FrameGrid } from './frame-grid';
import type { Looks } from './frame-looks';
import type { Look } from './look';
import type { LookMemory } from './look-memory';
import { cellSide } from './search-lattice';

/** Range of face sizes that a network detects, as shares of the look's longer side. */
const SEEN = { from: 0.14, to: 0.7 } as const;

/** For tests: a simulated frame with faces; looks detect those that lie completely in their region and are large enough. */
export class SceneLooks implements Looks {
  readonly size: Size;
  readonly taken: Look[] = [];
  readonly grid: FrameGrid;
  readonly #faces: readonly PixelRect[];
  readonly #memory: LookMemory | null;

  constructor(size: Size, faces: readonly PixelRect[], memory: LookMemory | null = null) {
    this.size = size;
    this.#faces = faces;
    this.#memory = memory;
    this.grid = gridOf(size, faces);
  }

  take(look: Look) {
    const recalled = this.#memory?.recall(look, this.grid);
    if (recalled) return recalled;
    this.taken.push(look);
    const found = look.turn === 0 ? this.#faces.filter((box) => isSeen(box, look.region)).map((box) => faceAt(box)) : [];
    this.#memory?.keep(look, this.grid, found);
    return found;
  }

  /** The frame at `THUMBNAIL`'s size: gray, each pixel lighter by the share that faces cover. */
  get thumbnail(): Uint8ClampedArray {
    const width = this.size.width / THUMBNAIL.width;
    const height = this.size.height / THUMBNAIL.height;
    const rgba = new Uint8ClampedArray(4 * THUMBNAIL.width * THUMBNAIL.height);
    for (let i = 0; i < rgba.length; i += 4) {
      const cell = pixelRect(((i / 4) % THUMBNAIL.width) * width, Math.floor(i / 4 / THUMBNAIL.width) * height, width, height);
      const filled = this.#faces.reduce((sum, face) => sum + area(intersection(face, cell)), 0) / area(cell);
      rgba.fill(120 + 80 * filled, i, i + 4);
    }
    return rgba;
  }

  /** Crops with a texture that moves with each face. */
  cutOut = (regions: readonly CropRegion[]): Float32Array[] =>
    regions.map(({ center, side }) => Float32Array.from({ length: CROP_SIZE ** 2 }, (_, i) => {
      const x = center.x + side * (((i % CROP_SIZE) + 0.5) / CROP_SIZE - 0.5);
      const y = center.y + side * ((Math.floor(i / CROP_SIZE) + 0.5) / CROP_SIZE - 0.5);
      const face = this.#faces.find((box) => x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height);
      return face ? 0.5 + 0.2 * Math.sin((20 * (x - face.x)) / face.width) + 0.2 * Math.cos((23 * (y - face.y)) / face.height) : 0.5;
    }));
}

function isSeen(box: PixelRect, region: PixelRect): boolean {
  const share = box.width / Math.max(region.width, region.height);
  const isInside = box.x >= region.x && box.y >= region.y && box.x + box.width <= region.x + region.width && box.y + box.height <= region.y + region.height;
  return isInside && share >= SEEN.from && share <= SEEN.to;
}

/** Gray, with each face in shades that depend on its place in its cells. */
function gridOf(size: Size, faces: readonly PixelRect[]): FrameGrid {
  const side = cellSide(size);
  const columns = Math.round(size.width / side);
  const cells = new Uint8ClampedArray(4 * columns * Math.round(size.height / side)).fill(120);
  for (let i = 0; i < cells.length; i += 4) {
    const x = ((i / 4) % columns) * side;
    const y = Math.floor(i / 4 / columns) * side;
    const face = faces.find((box) => x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height);
    if (face) cells[i] = 128 + 100 * Math.sin((x - face.x) / 9 + (y - face.y) / 7);
  }
  return new FrameGrid(cells, columns, size);
}

export const square = (x: number, y: number, side: number): PixelRect => pixelRect(x, y, side, side);
