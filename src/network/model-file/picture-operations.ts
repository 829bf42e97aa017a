import * as tfc from '@tensorflow/tfjs-core';
import { known } from './weighted-kind';

/** Resizes to a height and width with half-pixel centres, like TensorFlow 2. */
export function resize(x: tfc.Tensor, size: readonly number[], nearest: boolean): tfc.Tensor {
  const [height, width] = [known(size[0]), known(size[1])];
  const scale = nearest ? tfc.image.resizeNearestNeighbor : tfc.image.resizeBilinear;
  return scale(x as tfc.Tensor4D, [height, width], false, true);
}

/** Crops the centre of pictures that are at least as large. */
export function crop(x: tfc.Tensor, size: readonly number[]): tfc.Tensor {
  const [height, width] = [known(size[0]), known(size[1])];
  const [batch = 1, rows = 0, columns = 0, channels = 1] = x.shape;
  if (rows < height || columns < width) throw new Error(`a crop of ${height}×${width} from ${rows}×${columns} pixels`);
  return tfc.slice(x, [0, Math.floor((rows - height) / 2), Math.floor((columns - width) / 2), 0], [batch, height, width, channels]);
}

export function padding(x: tfc.Tensor, pads: readonly (readonly [number, number])[], value: number): tfc.Tensor {
  return tfc.pad(x, pads.map(([before, after]) => [before, after]), value);
}

export function channelsLast(x: tfc.Tensor): tfc.Tensor {
  const axes = x.shape.map((_, axis) => axis);
  return tfc.transpose(x, [0, ...axes.slice(2), 1]);
}

export function channelsFirst(x: tfc.Tensor): tfc.Tensor {
  const axes = x.shape.map((_, axis) => axis);
  return tfc.transpose(x, [0, x.rank - 1, ...axes.slice(1, -1)]);
}

/** Index along one axis in `x[…]`: a range, a single position, the remaining axes, or a new axis. */
export type Cut =
  | { readonly kind: 'part'; readonly start: number | null; readonly stop: number | null; readonly step: number | null }
  | { readonly kind: 'place'; readonly place: number }
  | { readonly kind: 'rest' }
  | { readonly kind: 'new' };

/** Python's `x[cuts]`. */
export function slice(x: tfc.Tensor, cuts: readonly Cut[]): tfc.Tensor {
  const mask = (is: (cut: Cut) => boolean) => cuts.reduce((bits, cut, i) => (is(cut) ? bits | (1 << i) : bits), 0);
  return tfc.stridedSlice(
    x,
    cuts.map((cut) => (cut.kind === 'part' ? (cut.start ?? 0) : cut.kind === 'place' ? cut.place : 0)),
    cuts.map((cut) => (cut.kind === 'part' ? (cut.stop ?? 0) : cut.kind === 'place' ? cut.place + 1 : 0)),
    cuts.map((cut) => (cut.kind === 'part' ? (cut.step ?? 1) : 1)),
    mask((cut) => cut.kind === 'part' && cut.start === null),
    mask((cut) => cut.kind === 'part' && cut.stop === null),
    mask(({ kind }) => kind === 'rest'),
    mask(({ kind }) => kind === 'new'),
    mask(({ kind }) => kind === 'place'),
  );
}
