import { expect, it } from 'vitest';
import { textOf } from './text';

/** A file that comes in pieces of so many bytes. */
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

it.each(SIZES)('reads UTF-8, %i bytes at a time, without its mark', async (size) => {
  expect(await textIn(utf8('\uFEFFname,Müller,笑顔,😀\n'), size)).toBe('name,Müller,笑顔,😀\n');
});

it.each(SIZES)('reads what spreadsheets write on Windows, %i bytes at a time', async (size) => {
  // Müller – fröhlich, €
  expect(await textIn([77, 0xfc, 108, 108, 101, 114, 32, 0x96, 32, 102, 114, 0xf6, 104, 44, 0x80, 10], size)).toBe('Müller – fröh,€\n');
  expect(await textIn([97, 0xe9], size)).toBe('aé');
});

it('takes UTF-8 with one broken character for UTF-8', async () => {
  for (const size of [...SIZES, 4]) expect(await textIn([...utf8('ü,'), ...utf8('more text, and more of it'), 0xff, ...utf8('ö')], size)).toMatch(/^ü,more.*\uFFFDö$/);
});

it('reads what spreadsheets call Unicode text', async () => {
  const written = '\uFEFFé\tü\n1\t2';
  const bytes = Array.from({ length: 2 * written.length }, (_, i) => (written.charCodeAt(i >> 1) >> (8 * (i % 2))) & 255);
  expect(await textIn(bytes, 3)).toBe('é\tü\n1\t2');
});

it('goes on with a character that begins at the end of a large piece', async () => {
  const half = 2 ** 21;
  expect((await textIn([...Array.from({ length: half - 1 }, () => 97), ...utf8('é'), 98], half)).slice(half - 2)).toBe('aéb');
});
