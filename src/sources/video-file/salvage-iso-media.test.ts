import { describe, expect, it } from 'vitest';
import { BOX_WINDOW_BYTES } from './iso-boxes';
import { FileWindow } from './file-window';
import { salvageIsoMedia } from './salvage-iso-media';

const numbers = (...given: readonly number[]) => given.flatMap((each) => [each >>> 24, (each >>> 16) & 255, (each >>> 8) & 255, each & 255]);
const letters = (text: string) => text.split('').map((letter) => letter.charCodeAt(0));

function box(type: string, ...parts: readonly (readonly number[])[]): number[] {
  const content = parts.flat();
  return [...numbers(content.length + 8), ...letters(type), ...content];
}

const track = (handler: string, description: string) =>
  box('trak', box('mdia', box('hdlr', numbers(0, 0), letters(handler)), box('minf', box('stbl', box('stsd', numbers(0, 1), box(description, numbers(0, 0), box('sinf', box('schm', numbers(0, 0)))))))));
const PICTURES = track('vide', 'avc1');
const ENCRYPTED = track('vide', 'encv');
const SOUND = track('soun', 'mp4a');
const H264 = box('avc1', Array.from({ length: 78 }, () => 0), box('avcC', [1, 66, 0, 30, 0xff, 0xe0, 0]));
/** A track with two sample descriptions, number 7. */
const TWICE = box('trak', box('tkhd', numbers(0, 0, 0, 7)), box('mdia', box('hdlr', numbers(0, 0), letters('vide')), box('minf', box('stbl', box('stsd', numbers(0, 2), H264, H264), box('stsc', numbers(0, 0))))));
const FILM = box('mdat', letters('frames'));
const MOVIE = box('mvhd', numbers(0));

/** Complete boxes in a `moov` box whose stated length exceeds the file. */
const unclosed = (...parts: readonly (readonly number[])[]) => [...numbers(0x10000000), ...letters('moov'), ...parts.flat()];
/** A truncated box. */
const cut = (type: string) => [...numbers(100), ...letters(type), 1, 2, 3];

async function salvaged(...parts: readonly (readonly number[])[]) {
  const file = new Blob([Uint8Array.from(parts.flat())]);
  return salvageIsoMedia(file, new FileWindow(file, BOX_WINDOW_BYTES));
}

const bytesOf = async ({ file }: { readonly file: Blob }) => Array.from(new Uint8Array(await file.arrayBuffer()));

describe('a truncated moov box', () => {
  it('is closed after its last track, if only metadata is cut', async () => {
    const result = await salvaged(FILM, unclosed(MOVIE, PICTURES, SOUND, cut('udta')));
    expect(result).toMatchObject({ cutShort: true, lacksBytes: true });
    expect(await bytesOf(result)).toEqual([...FILM, ...box('moov', MOVIE, PICTURES, SOUND)]);
  });

  it.each([
    ['closed', [FILM, unclosed(MOVIE, TWICE, cut('udta'))]],
    ['closed before the film', [unclosed(MOVIE, TWICE), FILM]],
    ['whole', [FILM, box('moov', MOVIE, TWICE)]],
  ])('is searched for descriptions as any other, %s', async (_case, parts) => {
    expect((await salvaged(...parts)).changes).toEqual(new Map([[7, []]]));
  });

  it.each([
    ['the picture track is cut behind the sound', [SOUND, cut('trak')]],
    ['a second picture track is cut', [PICTURES, cut('trak')]],
    ['it breaks off within the head of a box', [PICTURES, [0, 0, 1]]],
    ['it holds no picture track', [SOUND, cut('udta')]],
    ['it holds no track', [cut('udta')]],
  ])('is none where %s', (_case, parts) => expect(salvaged(FILM, unclosed(MOVIE, ...parts))).rejects.toMatchObject({ reason: 'no-index' }));

  it('is read completely if only its size is wrong, and the film after it stays in its place', async () => {
    const notes = box('udta', [7]);
    const result = await salvaged(unclosed(MOVIE, PICTURES, notes), FILM);
    expect(result).toMatchObject({ cutShort: false, lacksBytes: false, holesMs: [] });
    expect(await bytesOf(result)).toEqual([...box('moov', MOVIE, PICTURES, notes), ...FILM]);
  });

  it('does not hide damage before it', async () => {
    const garbage = Array.from({ length: 16 }, () => 1);
    const fragment = box('moof', box('mfhd', numbers(0, 1)));
    const result = await salvaged(box('moov', MOVIE, PICTURES), garbage, fragment, unclosed(MOVIE, PICTURES, cut('udta')));
    expect(result).toMatchObject({ cutShort: true, holesMs: [null] });
  });
});

it('replaces negative deltas between frames', async () => {
  const table = (...deltas: readonly number[]) => box('stts', numbers(0, deltas.length), deltas.flatMap((delta) => numbers(1, delta)));
  const movie = (...deltas: readonly number[]) => box('moov', MOVIE, box('trak', box('mdia', box('minf', box('stbl', table(...deltas))))));
  expect(await bytesOf(await salvaged(FILM, movie(512, 0xfffffff0, 512), FILM))).toEqual([...FILM, ...movie(512, 1, 495), ...FILM]);
});

it('finds a missing fragment', async () => {
  const movie = box('moov', MOVIE, box('trak', box('tkhd', numbers(0, 0, 0, 7)), box('mdia', box('mdhd', numbers(0, 0, 0, 1000, 0)), box('hdlr', numbers(0, 0), letters('vide')))));
  const fragment = (number: number, start: number) =>
    box('moof', box('mfhd', numbers(0, number)), box('traf', box('tfhd', numbers(8, 7, 40)), box('tfdt', numbers(0, start)), box('trun', numbers(0, 2))));
  expect((await salvaged(movie, fragment(1, 0), FILM, fragment(2, 80), FILM, fragment(4, 240), FILM)).losses).toEqual([{ afterMs: 240 }]);
});

it('finds fragments behind bytes that resemble a box, which would hide them', async () => {
  const movie = box('moov', MOVIE, PICTURES);
  const fragment = (number: number, start: number) => box('moof', box('mfhd', numbers(0, number)), box('traf', box('tfhd', numbers(8, 7, 40)), box('tfdt', numbers(0, start)), box('trun', numbers(0, 2))));
  const strange = [...numbers(0x2920_0000), ...letters('zphK'), 1, 2, 3];
  const result = await salvaged(movie, fragment(1, 0), FILM, strange, fragment(3, 240), FILM);
  expect(await bytesOf(result)).toEqual([movie, fragment(1, 0), FILM, fragment(3, 240), FILM].flat());
  expect(result).toMatchObject({ holesMs: [null], cutShort: false });
});

it('searches for fragments once, however many boxes are strange', async () => {
  let readBytes = 0;
  class Window extends FileWindow {
    override read(start: number, length: number) {
      if (length === 1 << 16) readBytes += length;
      return super.read(start, length);
    }
  }
  const fragment = box('moof', box('mfhd', numbers(0, 1)));
  const strange = Array.from({ length: 500 }, () => box('what')).flat();
  const file = new Blob([Uint8Array.from([...box('moov', MOVIE, PICTURES), ...fragment, ...strange, ...fragment, ...FILM, ...strange])]);
  expect(await salvageIsoMedia(file, new Window(file, BOX_WINDOW_BYTES))).toMatchObject({ holesMs: [], cutShort: false });
  expect(readBytes).toBeLessThanOrEqual(4 << 16);
});

it('is not called unfinished if it is a segment whose moov box is in another file', async () => {
  const fragment = box('moof', box('mfhd', numbers(0, 1)));
  await expect(salvaged(fragment, FILM)).rejects.toMatchObject({ reason: 'damaged' });
  await expect(salvaged(FILM)).rejects.toMatchObject({ reason: 'no-index' });
});

it('hides repeated fragments, which state the same number and times', async () => {
  const movie = box('moov', MOVIE, PICTURES);
  const fragment = (type: string, number: number, start: number) => box(type, box('mfhd', numbers(0, number)), box('traf', box('tfhd', numbers(8, 7, 40)), box('tfdt', numbers(0, start)), box('trun', numbers(0, 2))));
  const [first, again, second] = [fragment('moof', 1, 0), fragment('free', 1, 0), fragment('moof', 2, 80)];
  expect(await bytesOf(await salvaged(movie, first, FILM, first, FILM, second, FILM, first))).toEqual([movie, first, FILM, again, FILM, second, FILM, again].flat());
  const restarted = fragment('moof', 2, 0);
  expect(await bytesOf(await salvaged(movie, first, FILM, restarted, FILM))).toEqual([movie, first, FILM, restarted, FILM].flat());
});

it('walks a large one by box headers', async () => {
  const read: number[] = [];
  class Window extends FileWindow {
    override read(start: number, length: number) {
      read.push(length);
      return super.read(start, length);
    }
  }
  const file = new Blob([Uint8Array.from([...unclosed(MOVIE, PICTURES), ...numbers(1 << 20), ...letters('mdat')]), new Uint8Array((1 << 20) - 8)]);
  await salvageIsoMedia(file, new Window(file, BOX_WINDOW_BYTES));
  expect(Math.max(...read)).toBe(8 + MOVIE.length + PICTURES.length);
});

describe('encrypted tracks', () => {
  it.each([
    ['every picture track is', [ENCRYPTED, ENCRYPTED, SOUND]],
    ['the only one is, and the table lacks its end', [ENCRYPTED, SOUND], true],
  ])('are refused where %s', async (_case, tracks, breaksOff = false) => {
    const parts = breaksOff ? [FILM, unclosed(MOVIE, ...tracks, cut('udta'))] : [FILM, box('moov', MOVIE, ...tracks)];
    await expect(salvaged(...parts)).rejects.toMatchObject({ reason: 'encrypted' });
  });

  it.each([
    ['another picture track is clear', [ENCRYPTED, PICTURES]],
    ['only the name stands elsewhere', [PICTURES, box('udta', letters('encv sinf schm and more'))]],
  ])('are no obstacle where %s', async (_case, tracks) => {
    const parts = [FILM, box('moov', MOVIE, ...tracks)];
    expect(await bytesOf(await salvaged(...parts))).toEqual(parts.flat());
  });
});
