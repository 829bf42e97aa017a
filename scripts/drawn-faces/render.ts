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

/**
 * Renders a clip for Chromium's fake camera: concatenated JPEGs, which it loops at 30 frames a second.
 * `frames` are rendered in order.
 */
export async function renderClip(browser: Browser, frames: Iterable<Scene>): Promise<Buffer> {
  const page = await browser.newPage();
  try {
    const pictures = new Map<string, Buffer>();
    const played: Buffer[] = [];
    for (const frame of frames) {
      const picture = pictures.get(frame.svg) ?? (await renderScene(page, frame, 'image/jpeg', 0.85));
      pictures.set(frame.svg, picture);
      played.push(picture);
    }
    return Buffer.concat(played);
  } finally {
    await page.close();
  }
}
