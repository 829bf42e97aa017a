import { expect, it } from 'vitest';
import { isFilm } from './film-content';

const bytes = (...parts: readonly (string | readonly number[])[]) => new Blob(parts.map((part) => (typeof part === 'string' ? part : Uint8Array.from(part))));
const packet = (size: number, lead: number) => Array.from({ length: size }, (_, i) => (i === lead ? 0x47 : 1));

it.each([
  ['an MP4', bytes([0, 0, 0, 0x20], 'ftypisom')],
  ['a Matroska file', bytes([0x1a, 0x45, 0xdf, 0xa3])],
  ['an AVI', bytes('RIFF', [1, 2, 3, 4], 'AVI LIST')],
  ['a transport stream', bytes(packet(188, 0), packet(188, 0), packet(188, 0))],
  ['one behind time codes', bytes(packet(192, 4), packet(192, 4), packet(192, 4))],
  ['a film that can only be named', bytes('FLV', [1, 5, 0, 0, 0, 9])],
  ['sound', bytes('fLaC', [0, 0, 0, 0x22])],
] as const)('knows %s without a name', async (_, file) => {
  expect(await isFilm(file)).toBe(true);
});

it.each([
  ['a JPEG', bytes([0xff, 0xd8, 0xff, 0xe0])],
  ['a HEIC', bytes([0, 0, 0, 0x18], 'ftypheic', [0, 0, 0, 0], 'mif1heic')],
  ['a text', bytes('G'.repeat(10), ' notes of the interview')],
  ['nothing', bytes()],
] as const)('takes %s for none', async (_, file) => {
  expect(await isFilm(file)).toBe(false);
});
