import type { Scene } from '../../scripts/drawn-faces/scenes';

/** Rasterises a drawn scene at its own size. */
export async function drawScene({ svg, size }: Scene): Promise<OffscreenCanvas> {
  const picture = new Image();
  picture.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    await picture.decode();
    const canvas = new OffscreenCanvas(size.width, size.height);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, size.width, size.height);
    return canvas;
  } finally {
    URL.revokeObjectURL(picture.src);
  }
}

let last: { readonly svg: string; readonly canvas: OffscreenCanvas } | null = null;

/** A drawn scene as engine input; close it or pass it to the engine. Caches the last scene, since clips hold frames. */
export async function bitmapOf(scene: Scene): Promise<ImageBitmap> {
  const { svg } = scene;
  if (last?.svg !== svg) last = { svg, canvas: await drawScene(scene) };
  return createImageBitmap(last.canvas);
}

/** A drawn scene as an encoded file. */
export async function pictureFile(scene: Scene, name: string, type: 'image/png' | 'image/jpeg' | 'image/webp' = 'image/png'): Promise<File> {
  const canvas = await drawScene(scene);
  const blob = await canvas.convertToBlob({ type, quality: 0.92 });
  if (blob.type !== type) throw new Error(`this browser does not encode ${type}`);
  return new File([blob], name, { type });
}
