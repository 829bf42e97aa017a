/** `npm run samples`: draws the pictures that the app offers to try, into public/samples. They are committed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { renderScene } from './drawn-faces/render';
import { fiveFaces, oneFace } from './drawn-faces/scenes';
import { ensureBrowser, launchOptions } from './find-browser';

const folder = new URL('../public/samples/', import.meta.url);
const samples = { 'one.webp': oneFace(), 'five.webp': fiveFaces() };

const browser = await chromium.launch(launchOptions(ensureBrowser()));
try {
  const page = await browser.newPage();
  mkdirSync(folder, { recursive: true });
  for (const [name, scene] of Object.entries(samples)) writeFileSync(new URL(name, folder), await renderScene(page, scene, 'image/webp'));
} finally {
  await browser.close();
}
