import { deleteDB } from 'idb';
import { beforeEach, expect, it } from 'vitest';
import { keepPath, pathOf } from '../files/file-path';
import { KeptVideos } from './kept-videos';

beforeEach(() => deleteDB('mien-videos'));

const film = (name: string) => new File([name], name, { lastModified: 7 });

/** Paths of the videos that a tab takes. */
async function takenBy(tab: string, open: readonly string[] = []): Promise<readonly string[]> {
  return (await (await KeptVideos.open(tab)).take(new Set(open))).map(pathOf).sort();
}

it('restores a tab’s videos with their folders, until they are analysed or removed', async () => {
  const kept = await KeptVideos.open('one');
  const [a, b] = [film('a.mp4'), film('b.mp4')];
  keepPath(b, 'trip/b.mp4');
  await kept.keep([a, b]);
  expect(await takenBy('one')).toEqual(['a.mp4', 'trip/b.mp4']);
  await kept.keep([b]);
  const next = await KeptVideos.open('one');
  const [back] = await next.take(new Set());
  expect([back?.name, await back?.text(), back?.lastModified]).toEqual(['b.mp4', 'b.mp4', 7]);
  await next.keep([]);
  expect(await takenBy('one')).toEqual([]);
});

it('leaves videos to the tab that shows them, and takes those of closed tabs', async () => {
  await (await KeptVideos.open('one')).keep([film('a.mp4')]);
  expect(await takenBy('two', ['one', 'two'])).toEqual([]);
  expect(await takenBy('two', ['two'])).toEqual(['a.mp4']);
  // Now the other tab's.
  expect(await takenBy('one', ['one', 'two'])).toEqual([]);
});

it('stores no video that is too large', async () => {
  const kept = await KeptVideos.open('one');
  const film32GB = Object.defineProperty(film('long.mp4'), 'size', { value: 32e9 });
  await kept.keep([film32GB, film('short.mp4')]);
  expect(await takenBy('one')).toEqual(['short.mp4']);
});

it('counts stored videos, and none that could not be written', async () => {
  const kept = await KeptVideos.open('one');
  const film32GB = Object.defineProperty(film('long.mp4'), 'size', { value: 32e9 });
  const short = film('short.mp4');
  await kept.keep([film32GB, short]);
  expect(kept.count.getSnapshot()).toBe(1);
  // The site's data is deleted while the page is open.
  await deleteDB('mien-videos');
  await kept.keep([short, film('late.mp4')]);
  expect(kept.count.getSnapshot()).toBe(1);
});
