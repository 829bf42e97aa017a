import type { Size } from '../src/engine/geometry';
import { drawScene, oneFace, turnedFace, type Scene } from '../scripts/drawn-faces/scenes';
import { expectAccessible } from './support/accessible';
import { choosePictures, faceCards, liveFaces, openReady, pictureOf, READING_MS, startCamera } from './support/app';
import { download, downloadJson } from './support/downloads';
import { expect, test, type Page } from './support/test';

const SIZE: Size = { width: 640, height: 480 };
const FACE = { x: 320, y: 225, height: 220, expression: 'neutral', seed: 1 } as const;

interface Case {
  readonly scene: Scene;
  /** All reasons in the export. */
  readonly reasons: readonly RegExp[];
  /** Texts on the face's card. */
  readonly words: RegExp;
}

const CASES: Readonly<Record<string, Case>> = {
  tiny: { scene: drawScene(SIZE, [{ ...FACE, height: 30 }]), reasons: [/^face 2\d px$/], words: /Face 2\d px/ },
  turned: { scene: turnedFace(-50), reasons: [/^turned (4[5-9]|5\d)°$/], words: /Turned (4[5-9]|5\d)°/ },
  dark: { scene: drawScene(SIZE, [{ ...FACE, seed: 3 }], { gain: 0.09 }), reasons: [/^too dark$/], words: /Too dark/ },
  bright: { scene: drawScene(SIZE, [FACE], { gain: 3 }), reasons: [/^too bright$/], words: /Too bright/ },
  blurred: { scene: drawScene(SIZE, [FACE], { blurPx: 12 }), reasons: [/^blurred$/, /^may not be a face$/], words: /Blurred/ },
  cut: { scene: drawScene(SIZE, [{ ...FACE, y: 420, height: 240 }]), reasons: [/^cut by the edge$/], words: /Cut by the edge/ },
};

interface Photo {
  readonly file: string;
  readonly faces: readonly {
    readonly uncertain: boolean;
    readonly uncertain_reasons: readonly string[];
    readonly box: readonly [number, number, number, number];
    readonly head_pose: { readonly yaw: number; readonly pitch: number; readonly roll: number };
  }[];
}

/** Reasons in any order; low confidence may come in addition. */
function expectReasons(reasons: readonly string[], expected: readonly RegExp[]): void {
  const own = reasons.filter((reason) => reason !== 'no expression stands out');
  expect(own).toHaveLength(expected.length);
  expected.forEach((pattern, i) => expect(own[i]).toMatch(pattern));
}

test('a face that is hard to read is uncertain and gives the reason: on its card, its box and in the files', async ({ readyPage: page }) => {
  const names = Object.keys(CASES);
  const pictures = [await pictureOf(page, oneFace(), 'fine.png')];
  for (const name of names) pictures.push(await pictureOf(page, (CASES[name] as Case).scene, `${name}.png`));
  await choosePictures(page, pictures);
  await expect(page.getByText(`${pictures.length} of ${pictures.length} read`)).toBeVisible({ timeout: 2 * READING_MS });

  const photos = (await downloadJson(page)) as Photo[];
  const [fine, ...others] = photos;
  expect(fine?.faces).toHaveLength(1);
  expect(fine?.faces[0]).toMatchObject({ uncertain: false, uncertain_reasons: [] });
  for (const { file, faces } of others) {
    await test.step(file, () => {
      expect(faces).toHaveLength(1);
      expect(faces[0]?.uncertain).toBe(true);
      expectReasons(faces[0]?.uncertain_reasons ?? [], (CASES[file.replace('.png', '')] as Case).reasons);
    });
  }

  const [header = '', ...rows] = (await download(page, 'CSV')).bytes.toString('utf8').trimEnd().split('\r\n');
  const column = header.split(',').indexOf('uncertain_reasons');
  expect(rows.map((row) => row.split(',')[column])).toEqual(photos.map(({ faces }) => faces[0]?.uncertain_reasons.join('; ')));

  for (const name of names) {
    await test.step(`${name}: card and box`, async () => {
      await page.getByRole('option', { name: new RegExp(`^${name}\\.png`) }).click();
      const { words } = CASES[name] as Case;
      const card = faceCards(page).first();
      await expect(card.getByText('Uncertain', { exact: true })).toBeVisible();
      await expect(card.getByText(words)).toBeVisible();
      await expect(card.locator('tr[data-strongest]')).toHaveCount(0);
      const box = page.getByRole('button', { name: new RegExp(`^Face 1: Uncertain: .*${words.source}`, 'i') });
      await expect(box).toHaveCSS('border-style', 'dashed');
    });
  }
});

test('the head pose is drawn on request, and the choice is remembered', async ({ page }) => {
  await openReady(page);
  await choosePictures(page, await pictureOf(page, turnedFace(30), 'turned.png'));
  await expect(faceCards(page)).toHaveCount(1, { timeout: READING_MS });
  const axes = page.getByTestId('pose-axes').locator('path');
  await expect(axes).toHaveCount(0);
  const before = (await download(page, 'annotated PNG')).bytes;
  const toggle = page.getByRole('button', { name: 'Head pose' });
  await toggle.click();
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');
  // Three strokes and the dot of the forward one, each with its edge.
  await expect(axes).toHaveCount(8);
  expect((await download(page, 'annotated PNG')).bytes.equals(before)).toBe(false);
  await page.reload();
  await choosePictures(page, await pictureOf(page, turnedFace(30), 'turned.png'));
  await expect(axes).toHaveCount(8, { timeout: READING_MS });
});

/** A camera that shows the last scene given to `show`. */
async function drawnCamera(page: Page): Promise<{ show(scene: Scene): Promise<void> }> {
  await page.addInitScript(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 640;
    canvas.height = 480;
    const context = canvas.getContext('2d');
    let picture: HTMLImageElement | null = null;
    // A stream sends a frame whenever something is drawn.
    setInterval(() => {
      if (picture) context?.drawImage(picture, 0, 0);
    }, 50);
    navigator.mediaDevices.getUserMedia = () => Promise.resolve(canvas.captureStream());
    Object.assign(window, {
      showScene: async (svg: string) => {
        const next = new Image();
        next.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
        await next.decode();
        picture = next;
      },
    });
  });
  return {
    show: (scene) => page.evaluate((svg) => (window as unknown as { showScene(svg: string): Promise<void> }).showScene(svg), scene.svg),
  };
}

test('live: the head pose is drawn, and a face that turns away becomes uncertain with its reason and advice, and recovers', async ({ page }) => {
  const camera = await drawnCamera(page);
  await page.goto('./');
  await camera.show(oneFace('happy'));
  await startCamera(page);
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
  await test.step('the head pose, with a button or the H key', async () => {
    /** Pixels of the overlay in the sky blue of the axis that points up. */
    const blue = () =>
      page.getByTestId('overlay').evaluate((overlay: HTMLCanvasElement) => {
        const { data } = overlay.getContext('2d')?.getImageData(0, 0, overlay.width, overlay.height) ?? { data: [] };
        let count = 0;
        for (let i = 0; i < data.length; i += 4) if (data[i] === 0x56 && data[i + 1] === 0xb4 && data[i + 2] === 0xe9) count++;
        return count;
      });
    expect(await blue()).toBe(0);
    await page.keyboard.press('h');
    await expect.poll(blue).toBeGreaterThan(20);
    await expect(page.getByRole('button', { name: 'Head pose' })).toHaveAttribute('aria-pressed', 'true');
    await page.getByRole('button', { name: 'Head pose' }).click();
    await expect.poll(blue).toBe(0);
  });

  const card = liveFaces(page).first();
  await expect(card.getByText('Happy').first()).toBeVisible({ timeout: READING_MS });
  await expect(card.getByText('Uncertain')).toHaveCount(0);

  await camera.show(turnedFace(-50));
  await expect(card.getByText('Uncertain', { exact: true })).toBeVisible();
  await expect(card.getByText(/Turned \d\d°.*Turn towards the camera\./)).toBeVisible();
  await expectAccessible(page, { within: '[data-testid="face-card"]' });

  await camera.show(oneFace('happy'));
  await expect(card.getByText('Uncertain')).toHaveCount(0);
  await expect(card.getByText(/Turn towards/)).toHaveCount(0);
});
