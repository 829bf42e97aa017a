import { describe, expect, it } from 'vitest';
import { svgRasterSize } from './image-file-source';
import { readImageHeader } from './image-header';

/** A plain 70 × 50 picture, as real encoders write it. */
const FILES = {
  jpeg:
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjL/wAARCAAyAEYDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwC5RRRXjH0oUUUUAFFFFABRRRQAUUUUAFFFFABRRRQAUUUUAFFFFABRRRQAUUUUAFFFFABRRRQAUUUUAFFFFABRRRQAUUUUAFFFFABRRRQAUUUUAf/Z',
  progressive:
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjL/wgARCAAyAEYDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAWAQEBAQAAAAAAAAAAAAAAAAAABAX/2gAMAwEAAhADEAAAAbCLSAAAAAAAAAAAAAAAAAAA/8QAFBABAAAAAAAAAAAAAAAAAAAAUP/aAAgBAQABBQJ//8QAFBEBAAAAAAAAAAAAAAAAAAAAQP/aAAgBAwEBPwEn/8QAFBEBAAAAAAAAAAAAAAAAAAAAQP/aAAgBAgEBPwEn/8QAFBABAAAAAAAAAAAAAAAAAAAAUP/aAAgBAQAGPwJ//8QAFBABAAAAAAAAAAAAAAAAAAAAUP/aAAgBAQABPyF//9oADAMBAAIAAwAAABAMMMMMMMMMMMMMMMMMMMP/xAAUEQEAAAAAAAAAAAAAAAAAAABA/9oACAEDAQE/ECf/xAAUEQEAAAAAAAAAAAAAAAAAAABA/9oACAECAQE/ECf/xAAUEAEAAAAAAAAAAAAAAAAAAABQ/9oACAEBAAE/EH//2Q==',
  png: 'iVBORw0KGgoAAAANSUhEUgAAAEYAAAAyCAIAAABu/zoEAAAAWUlEQVR4nO3PAQ3AIADAMEAmSpCIrJt48uxpFWzznj3+ZX0d8D5LBZYKLBVYKrBUYKnAUoGlAksFlgosFVgqsFRgqcBSgaUCSwWWCiwVWCqwVGCpwFKBpYIHN84B/h1NmI4AAAAASUVORK5CYII=',
  gif: 'R0lGODdhRgAyAIEAAMh4WgAAAAAAAAAAACwAAAAARgAyAEAIYQABCBxIsKDBgwgTKlzIsKHDhxAjSpxIsaLFixgzatzIsaPHjyBDihxJsqTJkyhTqlzJsqXLlzBjypxJs6bNmzhz6tzJs6fPn0CDCh1KtKjRo0iTKl3KtKnTp1CjSp3qMCAAOw==',
  webpLossy: 'UklGRlAAAABXRUJQVlA4IEQAAAAQBACdASpGADIAPm02mUmkIyKhIagAgA2JaQB2AAApY96SBAgQIEBIAAD+zoL/+tpM0KZD//8bx4FeS7IknBWjjgAAAA==',
  webpLossless: 'UklGRiQAAABXRUJQVlA4TBcAAAAvRUAMAAdQvCJXq/8BICH8f69F9D8FAgA=',
  avif:
    'AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAAAAAAAOcGl0bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAETAAAALwAAAChpaW5mAAAAAAABAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAABqaXBycAAAAEtpcGNvAAAAFGlzcGUAAAAAAAAARgAAADIAAAAQcGl4aQAAAAADCAgIAAAADGF2MUOBAAwAAAAAE2NvbHJuY2x4AAEADQAGgAAAABdpcG1hAAAAAAAAAAEAAQQBAoMEAAAAN21kYXQSAAoJGBli4tEBDQaEMiASY8PDMoEEEE8oAAAAwhFo1nKFvLtP7sDfc4dTZoQygA==',
} as const;

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

const ascii = (text: string) => new TextEncoder().encode(text);

function bitmapFile(width: number, height: number, extraBytes: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(54 + extraBytes));
  view.setUint16(0, 0x424d);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  return new Uint8Array(view.buffer);
}

/** Extended header of WebP files with EXIF or transparency. */
function extendedWebp(width: number, height: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(30));
  ascii('RIFF').forEach((byte, i) => view.setUint8(i, byte));
  view.setUint32(4, 22, true);
  ascii('WEBPVP8X').forEach((byte, i) => view.setUint8(8 + i, byte));
  view.setUint32(16, 10, true);
  view.setUint32(24, width - 1, true);
  view.setUint16(27, (height - 1) & 0xffff, true);
  view.setUint8(29, (height - 1) >> 16);
  return new Uint8Array(view.buffer);
}

describe('readImageHeader', () => {
  it.each([
    ['jpeg', FILES.jpeg, false],
    ['jpeg', FILES.progressive, false],
    ['png', FILES.png, false],
    ['gif', FILES.gif, true],
    ['webp', FILES.webpLossy, false],
    ['webp', FILES.webpLossless, true],
    ['avif', FILES.avif, true],
  ] as const)('reads kind and size of %s %#', (format, base64, alpha) => {
    expect(readImageHeader(bytesOf(base64))).toEqual({ format, size: { width: 70, height: 50 }, alpha });
  });

  it.each([
    ['tRNS', true],
    ['tIME', false],
  ])('knows a PNG without an alpha channel for one with transparent pixels by its %s', (type, alpha) => {
    const png = bytesOf(FILES.png);
    // After the signature and the header.
    const chunk = [0, 0, 0, 6, ...ascii(type), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    expect(readImageHeader(Uint8Array.from([...png.subarray(0, 33), ...chunk, ...png.subarray(33)]))).toEqual({ format: 'png', size: { width: 70, height: 50 }, alpha });
  });

  it('reads BMP with top-down rows', () => {
    expect(readImageHeader(bitmapFile(70, -50, 9))).toEqual({ format: 'bmp', size: { width: 70, height: 50 }, alpha: true });
  });

  it('reads sizes above 65,535 of extended WebP', () => {
    expect(readImageHeader(extendedWebp(70_000, 80_000))?.size).toEqual({ width: 70_000, height: 80_000 });
  });

  it.each(['jpeg', 'progressive', 'png', 'webpLossy', 'webpLossless'] as const)('returns a size of %s only once its bytes are there, wherever the file is cut off', (name) => {
    const whole = bytesOf(FILES[name]);
    for (let length = 0; length < whole.length; length++) {
      const size = readImageHeader(whole.subarray(0, length))?.size ?? null;
      if (size) expect(size, `at ${length} of ${whole.length}`).toEqual({ width: 70, height: 50 });
    }
  });

  it('ignores the size of a thumbnail within EXIF', () => {
    const jpeg = bytesOf(FILES.jpeg);
    const thumbnail = [0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 9, 0, 9, 1];
    const exif = [0xff, 0xe1, 0, thumbnail.length + 2, ...thumbnail];
    const withThumbnail = Uint8Array.from([...jpeg.subarray(0, 2), ...exif, ...jpeg.subarray(2)]);
    expect(readImageHeader(withThumbnail)?.size).toEqual({ width: 70, height: 50 });
  });

  it.each([
    ['12 bits per channel', 0xc1, 12],
    ['lossless coding', 0xc3, 8],
    ['hierarchical coding', 0xc5, 8],
    ['JPEG-LS', 0xf7, 8],
  ])('reports a JPEG with %s as uncommon', (_, frame, bits) => {
    const jpeg = bytesOf(FILES.jpeg);
    const at = jpeg.findIndex((byte, i) => byte === 0xff && jpeg[i + 1] === 0xc0);
    jpeg.set([frame], at + 1);
    jpeg.set([bits], at + 4);
    expect(readImageHeader(jpeg)).toEqual({ format: 'jpeg', size: { width: 70, height: 50 }, alpha: false, isUncommon: true });
  });

  it('reports the PNG of an iPhone app as uncommon', () => {
    const png = bytesOf(FILES.png);
    const chunk = [0, 0, 0, 4, ...ascii('CgBI'), 0x50, 0, 0x20, 2, 0, 0, 0, 0];
    expect(readImageHeader(Uint8Array.from([...png.subarray(0, 8), ...chunk, ...png.subarray(8)]))).toEqual({ format: 'png', size: { width: 70, height: 50 }, alpha: true, isUncommon: true });
  });

  it('reports no size that is 0', () => {
    const png = bytesOf(FILES.png);
    png.fill(0, 20, 24);
    expect(readImageHeader(png)?.size).toBeNull();
  });

  it('returns the size of a GIF’s first picture if that is larger than its screen', () => {
    const gif = bytesOf(FILES.gif);
    gif.set([0, 0, 0, 0], 6);
    expect(readImageHeader(gif)).toEqual({ format: 'gif', size: { width: 70, height: 50 }, alpha: true });
    // An extension before the picture; after the colour table of four colours.
    const comment = [0x21, 0xfe, 2, 0x68, 0x69, 0];
    expect(readImageHeader(Uint8Array.from([...gif.subarray(0, 25), ...comment, ...gif.subarray(25)]))?.size).toEqual({ width: 70, height: 50 });
  });

  it('skips stray bytes between the segments of a JPEG', () => {
    const jpeg = bytesOf(FILES.jpeg);
    const stray = Uint8Array.from([...jpeg.subarray(0, 20), 0, 0, 0, 0, ...jpeg.subarray(20)]);
    expect(readImageHeader(stray)?.size).toEqual({ width: 70, height: 50 });
  });

  it('returns the largest picture of an icon', () => {
    const entry = (side: number) => [side, side, 0, 0, 1, 0, 32, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    const icon = Uint8Array.from([0, 0, 1, 0, 2, 0, ...entry(16), ...entry(0)]);
    expect(readImageHeader(icon)).toEqual({ format: 'ico', size: { width: 256, height: 256 }, alpha: true });
  });

  it.each(['heic', 'heix', 'mif1', 'msf1'])('recognises HEIC by its brand %s', (brand) => {
    expect(readImageHeader(ascii(`\0\0\0\x18ftyp${brand}\0\0\0\0mif1heic`))?.format).toBe('heic');
  });

  it('does not recognise films as pictures', () => {
    expect(readImageHeader(ascii('\0\0\x02\0free'))).toBeNull();
    expect(readImageHeader(ascii('\0\0\0\x18ftypisom\0\0\0\0isomavc1'))).toBeNull();
  });

  it.each([
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '\ufeff<?xml version="1.0"?>\n<!-- drawn -->\n<svg\nviewBox="0 0 1 1"></svg>',
  ])('recognises a drawing: %j', (content) => {
    expect(readImageHeader(ascii(content))?.format).toBe('svg');
  });

  it.each([
    `<?xml version="1.0"?><!--${'-licence '.repeat(1000)}--><svg/>`,
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [<!ENTITY ns "http://www.w3.org/2000/svg">]>\n<svg/>',
    '<ns0:svg xmlns:ns0="http://www.w3.org/2000/svg"/>',
    '<svg xmlns="http://www.w3.org/2000/svg"><foreignObject><html xmlns="http://www.w3.org/1999/xhtml"/></foreignObject></svg>',
  ])('recognises a drawing by its root element %#', (content) => {
    expect(readImageHeader(ascii(content))?.format).toBe('svg');
  });

  it('recognises a drawing in UTF-16, with or without a byte-order mark', () => {
    for (const text of ['\ufeff<?xml version="1.0" encoding="UTF-16"?><svg/>', '<svg/>']) {
      const bytes = new Uint8Array(new Uint16Array(Array.from(text, (letter) => letter.charCodeAt(0))).buffer);
      expect(readImageHeader(bytes)?.format).toBe('svg');
      expect(readImageHeader(bytes.map((_, i) => bytes[i ^ 1] ?? 0))?.format).toBe('svg');
    }
  });

  it('looks for the root element in linear time', () => {
    expect(readImageHeader(ascii('<!--a-->'.repeat(8000)))).toBeNull();
  });

  it.each(['', 'a', 'Dear diary, <svg>', 'BMW drives past, and on it goes', '<html><svg></svg></html>', '%PDF-1.7'])(
    'takes %j for no picture',
    (content) => expect(readImageHeader(ascii(content))).toBeNull(),
  );

  it.each(['II*\0', 'MM\0*', '8BPS', 'IIRO', 'IIU\0', 'FUJIFILMCCD-RAW', '\0\0\0\x18ftypcrx \0\0\0\x01crx isom', '\0\0\0\x0cjP  ', 'P5\n', 'P6 ', 'qoif', 'v/1\x01', '\0\0\n\0\0\0\0\0'])('recognises %j as another kind of picture', (start) => {
    expect(readImageHeader(ascii(`${start} and so on`))?.format).toBe('other-image');
  });
});

describe('svgRasterSize', () => {
  it.each([
    [{ width: 24, height: 12 }, { width: 1024, height: 512 }],
    [{ width: 1600, height: 900 }, { width: 1600, height: 900 }],
    [{ width: 100_000, height: 10 }, { width: 4096, height: 1 }],
    [{ width: 0, height: 0 }, { width: 1, height: 1 }],
  ])('draws %j at %j', (natural, raster) => expect(svgRasterSize(natural)).toEqual(raster));
});
