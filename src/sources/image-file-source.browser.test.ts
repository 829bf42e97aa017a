import { describe, expect, test } from 'vitest';
import { drawScene, oneFace } from '../../scripts/drawn-faces/scenes';
import { MienError } from '../engine/errors';
import { pictureFile } from '../testing/drawn-picture';
import { sharedEngine } from '../testing/engine';
import { animatedGifFile, avifFile, bmpFile } from '../testing/picture-files';
import { openImage, pictureContainer } from './image-file-source';
import type { Picture } from './picture';

const FACE = oneFace('surprise', 4);
const MOVING = { width: 320, height: 240 };

/** For each, the expected container. */
const KINDS: Readonly<Record<string, readonly [make: () => Promise<File>, container: string]>> = {
  PNG: [() => pictureFile(FACE, 'picture.png'), 'png'],
  JPEG: [() => pictureFile(FACE, 'picture.jpg', 'image/jpeg'), 'jpeg'],
  WebP: [() => pictureFile(FACE, 'picture.webp', 'image/webp'), 'webp'],
  BMP: [() => bmpFile(FACE), 'bmp'],
  AVIF: [() => avifFile(FACE), 'avif'],
  SVG: [() => Promise.resolve(new File([FACE.svg], 'drawing.svg', { type: 'image/svg+xml' })), 'svg'],
  'an animated GIF, by its first frame,': [
    () => animatedGifFile([drawScene(MOVING, [{ x: 160, y: 110, height: 150, expression: 'surprise', seed: 4 }]), drawScene(MOVING, []), drawScene(MOVING, [])]),
    'gif',
  ],
  'a GIF whose screen has no size': [
    async () => {
      const bytes = await bytesOf(await animatedGifFile([drawScene(MOVING, [{ x: 160, y: 110, height: 150, expression: 'surprise', seed: 4 }])]));
      return new File([bytes.fill(0, 6, 10)], 'screenless.gif', { type: 'image/gif' });
    },
    'gif',
  ],
  'a drawing in UTF-16 with a prefix': [
    () => {
      const svg = FACE.svg.replace(/<(\/?)(?=[a-z])/gi, '<$1d:').replace('xmlns=', 'xmlns:d=');
      return Promise.resolve(new File([Uint16Array.from(`\ufeff${svg}`, (letter) => letter.charCodeAt(0))], 'drawing.svg', { type: 'image/svg+xml' }));
    },
    'svg',
  ],
  'a WebP whose name and type say JPEG': [
    async () => new File([await pictureFile(FACE, 'picture.jpg', 'image/webp')], 'picture.jpg', { type: 'image/jpeg' }),
    'webp',
  ],
};

test.each(Object.entries(KINDS))('%s is read, and recognised by its content', async (_, [make, container]) => {
  const engine = await sharedEngine();
  const file = await make();
  expect(await pictureContainer(file)).toBe(container);
  const { faces } = await engine.analyzeStill((await openImage(file)).bitmap);
  expect(faces).toHaveLength(1);
  expect(faces[0]).toMatchObject({ status: 'classified', label: 'surprise' });
});

async function reasonFor(file: Blob): Promise<string> {
  const outcome = await openImage(file).catch((error: unknown) => error);
  if (outcome instanceof MienError) return `${outcome.kind}/${outcome.reason}`;
  if (outcome instanceof Error) throw outcome;
  (outcome as Picture).bitmap.close();
  return 'opened';
}

async function bytesOf(file: File): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.arrayBuffer());
}

/** A PNG whose header states another size, pixels. */
async function resizedPng(side: number): Promise<Blob> {
  const bytes = await bytesOf(await pictureFile(FACE, 'picture.png'));
  const view = new DataView(bytes.buffer);
  view.setUint32(16, side);
  view.setUint32(20, side);
  return new Blob([bytes]);
}

describe('a refused file gets its reason:', () => {
  test.each([
    ['an empty file', () => new Blob([]), 'image/empty'],
    ['a text named .jpg', () => new File(['Not a picture at all.\n'.repeat(50)], 'notes.jpg', { type: 'image/jpeg' }), 'image/not-an-image'],
    ['a JPEG that breaks off', async () => {
      const bytes = await bytesOf(await pictureFile(FACE, 'half.jpg', 'image/jpeg'));
      return new Blob([bytes.subarray(0, bytes.length / 2)]);
    }, 'image/damaged'],
    ['a JPEG whose middle is zeros', async () => {
      const bytes = await bytesOf(await pictureFile(FACE, 'zeros.jpg', 'image/jpeg'));
      return new Blob([bytes.subarray(0, 200), new Uint8Array(bytes.length)]);
    }, 'image/damaged'],
    ['a JPEG of 12 bits', async () => {
      const bytes = await bytesOf(await pictureFile(FACE, 'deep.jpg', 'image/jpeg'));
      const frame = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc0);
      bytes.set([0xff, 0xc1, 0, 17, 12], frame);
      return new Blob([bytes]);
    }, 'image/unsupported'],
    ['a picture of no rows', () => resizedPng(0), 'image/damaged'],
    ['a file of zeros', () => new Blob([new Uint8Array(5000)]), 'image/damaged'],
    ['a PNG of 400 megapixels', () => resizedPng(20_000), 'image/too-large'],
    ['a picture of one pixel', () => resizedPng(1), 'image/too-small'],
    ['an archive', () => new Blob(['PK\x03\x04', new Uint8Array(100)]), 'image/archive'],
    ['a page that a server sent instead', () => new Blob(['\n<!DOCTYPE html>\n<html><body>Not found</body></html>']), 'image/web-page'],
    ['what macOS keeps beside a photo', () => new Blob([Uint8Array.of(0, 5, 0x16, 7), 'Mac OS X']), 'image/resource-fork'],
    ['a film', () => new Blob(['\0\0\0\x20ftypisom', new Uint8Array(100)]), 'image/video'],
    ['an iPhone’s HEIC', () => new Blob(['\0\0\0\x18ftypheic\0\0\0\0mif1heic']), 'image/heic'],
  ] as const)('%s', async (_, make, reason) => {
    expect(await reasonFor(await make())).toBe(reason);
  });
});
