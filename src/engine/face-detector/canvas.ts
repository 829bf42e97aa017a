export type Canvas = OffscreenCanvas | HTMLCanvasElement;

/** Off-screen canvas; a canvas element only where OffscreenCanvas is missing (main thread). */
export function createCanvas(width: number, height: number): Canvas {
  // Typed as always present, yet absent in older browsers.
  if ((globalThis.OffscreenCanvas as typeof OffscreenCanvas | undefined) !== undefined) return new OffscreenCanvas(width, height);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

/** Opaque context in main memory for fast reads; undrawn pixels are black. */
export function readableContext(canvas: Canvas): OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context || !('drawImage' in context)) throw new Error('a 2D canvas is not available');
  return context;
}
