import type { BrowserContext, Page } from '@playwright/test';
import { blockFont } from '../../scripts/looks/block-font';
import type { Box, Look } from '../../scripts/looks/look';

/** Parts that change with the camera: only their presence is compared. */
const MOVING = 'video, [data-testid="overlay"], [data-testid="timeline"], [aria-label="Faces in view"]';
/** Threshold of ink: a growing drawing counts only as drawn or not. */
const SOME_INK = 0.01;

type Scheme = 'light' | 'dark';

/** Blocks for text, and no buttons that some systems lack: apply to a context before its first page. */
export async function lookTheSameEverywhere(context: BrowserContext): Promise<void> {
  await context.addInitScript((font) => {
    Reflect.deleteProperty(Navigator.prototype, 'share');
    document.fonts.add(new FontFace('Blocks', Uint8Array.from(atob(font), (letter) => letter.charCodeAt(0)).buffer, { weight: '100 900' }));
    document.documentElement.style.setProperty('--font', 'Blocks');
  }, Buffer.from(blockFont()).toString('base64'));
}

/** Records the page's look in these schemes, with screenshots to explain differences. `studio` is a page that counts pixels. */
export async function lookOf(page: Page, studio: Page, columns: number, schemes: readonly Scheme[]): Promise<{ look: Look; pictures: Record<string, Buffer> }> {
  const colours: Record<string, readonly string[]> = {};
  const pictures: Record<string, Buffer> = {};
  let [boxes, ink]: [Look['boxes'], Look['ink']] = [{}, {}];
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(() => scrollTo(0, 0));
    // Charts are redrawn a frame after a change of scheme.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const parts = await partsOf(page, MOVING);
    const picture = await page.screenshot({ fullPage: true, type: 'jpeg', quality: 90, scale: 'css', animations: 'disabled', caret: 'hide' });
    const counted = await studio.evaluate(countPixels, { picture: picture.toString('base64'), columns, someInk: SOME_INK, ...parts });
    pictures[colorScheme] = picture;
    colours[colorScheme] = counted.rows;
    if (colorScheme === 'light') [boxes, ink] = [parts.boxes, counted.ink];
  }
  return { look: { boxes, ink, colours }, pictures };
}

interface Parts {
  readonly boxes: Readonly<Record<string, Box>>;
  readonly drawings: Readonly<Record<string, Box>>;
  readonly moving: readonly Box[];
}

function partsOf(page: Page, movingSelector: string): Promise<Parts> {
  return page.evaluate((movingOnes) => {
    const boxes: Record<string, Box> = {};
    const drawings: Record<string, Box> = {};
    const boxOf = (element: Element): Box => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return [x + scrollX, y + scrollY, width, height].map(Math.round) as unknown as Box;
    };
    const nameOf = (element: Element) => {
      const labels = element.getAttribute('aria-labelledby')?.split(' ').map((id) => document.getElementById(id)?.textContent ?? '');
      const own = element.matches('h1, h2, h3, h4, button, summary, label') ? element.textContent : '';
      // Figures and dates differ from run to run, and results follow a colon.
      return (element.getAttribute('aria-label') ?? labels?.join(' ') ?? own).replace(/[\d.,:/<>]*\d/g, '#').replace(/:.*/, '').trim().slice(0, 40);
    };
    const dialog = document.querySelector('[role="dialog"]');
    for (const element of document.querySelectorAll('header, nav, main, footer, section, article, h1, h2, h3, h4, button, summary, input, [role], ul[aria-label], table, canvas, video, img, svg')) {
      const box = boxOf(element);
      const isSeen = element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && box[2] > 1 && box[3] > 1;
      if (!isSeen || (dialog && !dialog.contains(element)) || element.parentElement?.closest(movingOnes)) continue;
      const isPicture = element.matches('canvas, video, img, svg');
      if (isPicture && (box[2] < 60 || box[3] < 24)) continue;
      const kind = `${element.getAttribute('role') ?? element.tagName.toLowerCase()} ${nameOf(element)}`.trim();
      let name = kind;
      for (let nth = 2; name in boxes; nth++) name = `${kind} (${nth})`;
      boxes[name] = box;
      if (element.matches('canvas') && element.closest('[data-testid="overlay"]') === null) drawings[name] = box;
    }
    return { boxes, drawings, moving: [...document.querySelectorAll(movingOnes)].map(boxOf) };
  }, movingSelector);
}

interface Counted {
  readonly rows: string[];
  readonly ink: Record<string, number>;
}

/** In a page: the mean colour of each cell, and the inked share of each drawing. */
async function countPixels({ picture, columns, drawings, moving, someInk }: Parts & { picture: string; columns: number; someInk: number }): Promise<Counted> {
  const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0))]));
  const pixelsOf = ([x, y, width, height]: Box, scaledWidth: number, scaledHeight: number) => {
    const context = new OffscreenCanvas(scaledWidth, scaledHeight).getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('no canvas');
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, x, y, width, height, 0, 0, scaledWidth, scaledHeight);
    return context.getImageData(0, 0, scaledWidth, scaledHeight).data;
  };

  const side = bitmap.width / columns;
  const rowCount = Math.floor(bitmap.height / side);
  // The browser averages well down to an eighth of a cell.
  const data = pixelsOf([0, 0, bitmap.width, rowCount * side], columns * 8, rowCount * 8);
  const rows: string[] = [];
  for (let row = 0; row < rowCount; row++) {
    let cells = '';
    for (let column = 0; column < columns; column++) {
      const [left, top] = [column * side, row * side];
      if (moving.some(([x, y, w, h]) => x < left + side && left < x + w && y < top + side && top < y + h)) {
        cells += '...';
        continue;
      }
      const sums = [0, 0, 0];
      for (let i = 0; i < 64; i++) {
        const at = ((row * 8 + (i >> 3)) * columns * 8 + column * 8 + (i & 7)) * 4;
        sums.forEach((sum, channel) => (sums[channel] = sum + (data[at + channel] ?? 0)));
      }
      cells += sums.map((sum) => Math.round(sum / 64 / 17).toString(16)).join('');
    }
    rows.push(cells);
  }

  const ink: Record<string, number> = {};
  for (const [name, box] of Object.entries(drawings)) {
    const pixels = pixelsOf(box, box[2], box[3]);
    const colourAt = (at: number) => ((pixels[at] ?? 0) >> 5) * 64 + ((pixels[at + 1] ?? 0) >> 5) * 8 + ((pixels[at + 2] ?? 0) >> 5);
    const counts = new Uint32Array(512);
    for (let at = 0; at < pixels.length; at += 4) counts[colourAt(at)] = (counts[colourAt(at)] ?? 0) + 1;
    const share = 1 - Math.max(...counts) / (pixels.length / 4);
    const grows = moving.some(([x, y]) => x === box[0] && y === box[1]);
    ink[name] = Math.round((grows ? Math.min(share, someInk) : share) * 1000) / 1000;
  }
  return { rows, ink };
}
