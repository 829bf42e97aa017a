/** Red, green, blue, 0–255. */
export type Rgb = readonly [number, number, number];

export interface HeatColors {
  /** Colours of supporting and opposing evidence. */
  readonly for: Rgb;
  readonly against: Rgb;
}

/** Opacity of the strongest evidence. */
const STRONGEST_ALPHA = 255;

/**
 * Renders evidence as pixels whose opacity is proportional to its strength, interpolated bilinearly.
 *
 * @param evidence [side, side].
 * @returns RGBA, [size, size].
 */
export function heatPixels(evidence: ArrayLike<number>, side: number, size: number, colors: HeatColors): Uint8ClampedArray<ArrayBuffer> {
  const most = Math.max(1e-9, ...Array.from(evidence, Math.abs));
  const pixels = new Uint8ClampedArray(size * size * 4);
  const at = (row: number, column: number) => evidence[Math.min(side - 1, row) * side + Math.min(side - 1, column)] ?? 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [v, u] = [y, x].map((pixel) => Math.min(side - 1, Math.max(0, ((pixel + 0.5) / size) * side - 0.5))) as [number, number];
      const [row, column] = [Math.floor(v), Math.floor(u)];
      const [down, right] = [v - row, u - column];
      const above = at(row, column) * (1 - right) + at(row, column + 1) * right;
      const below = at(row + 1, column) * (1 - right) + at(row + 1, column + 1) * right;
      const value = (above * (1 - down) + below * down) / most;
      pixels.set([...(value > 0 ? colors.for : colors.against), Math.abs(value) * STRONGEST_ALPHA], (y * size + x) * 4);
    }
  }
  return pixels;
}
