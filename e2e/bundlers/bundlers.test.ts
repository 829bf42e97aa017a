import { chromium, type Browser } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderScene } from '../../scripts/drawn-faces/render';
import { oneFace } from '../../scripts/drawn-faces/scenes';
import { ensureBrowser, launchOptions } from '../../scripts/find-browser';
import { serveFolders } from '../../scripts/static-server';

/** Built by `npm run build:lib`. */
const LIBRARY = resolve(process.env.MIEN_DIST_LIB ?? 'dist-lib');
const HOSTS = fileURLToPath(new URL('hosts', import.meta.url));
/** A separate program outside this repository: bundlers look for settings (tsconfig.json, lockfiles) in every parent folder. */
const WORK = mkdtempSync(join(tmpdir(), 'mien-bundlers-'));

/** Each bundler's command to build the host's main.js, and its output folder. `html`: the page is written by hand. */
const BUNDLERS = {
  Vite: { command: ['vite', 'build', '--base=./', '--outDir=site-vite'], site: 'site-vite', html: false, cwd: '.' },
  esbuild: { command: ['esbuild', 'main.js', '--bundle', '--format=esm', '--splitting', '--outdir=site-esbuild'], site: 'site-esbuild', html: true, cwd: '.' },
  webpack: { command: ['webpack', '--mode=production', '--entry=./main.js', '--output-path=site-webpack'], site: 'site-webpack', html: true, cwd: '.' },
  'Next.js': { command: ['next', 'build'], site: 'next/out', html: false, cwd: 'next' },
} as const;

let browser: Browser;
let picture: Buffer;

function run(cwd: string, command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

beforeAll(async () => {
  if (!existsSync(join(LIBRARY, 'package.json'))) throw new Error(`${LIBRARY} is missing: npm run build:lib`);
  cpSync(HOSTS, WORK, { recursive: true });
  cpSync(join(HOSTS, 'read-face.js'), join(WORK, 'next/app/read-face.js'));
  const [{ filename }] = JSON.parse(run(WORK, 'npm', 'pack', '--json', LIBRARY)) as [{ filename: string }];
  run(WORK, 'npm', 'install', '--include=dev', '--no-audit', '--no-fund', `./${filename}`);
  browser = await chromium.launch(launchOptions(ensureBrowser()));
  const page = await browser.newPage();
  picture = await renderScene(page, oneFace('happy'));
  await page.close();
}, 300_000);

afterAll(async () => {
  await browser.close();
  rmSync(WORK, { recursive: true, force: true });
}, 120_000);

test.each(Object.entries(BUNDLERS))('a program built by %s from the package reads a face', async (_, { command, site, html, cwd }) => {
  run(join(WORK, cwd), 'npx', '--no-install', ...command);
  const folder = join(WORK, site);
  if (html) cpSync(join(WORK, 'index.html'), join(folder, 'index.html'));
  // As docs/library.md instructs: serve the library's folder unchanged.
  cpSync(join(WORK, 'node_modules/mien'), join(folder, 'mien'), { recursive: true });
  writeFileSync(join(folder, 'face.png'), picture);

  const server = await serveFolders({ '/': folder });
  const page = await browser.newPage();
  try {
    await page.goto(server.url);
    await page.waitForFunction(() => /^(read|failed): /.test(document.title), undefined, { timeout: 90_000 });
    expect(await page.title()).toBe('read: happy');
  } finally {
    await page.close();
    await server.close();
  }
}, 300_000);
