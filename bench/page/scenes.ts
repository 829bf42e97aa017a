import { EmotionClassifier } from '../../src/engine/emotion-classifier';
import { CROP_SIZE, cropRegion, FaceCropper, standardise } from '../../src/engine/face-crop';
import { FaceDetector } from '../../src/engine/face-detector';
import { estimateHeadPose } from '../../src/engine/head-pose';
import { dominant, type Expression } from '../../src/engine/labels';
import { loadModelFiles } from '../../src/engine/model-files';

/** A 48×48 face of a sheet, with its label. */
export interface SheetFace {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
  readonly label: Expression;
}

/** Number of correct classifications with each crop, among the detected faces. */
export interface SceneScore {
  /** Side of the pasted face, pixels. */
  readonly facePx: number;
  readonly pasted: number;
  readonly found: number;
  readonly rightPerfect: number;
  readonly rightDetected: number;
  /** Medians over the detected faces, as shares of the pasted face's side: the crop's side, and its centre's offset to the right and down. */
  readonly side: number;
  readonly right: number;
  readonly down: number;
  /** For each detected face: absolute yaw of the head, degrees, and whether the detector's crop was classified correctly. */
  readonly turns: readonly { readonly yawDeg: number; readonly right: boolean }[];
}

declare global {
  interface Window {
    /** @param sheets name → data URL. */
    scoreScenes(sheets: Record<string, string>, faces: SheetFace[], sizes: number[]): Promise<SceneScore[]>;
  }
}

const SCENE = { width: 640, height: 480 };
const BLUR_PX = 6;
const BASE = new URL('./', document.baseURI).href;

window.scoreScenes = async (sheets, faces, sizes) => {
  const pictures = new Map<string, ImageBitmap>();
  for (const [name, url] of Object.entries(sheets)) {
    pictures.set(name, await createImageBitmap(await (await fetch(url)).blob()));
  }
  const detector = await FaceDetector.create({ assetBase: BASE });
  const classifier = await EmotionClassifier.create('wasm', await loadModelFiles(BASE), BASE);
  if (typeof classifier === 'string') throw new Error(classifier);
  const cropper = new FaceCropper();
  const canvas = new OffscreenCanvas(SCENE.width, SCENE.height);
  const scene = canvas.getContext('2d', { willReadFrequently: true });
  if (!scene) throw new Error('no 2D canvas');

  const scores: SceneScore[] = [];
  for (const facePx of sizes) {
    let rightPerfect = 0;
    let rightDetected = 0;
    const turns: { yawDeg: number; right: boolean }[] = [];
    const places: { side: number; right: number; down: number }[] = [];
    for (const [i, face] of faces.entries()) {
      const picture = pictures.get(face.sheet);
      if (!picture) throw new Error(`no sheet ${face.sheet}`);
      const from = { x: face.column * CROP_SIZE, y: face.row * CROP_SIZE };
      // Spread over the scene deterministically, for reproducible runs.
      const x = Math.floor(((i * 0.618034) % 1) * (SCENE.width - facePx));
      const y = Math.floor(((i * 0.754878) % 1) * (SCENE.height - facePx));
      paste(scene, picture, from, x, y, facePx);
      const [found] = await detector.detectStill(await createImageBitmap(canvas));
      if (!found) continue;
      const region = cropRegion(found);
      const perfect = { center: { x: x + facePx / 2, y: y + facePx / 2 }, side: facePx, rollDeg: 0 };
      const [own, ideal] = await classifier.classify(standardised(cropper.crop(canvas, [region, perfect])));
      const right = own !== undefined && dominant(own).label === face.label;
      if (right) rightDetected++;
      turns.push({ yawDeg: Math.abs(estimateHeadPose(found.keypoints).yawDeg), right });
      if (ideal && dominant(ideal).label === face.label) rightPerfect++;
      places.push({
        side: region.side / facePx,
        right: (region.center.x - perfect.center.x) / facePx,
        down: (region.center.y - perfect.center.y) / facePx,
      });
    }
    const median = (key: 'side' | 'right' | 'down') => places.map((p) => p[key]).sort((a, b) => a - b)[places.length >> 1] ?? NaN;
    scores.push({
      facePx, pasted: faces.length, found: places.length, rightPerfect, rightDetected,
      side: median('side'), right: median('right'), down: median('down'), turns,
    });
  }
  return scores;
};

/** Pastes a face onto a soft continuation of its border: a hard edge would not be a face's outline to any detector. */
function paste(
  scene: OffscreenCanvasRenderingContext2D,
  picture: ImageBitmap,
  from: { x: number; y: number },
  x: number,
  y: number,
  side: number,
): void {
  const surroundings = side * 0.6;
  scene.imageSmoothingEnabled = true;
  scene.fillStyle = '#777';
  scene.fillRect(0, 0, SCENE.width, SCENE.height);
  // Downscaled to a few pixels and enlarged smoothly: a cheap blur.
  scene.drawImage(picture, from.x, from.y, CROP_SIZE, CROP_SIZE, 0, 0, BLUR_PX, BLUR_PX);
  scene.drawImage(scene.canvas, 0, 0, BLUR_PX, BLUR_PX, x - surroundings, y - surroundings, side + 2 * surroundings, side + 2 * surroundings);
  scene.drawImage(picture, from.x, from.y, CROP_SIZE, CROP_SIZE, x, y, side, side);
}

function standardised(crops: Float32Array): Float32Array {
  standardise(crops);
  return crops;
}
