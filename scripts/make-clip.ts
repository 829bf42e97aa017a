/** `tsx scripts/make-clip.ts one|two FILE.mjpeg`: a clip of drawn people for Chromium's fake camera. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { crossingPeople, swayingPerson } from './drawn-faces/clips';
import { renderClip } from './drawn-faces/render';
import { ensureBrowser, launchOptions } from './find-browser';

const CLIPS = { one: () => swayingPerson(4), two: () => crossingPeople(6) };

const [kind, file] = process.argv.slice(2);
if ((kind !== 'one' && kind !== 'two') || file === undefined) {
  console.error('usage: tsx scripts/make-clip.ts one|two FILE.mjpeg');
  process.exit(2);
}
const path = resolve(file);
const browser = await chromium.launch(launchOptions(ensureBrowser()));
try {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, await renderClip(browser, CLIPS[kind]()));
} finally {
  await browser.close();
}
