export type Canvas = OffscreenCanvas | HTMLCanvasElement;

/** A canvas that is not on the page; an element only where OffscreenCanvas is missing (main thread). */
export function createCanvas(width: number, height: number): Canvas {
  // Typed as always present, yet absent in older browsers.
  if ((globalThis.OffscreenCanvas as typeof OffscreenCanvas | undefined) !== undefined) return new OffscreenCanvas(width, height);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}
