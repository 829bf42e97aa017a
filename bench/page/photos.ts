import { faceApi, human, mien } from './contestants';
import type { LabelledPhoto } from './crops';

declare global {
  interface Window {
    /** System → what it read in each photo, in their order; null where it found no face. */
    readPhotos(photos: LabelledPhoto[]): Promise<Record<string, (string | null)[]>>;
  }
}

window.readPhotos = async (photos) => {
  const answers: Record<string, (string | null)[]> = {};
  for (const create of [() => mien('wasm'), () => human('wasm'), () => faceApi('wasm')]) {
    const system = await create();
    const own: (string | null)[] = (answers[system.name] = []);
    for (const { url } of photos) own.push(await system.read(await toCanvas(url)));
    await system.dispose();
  }
  return answers;
};

async function toCanvas(url: string): Promise<HTMLCanvasElement> {
  const bitmap = await createImageBitmap(await (await fetch(url)).blob());
  const canvas = document.createElement('canvas');
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas;
}
