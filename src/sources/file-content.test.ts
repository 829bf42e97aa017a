import { expect, it } from 'vitest';
import { fileContent } from './file-content';

const bytes = (...parts: readonly (string | readonly number[])[]) => new Blob(parts.map((part) => (typeof part === 'string' ? part : Uint8Array.from(part))));
const packet = (size: number, lead: number) => Array.from({ length: size }, (_, i) => (i === lead ? 0x47 : 1));
const packets = (count: number, size: number, lead: number) => Array.from({ length: count }, () => packet(size, lead));
const zeros = (count: number) => new Array<number>(count).fill(0);
const FILE_TYPE = [[0, 0, 0, 0x20], 'ftypisom'] as const;
const HTTP = 'HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n';

it.each([
  ['an MP4', bytes(...FILE_TYPE)],
  ['a Matroska file', bytes([0x1a, 0x45, 0xdf, 0xa3])],
  ['an AVI', bytes('RIFF', [1, 2, 3, 4], 'AVI LIST')],
  ['a transport stream', bytes(...packets(3, 188, 0))],
  ['one behind time codes', bytes(...packets(3, 192, 4))],
  ['a film that can only be named', bytes('FLV', [1, 5, 0, 0, 0, 9])],
  ['sound', bytes('fLaC', [0, 0, 0, 0x22])],
  ['an MP4 behind zeros', bytes(zeros(1000), ...FILE_TYPE)],
  ['an MP4 behind the header of a download', bytes(HTTP, ...FILE_TYPE)],
  ['a WebM behind one', bytes(HTTP, [0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x84], 'webm')],
  ['a transport stream behind one', bytes(HTTP, ...packets(5, 188, 0))],
] as const)('knows %s without a name', async (_, file) => {
  expect(await fileContent(file)).toBe('film');
});

it.each([
  ['a JPEG', bytes([0xff, 0xd8, 0xff, 0xe0])],
  ['a HEIC', bytes([0, 0, 0, 0x18], 'ftypheic', [0, 0, 0, 0], 'mif1heic')],
] as const)('knows %s as a still picture', async (_, file) => {
  expect(await fileContent(file)).toBe('picture');
});

it.each([
  ['a text', bytes('G'.repeat(10), ' notes of the interview on ftyp')],
  ['nothing', bytes()],
  ['an archive with a film in it', bytes('PK\x03\x04', zeros(40), ...FILE_TYPE)],
  ['a page with one in it', bytes('\n<!DOCTYPE html><html>', ...FILE_TYPE)],
] as const)('takes %s for none', async (_, file) => {
  expect(await fileContent(file)).toBe('unknown');
});

it('recognises macOS resource forks', async () => {
  expect(await fileContent(bytes([0, 5, 0x16, 7, 0, 2, 0, 0], 'Mac OS X', zeros(8)))).toBe('resource-fork');
});
