import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expectAccessible } from './support/accessible';
import { faceCards, liveFaces, openPlace, READING_MS, startCamera, trySample } from './support/app';
import { download, downloadJson } from './support/downloads';
import { file, type TestFile } from './support/pictures';
import { listedSessions, openCamera, openSessions, record, recordingBar, stopRecording } from './support/sessions';
import { expect, test, type Page } from './support/test';

const MODEL = fileURLToPath(new URL('../src/network/model-file/fixtures/drawn-raf-centred.keras', import.meta.url));

const lab = (page: Page) => page.getByRole('region', { name: 'Lab', exact: true });

async function openLab(page: Page): Promise<void> {
  await page.goto('about:blank');
  await page.goto('./#/lab');
  await expect(lab(page).getByRole('heading', { name: 'Bring your own model' })).toBeVisible({ timeout: READING_MS });
}

declare global {
  interface Window {
    drawnFaces: number;
  }
}

/** Runs in the page: counts drawn faces. */
function countDrawnFaces(): void {
  window.drawnFaces = 0;
  const { prototype } = CanvasRenderingContext2D;
  const put = Object.getOwnPropertyDescriptor(prototype, 'putImageData')?.value as (...image: readonly unknown[]) => void;
  Object.defineProperty(prototype, 'putImageData', {
    value(this: CanvasRenderingContext2D, ...image: readonly unknown[]) {
      window.drawnFaces++;
      Reflect.apply(put, this, image);
    },
  });
}

test('a brought model prompts questions, is kept, used, named, and removed with undo', async ({ page }) => {
  // The engine starts three times.
  test.slow();
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await page.goto('./');
  await expect(page.getByRole('button', { name: /choose/i }).first()).toBeVisible({ timeout: READING_MS });
  expect(fetched.filter((url) => /LabPlace|lab\.worker|brought-model|\/lab\//.test(url))).toEqual([]);

  // A model chosen as a picture is recognised, and opened where models belong.
  await page.locator('input[type="file"]:not([webkitdirectory])').first().setInputFiles(MODEL);
  await page.getByRole('button', { name: 'Take it into the Lab' }).click();
  await expect(lab(page).getByLabel('Pixels are scaled')).toHaveValue('minus-one-to-one', { timeout: READING_MS });
  await expect(lab(page).getByText(/^So it reads \d+ of 42 drawn faces/)).toBeVisible({ timeout: READING_MS });
  await expectAccessible(page);
  await lab(page).getByRole('button', { name: 'Keep this model' }).click();

  const card = lab(page).getByRole('listitem', { name: 'drawn-raf-centred' });
  await card.getByRole('button', { name: 'Use in Mien' }).click();
  const notice = page.getByTestId('model-notice');
  await expect(notice).toContainText('drawn-raf-centred', { timeout: READING_MS });
  await card.getByRole('button', { name: 'Remove drawn-raf-centred' }).click();
  await expect(notice).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(card.getByText('In use')).toBeVisible();
});

test('another project\'s network is fetched when it is chosen, and named where it is used', async ({ page }) => {
  test.slow();
  const weights: string[] = [];
  page.on('request', (request) => /seed-[^/]+\/weights/.test(request.url()) && weights.push(request.url()));
  await openLab(page);
  const card = lab(page).getByRole('list', { name: 'Networks of other projects' }).getByRole('listitem', { name: 'seed-bilstm' });
  await expect(card.getByText('1,203,655')).toBeVisible({ timeout: READING_MS });
  await card.getByRole('button', { name: 'Measure its time' }).click();
  await expect(card.getByText(/^[\d.]+ ms$/)).toBeVisible({ timeout: READING_MS });
  await expectAccessible(page);
  await card.getByRole('button', { name: 'Use in Mien' }).click();
  await expect(page.getByTestId('model-notice')).toContainText('seed-bilstm', { timeout: READING_MS });
  expect(new Set(weights).size).toBe(1);
  await trySample(page, 'One face');
  await expect(page.getByText('1 face found').first()).toBeVisible({ timeout: READING_MS });
  const { bytes } = await download(page, 'JSON');
  expect(JSON.parse(bytes.toString('utf8'))).toMatchObject({ model: { id: 'seed-bilstm' }, faces: [{ face_score: expect.any(Number) as unknown }] });
});

test('labelled faces are read and judged, and the figures saved', async ({ page }) => {
  await page.addInitScript(countDrawnFaces);
  await page.goto('./#/lab/evaluate');
  await expect(lab(page).getByRole('heading', { name: 'Judge a model' })).toBeVisible({ timeout: READING_MS });
  await expectAccessible(page);
  await lab(page).getByRole('button', { name: 'Try drawn faces' }).click({ timeout: READING_MS });
  await lab(page).getByLabel('What disgust stands for').selectOption({ label: 'nothing: leave it out' });
  await expectAccessible(page);
  await lab(page).getByRole('button', { name: 'Use 36 labelled pictures' }).click();
  const faces = lab(page).getByRole('listbox', { name: 'Faces' }).getByRole('option');
  await faces.first().click({ timeout: READING_MS });
  await page.evaluate(() => (window.drawnFaces = 0));
  await page.keyboard.press('4');
  await expect(faces.first()).toContainText('happy');
  // Labelling redraws one face, however many are in view.
  expect(await page.evaluate(() => window.drawnFaces)).toBeLessThan(4);
  await page.keyboard.press('Control+z');
  await expect(faces.first()).toContainText('angry');
  await lab(page).getByRole('button', { name: 'Judge a model on it' }).click({ timeout: READING_MS });
  await lab(page).getByRole('button', { name: 'Judge on Drawn faces' }).click();
  const matrix = lab(page).getByRole('group', { name: 'Confusion matrix' });
  await expect(matrix).toBeVisible({ timeout: READING_MS });
  await expect(lab(page).getByText(/^36 faces of Drawn faces, judged in .*; 6 without a class left out/)).toBeVisible();
  await matrix.getByRole('button', { name: /^happy named happy: [1-6] faces/ }).click();
  await expect(lab(page).getByRole('list', { name: 'Faces of this cell' }).getByRole('listitem').first()).toBeVisible();
  await expectAccessible(page);
  const saving = page.waitForEvent('download');
  await lab(page).getByRole('button', { name: 'Figures as JSON' }).click();
  const figures = JSON.parse(await readFile(await (await saving).path(), 'utf8')) as unknown;
  expect(figures).toMatchObject({ data: { judged: 36, people: 6 }, models: [{ count: 36, classes: expect.arrayContaining(['happy']) as unknown }], comparison: null });
});

test('a model is trained on labelled faces, judged on others, and used', async ({ page }) => {
  test.slow();
  await page.goto('./#/lab/data');
  await lab(page).getByRole('button', { name: 'Try drawn faces' }).click({ timeout: READING_MS });
  await lab(page).getByRole('button', { name: 'Use 42 labelled pictures' }).click();
  await lab(page).getByRole('button', { name: 'Teach with it' }).click({ timeout: READING_MS });
  await lab(page).getByLabel('Name of the model').fill('drawn people');
  await lab(page).getByRole('button', { name: 'Teach', exact: true }).click();
  const taught = lab(page).getByRole('region', { name: 'Taught model' });
  await expect(taught.getByText(/^Accuracy .* on 14 held-out faces\. It is (not clearly )?better/)).toBeVisible({ timeout: READING_MS });
  await expect(taught.getByText(/^It learned from 28 faces and was judged on 14 others, of 2 people whom it never saw/)).toBeVisible();
  await expectAccessible(page);
  await taught.getByRole('button', { name: /^Use in Mien/ }).click();
  await expect(page.getByTestId('model-notice')).toContainText('drawn people', { timeout: READING_MS });
});

/** A model in the format of Mien's training, with only its own classes, that always names the second one: 88 %. */
function ownClassesModel(): TestFile[] {
  const layer = (class_name: string, name: string, config: object, from: string | null) => ({ class_name, name, config: { name, ...config }, inbound_nodes: from === null ? [] : [[[from, 0, 0, {}]]] });
  const layers = [
    layer('InputLayer', 'face', { batch_input_shape: [null, 48, 48, 1], dtype: 'float32', sparse: false }, null),
    layer('Flatten', 'flat', {}, 'face'),
    layer('Dense', 'named', { units: 2, activation: 'softmax', use_bias: true }, 'flat'),
  ];
  const weights = [{ name: 'named/kernel', shape: [48 * 48, 2], dtype: 'float32' }, { name: 'named/bias', shape: [2], dtype: 'float32' }];
  const model = {
    format: 'layers-model',
    modelTopology: { class_name: 'Model', config: { name: 'own', layers, input_layers: [['face', 0, 0]], output_layers: [['named', 0, 0]] } },
    weightsManifest: [{ paths: ['weights.bin'], weights }],
    userDefinedMetadata: { mien: { scaling: 'per-face', labels: ['wink', 'tongue out'] } },
  };
  const numbers = new Float32Array(48 * 48 * 2 + 2);
  numbers[numbers.length - 1] = 2;
  return [file('model.json', 'application/json', Buffer.from(JSON.stringify(model))), file('weights.bin', 'application/octet-stream', Buffer.from(numbers.buffer))];
}

test('a model’s own classes are named, and a model with no others shows no bars of the seven', async ({ page }) => {
  test.slow();
  await openLab(page);
  await lab(page).locator('input[type="file"]').first().setInputFiles(ownClassesModel());
  await lab(page).getByRole('button', { name: 'Keep this model' }).click({ timeout: READING_MS });
  await lab(page).getByRole('button', { name: 'Use in Mien' }).first().click();
  await expect(page.getByTestId('model-notice')).toBeVisible({ timeout: READING_MS });
  await trySample(page, 'One face');
  const none = 'The model has none of the seven expressions, so there are no bars and no curve of them.';
  await expect(faceCards(page)).toContainText('Tongue out 88%', { timeout: READING_MS });
  await expect(faceCards(page)).toContainText(none);
  await expect(faceCards(page).getByRole('table')).toHaveCount(0);
  await startCamera(page);
  await expect(liveFaces(page)).toContainText('Tongue out 88%', { timeout: READING_MS });
  await expect(liveFaces(page)).toContainText(none);
  await expect(page.getByTestId('timeline')).toHaveCount(0);
});

test('a recording ends with a notice when another model comes into use, and the next one names that model', async ({ page }) => {
  await openCamera(page);
  await record(page, 1);
  await openPlace(page, 'Lab');
  await lab(page).getByRole('listitem', { name: 'seed-separable' }).getByRole('button', { name: 'Use in Mien' }).click();
  await page.getByRole('button', { name: 'Recording ended' }).click({ timeout: READING_MS });
  await expect(recordingBar(page)).toContainText('Saved on this device.');
  await expect(recordingBar(page)).toContainText('Another model came into use, which ended this recording. Press Record to start the next one.');
  await expectAccessible(page);
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
  await record(page, 1);
  await stopRecording(page);
  await expect(recordingBar(page)).not.toContainText('Another model');

  const models: string[] = [];
  for (const position of [0, 1]) {
    await openSessions(page);
    await listedSessions(page).nth(position).getByRole('button', { name: /^Webcam/ }).click();
    // The finished bar or the list may still be leaving.
    await expect(page.getByRole('button', { name: 'Download JSON' })).toHaveCount(1);
    models.push(((await downloadJson(page)) as { model: { id: string } }).model.id);
  }
  expect(models).toEqual(['seed-separable', 'mien-s']);
});
