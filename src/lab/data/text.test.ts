import { expect, it } from 'vitest';
import { textOf } from './text';

/** A file that streams in pieces of `size` bytes. */
function fileOf(bytes: readonly number[], size: number): Blob {
  const file = new Blob([Uint8Array.from(bytes)]);
  file.stream = () =>
    new ReadableStream({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(Uint8Array.from(bytes.slice(at, at + size)));
        controller.close();
      },
    });
  return file;
}

async function textIn(bytes: readonly number[], size: number): Promise<string> {
  let text = '';
  for await (const piece of textOf(fileOf(bytes, size))) text += piece;
  return text;
}

const utf8 = (text: string) => [...new TextEncoder().encode(text)];
const SIZES = [1, 2, 3, 100];

it.each(SIZES)('decodes UTF-8, %i bytes at a time, without its byte order mark', async (size) => {
  expect(await textIn(utf8('\uFEFFname,Müller,笑顔,😀\n'), size)).toBe('name,Müller,笑顔,😀\n');
});

it.each(SIZES)('decodes Windows-1252 from spreadsheets, %i bytes at a time', async (size) => {
  // Müller – fröhlich, €
  expect(await textIn([77, 0xfc, 108, 108, 101, 114, 32, 0x96, 32, 102, 114, 0xf6, 104, 44, 0x80, 10], size)).toBe('Müller – fröh,€\n');
  expect(await textIn([97, 0xe9], size)).toBe('aé');
});

it('decodes UTF-8 despite one broken character', async () => {
  for (const size of [...SIZES, 4]) expect(await textIn([...utf8('ü,'), ...utf8('more text, and more of it'), 0xff, ...utf8('ö')], size)).toMatch(/^ü,more.*\uFFFDö$/);
});

it('decodes the UTF-16 that spreadsheets call Unicode text', async () => {
  const written = '\uFEFFé\tü\n1\t2';
  const bytes = Array.from({ length: 2 * written.length }, (_, i) => (written.charCodeAt(i >> 1) >> (8 * (i % 2))) & 255);
  expect(await textIn(bytes, 3)).toBe('é\tü\n1\t2');
});

it('joins a character split across large pieces', async () => {
  const half = 2 ** 21;
  expect((await textIn([...Array.from({ length: half - 1 }, () => 97), ...utf8('é'), 98], half)).slice(half - 2)).toBe('aéb');
});
