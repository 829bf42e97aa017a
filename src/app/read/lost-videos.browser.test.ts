import { deleteDB, openDB } from 'idb';
import { expect, it } from 'vitest';
import { alone } from '../../session/held-lock';
import { pageTab } from '../tab-hold';
import { analysedVideos, areVideosNoted, dismissAnalysedVideos, dismissLostVideos, followVideos, lostVideos } from './lost-videos';

it('keeps the last visit’s notes while waiting and if nothing can be restored, and only then names the videos', async () => {
  // The database lacks the store for videos, so taking them fails.
  (await openDB('mien-videos', 1)).close();
  const video = { name: 'trip/long.mp4', bytes: 9e9 };
  localStorage.setItem('mien-videos-of-a-tab-that-is-gone', JSON.stringify([video, 'session-1']));
  localStorage.setItem('mien-videos-of-another', 'no JSON');
  let letGo = () => {};
  const busy = new Promise<void>((resolve) => (letGo = resolve));
  const holding = alone('mien-videos-taking', () => busy);
  const following = followVideos();
  const own = `mien-videos-${(await pageTab()).id}`;
  await expect.poll(() => localStorage.getItem('mien-videos-of-a-tab-that-is-gone')).toBeNull();
  // Another reload now would find it.
  expect(JSON.parse(localStorage.getItem(own) ?? '[]')).toEqual([video, 'session-1']);
  expect(lostVideos.getSnapshot()).toEqual([]);
  letGo();
  await Promise.all([holding, following]);
  expect(lostVideos.getSnapshot()).toEqual([video]);
  expect(analysedVideos.getSnapshot()).toEqual(['session-1']);
  expect(JSON.parse(localStorage.getItem(own) ?? '[]')).toEqual([video, 'session-1']);
  dismissLostVideos();
  expect(JSON.parse(localStorage.getItem(own) ?? '[]')).toEqual(['session-1']);
  dismissAnalysedVideos();
  expect(areVideosNoted()).toBe(false);
  await deleteDB('mien-videos');
});
