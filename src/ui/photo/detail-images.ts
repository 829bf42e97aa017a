import { useEffect, useMemo, useState } from 'react';
import type { Size } from '../../engine/geometry';
import type { FrameResult } from '../../engine/types';
import { openImage } from '../../sources/image-file-source';
import type { Picture } from '../../sources/picture';
import { canvasToBlob } from '../../app/files/canvas-blob';
import { uprightFace } from '../../app/files/upright-face';

/** Limits of the displayed picture's longer side, pixels; a tiny picture is enlarged, so that its faces are distinguishable. */
const PREVIEW_SIDE = { min: 480, max: 1600 };
/** A panorama or long screenshot gets at least this shorter side, so that zooming in shows detail, up to `MOST_SIDE` for the longer one. */
const LEGIBLE_SIDE = 480;
const MOST_SIDE = 4096;

export interface DetailImages {
  readonly preview: string | null;
  /** One for each face, in the order of the result; empty until there is a result. */
  readonly crops: readonly string[];
}

/** Object URLs of a picture and its faces, revoked when no longer shown. */
export function useDetailImages(file: File, result: FrameResult | null): DetailImages {
  const [preview = null] = useImages(file, drawPreview);
  const drawFaces = useMemo(() => result && ((picture: Picture) => drawCrops(picture, result)), [result]);
  return { preview, crops: useImages(file, drawFaces) };
}

/** Object URLs of the drawn images; empty until drawn. `drawAll` is null until they are needed. */
function useImages(file: File, drawAll: ((picture: Picture) => HTMLCanvasElement[]) | null): readonly string[] {
  const [urls, setUrls] = useState<readonly string[]>([]);
  useEffect(() => {
    if (!drawAll) return;
    let wanted = true;
    let own: string[] = [];
    const render = async () => {
      const blobs = await renderImages(file, drawAll);
      if (!wanted) return;
      own = blobs.map((blob) => URL.createObjectURL(blob));
      setUrls(own);
    };
    // The analysis reports pictures that cannot be opened.
    render().catch(() => undefined);
    return () => {
      wanted = false;
      for (const url of own) URL.revokeObjectURL(url);
    };
  }, [file, drawAll]);
  return urls;
}

async function renderImages(file: File, drawAll: (picture: Picture) => HTMLCanvasElement[]): Promise<Blob[]> {
  const picture = await openImage(file);
  try {
    return await Promise.all(drawAll(picture).map((canvas) => canvasToBlob(canvas, 'image/jpeg')));
  } finally {
    picture.bitmap.close();
  }
}

/** Display size of a picture, pixels. */
export function previewSize({ width, height }: Size): Size {
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)];
  const usual = Math.min(Math.max(longer, PREVIEW_SIDE.min), PREVIEW_SIDE.max) / longer;
  const scale = Math.max(usual, Math.min(1, LEGIBLE_SIDE / shorter, MOST_SIDE / longer));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

function drawPreview({ bitmap, size }: Picture): HTMLCanvasElement[] {
  const { width, height } = previewSize(size);
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, width);
  canvas.height = Math.max(1, height);
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, width, height);
  }
  return [canvas];
}

function drawCrops({ bitmap, size }: Picture, { faces }: FrameResult): HTMLCanvasElement[] {
  return faces.map(({ crop }) => uprightFace(bitmap, size, crop));
}
