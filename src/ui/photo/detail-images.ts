import { useEffect, useState } from 'react';
import { reachesOutside, regionToTile, replicateBorder } from '../../engine/crop-arithmetic';
import type { CropRegion, FrameResult } from '../../engine/types';
import { openImage } from '../../sources/image-file-source';
import { canvasToBlob } from '../shared/canvas-blob';

/** Longest side of the picture as shown, pixels; a tiny picture is enlarged, so that its faces can be told apart. */
const PREVIEW_SIDE = { min: 480, max: 1600 };
/** Side of a shown crop, pixels. */
const CROP_SIDE = 160;

export interface DetailImages {
  readonly preview: string | null;
  /** One per face, in the result's order; empty until there is a result. */
  readonly crops: readonly string[];
}

const NONE: DetailImages = { preview: null, crops: [] };

/** Object URLs of one picture and of its faces, revoked when it is no longer shown. */
export function useDetailImages(file: File, result: FrameResult | null): DetailImages {
  const [images, setImages] = useState<DetailImages>(NONE);

  useEffect(() => {
    let wanted = true;
    let urls: string[] = [];
    const render = async () => {
      const blobs = await renderImages(file, result);
      if (!wanted) return;
      urls = blobs.map((blob) => URL.createObjectURL(blob));
      const [preview = null, ...crops] = urls;
      setImages({ preview, crops });
    };
    // A picture that cannot be opened has its message from the reading itself.
    render().catch(() => undefined);
    return () => {
      wanted = false;
      for (const url of urls) URL.revokeObjectURL(url);
    };
  }, [file, result]);

  return images;
}

/** The preview first, then a crop per face. */
async function renderImages(file: File, result: FrameResult | null): Promise<Blob[]> {
  const picture = await openImage(file);
  try {
    const longer = Math.max(picture.width, picture.height);
    const scale = Math.min(Math.max(longer, PREVIEW_SIDE.min), PREVIEW_SIDE.max) / longer;
    const preview = draw(Math.round(picture.width * scale), Math.round(picture.height * scale), (context) => {
      context.scale(scale, scale);
      context.drawImage(picture, 0, 0);
    });
    const crops = (result?.faces ?? []).map(({ crop }) => draw(CROP_SIDE, CROP_SIDE, (context) => drawUpright(context, picture, crop)));
    return await Promise.all([preview, ...crops].map((canvas) => canvasToBlob(canvas, 'image/jpeg')));
  } finally {
    picture.close();
  }
}

function draw(width: number, height: number, paint: (context: CanvasRenderingContext2D) => void): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, width);
  canvas.height = Math.max(1, height);
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = 'high';
    paint(context);
  }
  return canvas;
}

/** The region as the classifier sees it, but in colour: beyond the picture's edge, its border goes on. */
function drawUpright(context: CanvasRenderingContext2D, picture: ImageBitmap, region: CropRegion): void {
  const matrix = regionToTile(region, CROP_SIDE, { x: 0, y: 0 });
  const { a, b, c, d, e, f } = matrix;
  context.setTransform(a, b, c, d, e, f);
  context.drawImage(picture, 0, 0);
  if (!reachesOutside(region, picture)) return;
  const pixels = context.getImageData(0, 0, CROP_SIDE, CROP_SIDE);
  replicateBorder({ rgba: pixels.data, stride: CROP_SIDE, top: 0, side: CROP_SIDE }, matrix, picture);
  context.putImageData(pixels, 0, 0);
}
