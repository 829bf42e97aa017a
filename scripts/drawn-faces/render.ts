import type { Browser, Page } from '@playwright/test';
import type { Scene } from './scenes';

export type PictureType = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/avif';

/** Rasterises a scene at its own size in a page of a real browser. */
export async function renderScene(page: Page, scene: Scene, type: PictureType = 'image/png', quality = 0.92): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ([svg, width, height, mime, q]) => {
      const picture = new Image();
      picture.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
      await picture.decode();
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = height;
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no 2D canvas');
      context.drawImage(picture, 0, 0, width, height);
      URL.revokeObjectURL(picture.src);
      const data = canvas.toDataURL(mime, q);
      if (!data.startsWith(`data:${mime}`)) throw new Error(`this browser does not encode ${mime}`);
      return data.slice(data.indexOf(',') + 1);
    },
    [scene.svg, scene.size.width, scene.size.height, type, quality] as const,
  );
  return Buffer.from(base64, 'base64');
}

/** A scene as planes of luminance and of colour at half its size (BT.601), as Y4M holds them. */
async function planesOf(page: Page, scene: Scene): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ([svg, width, height]) => {
      const picture = new Image();
      picture.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
      await picture.decode();
      const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      if (context === null) throw new Error('no 2D canvas');
      context.drawImage(picture, 0, 0, width, height);
      URL.revokeObjectURL(picture.src);
      const { data } = context.getImageData(0, 0, width, height);
      const count = width * height;
      const planes = new Uint8Array((count * 3) / 2);
      for (let at = 0; at < count; at++) {
        const [r = 0, g = 0, b = 0] = data.subarray(at * 4, at * 4 + 3);
        planes[at] = 16.5 + 0.257 * r + 0.504 * g + 0.098 * b;
        const [x, y] = [at % width, Math.floor(at / width)];
        if (x % 2 === 1 || y % 2 === 1) continue;
        const half = (y / 2) * (width / 2) + x / 2;
        planes[count + half] = 128.5 - 0.148 * r - 0.291 * g + 0.439 * b;
        planes[(count * 5) / 4 + half] = 128.5 + 0.439 * r - 0.368 * g - 0.071 * b;
      }
      let bytes = '';
      for (let from = 0; from < planes.length; from += 0x8000) bytes += String.fromCharCode(...planes.subarray(from, from + 0x8000));
      return btoa(bytes);
    },
    [scene.svg, scene.size.width, scene.size.height] as const,
  );
  return Buffer.from(base64, 'base64');
}

/**
 * A clip for Chromium's fake camera, which plays it in a loop: Y4M, since MJPEG plays at 30 frames a second whatever it holds.
 * `frames`, of one size, are rendered in order.
 */
export async function renderClip(browser: Browser, frames: readonly Scene[], framesPerSecond: number): Promise<Buffer> {
  const [{ size: { width, height } } = { size: { width: 0, height: 0 } }] = frames;
  const page = await browser.newPage();
  try {
    const pictures = new Map<string, Buffer>();
    const played: Buffer[] = [Buffer.from(`YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`)];
    for (const frame of frames) {
      const picture = pictures.get(frame.svg) ?? (await planesOf(page, frame));
      pictures.set(frame.svg, picture);
      played.push(Buffer.from('FRAME\n'), picture);
    }
    return Buffer.concat(played);
  } finally {
    await page.close();
  }
}
