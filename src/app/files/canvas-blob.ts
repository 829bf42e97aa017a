/** Encodes the canvas as a picture file. Rejects if the browser cannot encode it. */
export function canvasToBlob(canvas: HTMLCanvasElement, type: 'image/jpeg' | 'image/png'): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(`canvas gave no ${type}`))), type, 0.8);
  });
}
