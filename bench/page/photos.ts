import { FaceDetector } from '../../src/engine/face-detector';
import type { PixelRect } from '../../src/engine/geometry';
import { faceApi, human, mien } from './contestants';
import type { LabelledPhoto } from './crops';

declare global {
  interface Window {
    /** System → its answer for each photo, in order; null if it found no face. */
    readPhotos(photos: LabelledPhoto[]): Promise<Record<string, (string | null)[]>>;
  }
}

window.readPhotos = async (photos) => {
  const answers: Record<string, (string | null)[]> = {};
  for (const create of [() => mien('wasm'), () => human('wasm'), () => faceApi('wasm', 'tiny'), () => faceApi('wasm', 'ssd')]) {
    const system = await create();
    const own: (string | null)[] = (answers[system.name] = []);
    const bordered: (string | null)[] = (answers[`${system.name}, photo with a border`] = []);
    for (const { url } of photos) {
      const photo = await toCanvas(url);
      own.push(await system.read(photo));
      bordered.push(await system.read(withBorder(photo)));
    }
    await system.dispose();
  }
  answers['face-api, on faces found by Mien'] = await readFoundFaces(photos);
  return answers;
};

/** Answers of face-api's expression network for faces found by Mien, because face-api's own detector finds few of them. */
async function readFoundFaces(photos: readonly LabelledPhoto[]): Promise<(string | null)[]> {
  const detector = await FaceDetector.create({ assetBase: new URL('./', document.baseURI).href });
  const system = await faceApi('wasm');
  const answers: (string | null)[] = [];
  for (const { url } of photos) {
    const photo = await toCanvas(url);
    const bitmap = await createImageBitmap(photo);
    const [found] = await detector.detectStill(bitmap);
    bitmap.close();
    answers.push(found ? await system.readFace(cutOut(photo, found.box)) : null);
  }
  detector.dispose();
  return answers;
}

/** Adds a grey border of half the longer side, because some detectors miss a face that fills its picture. */
function withBorder(photo: HTMLCanvasElement): HTMLCanvasElement {
  const border = Math.round(Math.max(photo.width, photo.height) / 2);
  const wide = Object.assign(document.createElement('canvas'), { width: photo.width + 2 * border, height: photo.height + 2 * border });
  const context = wide.getContext('2d');
  if (context) {
    context.fillStyle = '#808080';
    context.fillRect(0, 0, wide.width, wide.height);
    context.drawImage(photo, border, border);
  }
  return wide;
}

function cutOut(photo: HTMLCanvasElement, { x, y, width, height }: PixelRect): HTMLCanvasElement {
  const face = Object.assign(document.createElement('canvas'), { width: Math.round(width), height: Math.round(height) });
  face.getContext('2d')?.drawImage(photo, -x, -y);
  return face;
}

async function toCanvas(url: string): Promise<HTMLCanvasElement> {
  const bitmap = await createImageBitmap(await (await fetch(url)).blob());
  const canvas = document.createElement('canvas');
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas;
}
