import { liveFaces, READING_MS, startCamera } from './support/app';
import { cameraLaunchOptions } from './support/browser';
import { expect, test } from './support/test';

// With this switch the browser treats every camera as allowed, whatever becomes of the permission.
const { args = [], ...options } = cameraLaunchOptions('one');
test.use({ launchOptions: { ...options, args: args.filter((arg) => arg !== '--use-fake-ui-for-media-stream') } });

test('a camera whose permission is withdrawn is blocked, not disconnected, and restarts once it is allowed', async ({ page, context }) => {
  await page.goto('./');
  await startCamera(page);
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
  await context.clearPermissions();
  await expect(page.getByRole('heading', { name: 'The camera is blocked' })).toBeVisible();
  await context.grantPermissions(['camera']);
  await expect(page.getByRole('heading', { name: 'The camera is blocked' })).toBeHidden();
  await expect(page.getByLabel('Picture of the camera')).toBeVisible();
});
