import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { oneFace } from '../scripts/drawn-faces/scenes';
import type { StaticServer } from '../scripts/static-server';
import { pictureOf, READING_MS } from './support/app';
import { createIn, LIBRARY_FOLDER, NEEDED_POLICY, openHost, serveLibrary } from './support/library';
import { recordRequests } from './support/requests';
import { expect, test } from './support/test';

let server: StaticServer;
test.beforeAll(async () => {
  server = await serveLibrary();
});
test.afterAll(() => server.close());

test('the example reads a picture, follows the camera, and releases it', async ({ page, context }) => {
  const requests = recordRequests(context);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(`${server.url}?embed=${encodeURIComponent(`${server.url}none.html`)}`);
  const status = page.locator('#library-status');
  await expect(status).toHaveText(/Ready: mien-s/, { timeout: READING_MS });
  await page.getByLabel('Read a picture').setInputFiles(await pictureOf(page, oneFace('surprise'), 'surprised.png'));
  await expect(status).toHaveText('1 face(s); the largest looks surprise.', { timeout: READING_MS });
  await expect(page.locator('#library-output')).toContainText('"file": "surprised.png"');

  await page.getByRole('button', { name: 'Follow the camera' }).click();
  await expect(status).toHaveText(/Frame \d+ at 00:00:/);
  await page.getByRole('button', { name: 'Follow the camera' }).click();
  await expect(status).toHaveText('The camera is off.');
  expect(await page.locator('video').evaluate((video: HTMLVideoElement) => video.srcObject)).toBeNull();
  // The page for the frame, which this test omits.
  expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
  expect(requests.offOrigin(new URL(server.url).origin)).toEqual([]);
});

for (const [what, policy, expected] of [
  ['no worker from a blob', NEEDED_POLICY.replace("worker-src 'self' blob:", "worker-src 'self'"), 'engine/worker-blocked'],
  ['no WebAssembly', NEEDED_POLICY.replace(" 'wasm-unsafe-eval'", ''), 'engine/wasm-blocked'],
] as const) {
  test(`a host whose policy allows ${what} gets an error that says so`, async ({ page }) => {
    await openHost(page, server, policy);
    expect(await createIn(page)).toBe(expected);
    await expect.poll(() => page.workers().length).toBe(0);
  });
}

test('works under Trusted Types, and names the policy that a page must allow', async ({ page }) => {
  const enforced = `${NEEDED_POLICY}; require-trusted-types-for 'script'`;
  await openHost(page, server, `${enforced}; trusted-types mien`);
  expect(await createIn(page, { mode: 'live' })).toBeNull();
  const { buffer } = await pictureOf(page, oneFace('happy'), 'happy.png');
  expect(await page.evaluate(async (uri) => (await window.mien.detect(uri)).emotion, `data:image/png;base64,${buffer.toString('base64')}`)).toBe('happy');

  await openHost(page, server, `${enforced}; trusted-types none`);
  expect(await createIn(page)).toBe('engine/worker-blocked');
});

test('workers, wasm and models may be in another folder of the same site, and a wrong one is named', async ({ page }) => {
  await openHost(page, server);
  const before = server.log.length;
  expect(await createIn(page, { assetBase: '/other/place' })).toBeNull();
  const asked = server.log.slice(before).map(({ path }) => path);
  expect(asked.length).toBeGreaterThan(6);
  expect(asked.filter((path) => !path.startsWith('/other/place/'))).toEqual([]);
  expect(await createIn(page, { assetBase: '/nowhere/' })).toBe('engine/assets-not-found');
  // Single-page hosts answer any URL with their own page.
  await page.route('**/nowhere/**', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Host</title>' }));
  expect(await createIn(page, { assetBase: '/nowhere/' })).toBe('engine/assets-not-found');
});

test('workers, wasm and models may be on another origin that allows it', async ({ page }) => {
  const elsewhere = await serveLibrary({ 'access-control-allow-origin': '*' });
  try {
    const { origin } = new URL(elsewhere.url);
    const policy = NEEDED_POLICY.replaceAll(/(script|worker)-src 'self'/g, `$1-src 'self' ${origin}`).replace("connect-src 'self'", `connect-src ${origin}`);
    await openHost(page, server, policy);
    expect(await createIn(page, { assetBase: `${elsewhere.url}mien/`, mode: 'live' })).toBeNull();
    const { buffer } = await pictureOf(page, oneFace('happy'), 'happy.png');
    const emotion = await page.evaluate(async (uri) => (await window.mien.detect(uri)).emotion, `data:image/png;base64,${buffer.toString('base64')}`);
    expect(emotion).toBe('happy');
  } finally {
    await elsewhere.close();
  }
});

test('the bundle contains no interface code, and can be imported outside a browser', () => {
  const folders = ['.', 'assets'].map((folder) => join(LIBRARY_FOLDER, folder));
  const scripts = folders.flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.js')).map((name) => join(folder, name)));
  expect(scripts.length).toBeGreaterThan(3);
  for (const script of scripts) expect(readFileSync(script, 'utf8'), script).not.toMatch(/react\.(transitional\.)?element|react-aria|useSyncExternalStore/);

  const check = "const m = await import(process.argv[1]); await m.createRecognizer().catch((e) => console.log(`${e instanceof m.MienError} ${e.message}`))";
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', check, resolve(LIBRARY_FOLDER, 'index.js')], { encoding: 'utf8' });
  expect({ stdout: stdout.trim(), status }).toEqual({ stdout: 'true engine/not-in-browser: no createImageBitmap', status: 0 });
});

const CONSUMER = `
import { createRecognizer, EMBED_PROTOCOL, EXPRESSIONS, MienError, type EmbedAnswer, type EmbedRequest, type Expression, type PhotoRecord, type Recognizer } from 'mien';
export async function use(canvas: HTMLCanvasElement, video: HTMLVideoElement, file: File): Promise<Expression | undefined> {
  const mien: Recognizer = await createRecognizer({ assetBase: '/mien/', backend: 'auto', mode: 'live' });
  const record: PhotoRecord = await mien.detect(canvas, { signal: AbortSignal.timeout(1000) });
  const yaw: number | undefined = record.faces[0]?.head_pose.yaw;
  const session = await mien.detectVideo(file, { frameRate: 'every', onProgress: ({ share }) => console.log(share.toFixed(), yaw) });
  const crops = await mien.classifyFaces([canvas, new ImageData(48, 48)]);
  const stop: () => void = mien.track(video, ({ faces }) => console.log(faces[0]?.track), { onError: (e: MienError, ended: boolean) => console.log(e.kind, ended) });
  stop();
  const tensors: number = (await mien.health()).memory.numTensors;
  await mien.dispose();
  // @ts-expect-error A number is not a picture.
  await mien.detect(tensors);
  // @ts-expect-error Unknown backend.
  await createRecognizer({ backend: 'webgpu' });
  const request: EmbedRequest = { mien: EMBED_PROTOCOL, type: 'detect', id: 1, image: file };
  // @ts-expect-error A request for a picture needs one.
  const broken: EmbedRequest = { mien: EMBED_PROTOCOL, type: 'detect', id: 1 };
  console.log(request, broken, EXPRESSIONS, session.summary.dominant_emotion);
  return crops[0]?.emotion;
}
export function read(answer: EmbedAnswer): string {
  return answer.type === 'result' ? (answer.result.emotion ?? '') : answer.type === 'error' ? answer.error.reason : answer.type;
}
`;

test('the package installs on its own, and compiles in a strict program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mien-consumer-'));
  const npm = (...args: string[]) => spawnSync('npm', args, { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' });
  try {
    const [{ filename, files }] = JSON.parse(npm('pack', '--json', resolve(LIBRARY_FOLDER)).stdout) as [{ filename: string; files: { path: string }[] }];
    const packed = files.map(({ path }) => path);
    expect(packed).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE', 'index.js', 'index.d.ts', 'licenses.md', 'models/mien-s/weights.bin']));

    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
    expect(npm('install', '--offline', '--no-audit', '--no-fund', `./${filename}`).status).toBe(0);
    expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['mien']);

    writeFileSync(join(folder, 'consumer.mts'), CONSUMER);
    const compiler = resolve('node_modules/typescript/bin/tsc');
    for (const module of [{ module: 'esnext', moduleResolution: 'bundler' }, { module: 'nodenext' }]) {
      const compilerOptions = { strict: true, noEmit: true, target: 'es2022', lib: ['es2022', 'dom'], types: [], exactOptionalPropertyTypes: true, ...module };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.mts'] }));
      const { stdout: said, status } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
      expect({ said, status }, module.module).toEqual({ said: '', status: 0 });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
