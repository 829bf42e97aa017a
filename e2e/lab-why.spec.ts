import { fileURLToPath } from 'node:url';
import { expectAccessible } from './support/accessible';
import { expectFaces, faceCards, liveFaces, READING_MS, startCamera, trySample } from './support/app';
import { expect, test, type Page } from './support/test';

const MODEL = fileURLToPath(new URL('../src/network/model-file/fixtures/drawn-raf-centred.keras', import.meta.url));

test('a face is explained, exactly and by covering', async ({ page }) => {
  await page.goto('./');
  await trySample(page, 'One face');
  await expectFaces(page, 1);
  await faceCards(page).getByRole('button', { name: /^Why\?/ }).click();
  const dialog = page.getByRole('dialog', { name: /^Why/ });
  await expect(dialog.getByText(/^Green speaks for .* Exact for this network/)).toBeVisible({ timeout: READING_MS });
  await expectAccessible(page, { within: '[role="dialog"]' });
  await dialog.getByLabel('Show', { exact: true }).selectOption('What changes when a part is covered');
  await dialog.getByLabel('Expression', { exact: true }).selectOption('Sad');
  await expect(dialog.getByText(/covering it lowers sad/)).toBeVisible({ timeout: READING_MS });
  const part = dialog.getByRole('slider', { name: 'Part to cover' });
  await expect(part).toHaveAttribute('aria-valuetext', 'nothing is covered');
  await expect(dialog.getByRole('img', { name: 'The face as the network sees it' })).toBeVisible();
  await part.press('ArrowDown');
  await part.press('ArrowDown');
  await expect(part).toHaveAttribute('aria-valuetext', 'row 5, column 4');
  await expect(dialog.getByText(/^With this part covered, sad goes from/)).toBeVisible();
  await expectAccessible(page, { within: '[role="dialog"]' });
  await part.press('Delete');
  await expect(part).toHaveAttribute('aria-valuetext', 'nothing is covered');
  await part.hover({ position: { x: 5, y: 5 } });
  await expect(part).toHaveAttribute('aria-valuetext', 'row 1, column 1');
});

test('a live face is explained while the live view keeps reading', async ({ page }) => {
  const ofLab: string[] = [];
  page.on('request', (request) => void (/\/WhyDialog|\/lab\.worker/.test(request.url()) && ofLab.push(request.url())));
  await page.goto('./');
  await startCamera(page);
  const why = liveFaces(page).getByRole('button', { name: 'Why? Person A' });
  await expect(why).toBeEnabled({ timeout: READING_MS });
  expect((await why.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  expect(ofLab).toEqual([]);
  await why.press('Enter');
  const dialog = page.getByRole('dialog', { name: /^Why/ });
  await expect(dialog.getByText(/^Green speaks for /)).toBeVisible({ timeout: READING_MS });
  expect(ofLab).not.toEqual([]);
  const before = await page.getByTestId('face-card').innerText();
  await expect(page.getByTestId('face-card')).not.toHaveText(before);
  await expectAccessible(page, { within: '[role="dialog"]' });
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(why).toBeFocused();
});

const lab = (page: Page) => page.getByRole('region', { name: 'Lab', exact: true });

test('each class and its mistakes have a mean map: exact for Mien’s network, by covering for a brought one', async ({ page }) => {
  test.slow();
  await page.goto('./#/lab/models');
  await lab(page).locator('input[type="file"]:not([webkitdirectory])').setInputFiles(MODEL);
  await lab(page).getByRole('button', { name: 'Keep this model' }).click({ timeout: READING_MS });
  await lab(page).getByRole('tab', { name: 'Data' }).click();
  await lab(page).getByRole('button', { name: 'Try drawn faces' }).click();
  await lab(page).getByRole('button', { name: 'Use 42 labelled pictures' }).click();
  await lab(page).getByRole('button', { name: 'Judge a model on it' }).click({ timeout: READING_MS });
  for (const [model, says] of [['mien', /Exact for this network/], ['drawn-raf-centred', /covering it lowers the class/]] as const) {
    await lab(page).getByLabel('Model', { exact: true }).selectOption(model === 'mien' ? 'mien' : { label: model });
    await lab(page).getByRole('button', { name: 'Judge on Drawn faces' }).click();
    await lab(page).getByRole('button', { name: 'Map the classes' }).click({ timeout: READING_MS });
    await expect(lab(page).getByText(says)).toBeVisible({ timeout: 2 * READING_MS });
    const happy = lab(page).getByRole('listitem', { name: 'happy', exact: true });
    await expect(happy.getByText('mean of 6 faces')).toBeVisible();
    await expect(happy.getByText(/^upper third \d+%, middle \d+%, lower \d+%$/).first()).toBeVisible();
    await expectAccessible(page);
  }
});

test('two models read the camera\'s face side by side', async ({ page }) => {
  test.slow();
  await page.goto('./#/lab/models');
  await lab(page).locator('input[type="file"]:not([webkitdirectory])').setInputFiles(MODEL);
  await lab(page).getByRole('button', { name: 'Keep this model' }).click({ timeout: READING_MS });
  await lab(page).getByRole('tab', { name: 'Side by side' }).click();
  await lab(page).getByLabel('Beside').selectOption('drawn-raf-centred');
  await lab(page).getByRole('button', { name: 'Use the camera' }).click();
  const live = lab(page).getByRole('region', { name: 'Live' });
  await expect(live.getByRole('list', { name: 'Mien’s own' }).getByRole('listitem')).toHaveCount(7, { timeout: READING_MS });
  await expect(live.getByRole('list', { name: 'drawn-raf-centred' })).toBeVisible();
  await expectAccessible(page);
  await lab(page).getByRole('button', { name: 'Stop camera' }).click();
  await expect(live).toBeHidden();
});
