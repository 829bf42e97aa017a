import { deleteDB } from 'idb';
import { afterEach, expect, test } from 'vitest';
import { noFace, oneFace, type Scene } from '../../../scripts/drawn-faces/scenes';
import { onlyEngine } from '../../reading/engine-source';
import { DATABASE_NAME } from '../../session/archive-database';
import { SessionArchive } from '../../session/session-archive';
import { heldSessions } from '../../session/session-locks';
import { countedClip, evenly } from '../../testing/counted-clip';
import { drawScene } from '../../testing/drawn-picture';
import { ASSET_BASE, sharedEngine } from '../../testing/engine';
import { createEngine } from '../../workers/pipeline-client';
import type { Engine } from '../../workers/protocol';
import { sessionFile } from '../files/session-file';
import type { Clip } from './clip-queue';
import { VideoSession } from './video-session';

const archives: SessionArchive[] = [];

afterEach(async () => {
  for (const each of archives.splice(0)) await each.close();
  await deleteDB(DATABASE_NAME);
});

interface Page {
  readonly session: VideoSession;
  readonly archive: SessionArchive;
}

async function openPage(engine: Engine): Promise<Page> {
  const health = await engine.health();
  const archive = new SessionArchive();
  archives.push(archive);
  return { session: new VideoSession(onlyEngine(engine, health), () => Promise.resolve(archive)), archive };
}

/** A clip with one second per scene at 2 frames a second. */
async function clipOf(name: string, ...scenes: Scene[]): Promise<File> {
  const pictures = await Promise.all(scenes.map(drawScene));
  const [first] = pictures;
  if (!first) throw new Error('no scene');
  const size = { width: first.width, height: first.height };
  const paint = (number: number) => pictures[Math.floor(number / 2)] ?? first;
  const timesMs = evenly(scenes.length * 2, 2);
  return new File([await countedClip({ format: 'mp4', codec: 'avc', timesMs, sizeOf: () => size, paint })], name);
}

const clips = ({ session }: Page) => session.getSnapshot().items;
const saved = (page: Page) => expect.poll(() => clips(page).map((clip) => clip.saved?.how)).toEqual(clips(page).map(() => 'saved'));
const statuses = (page: Page) => clips(page).map(({ state }) => state.status);

async function add(page: Page, ...files: File[]): Promise<void> {
  page.session.dispatch({ type: 'add', files });
  await expect.poll(() => statuses(page)).toEqual(files.map(() => 'ready'));
}

async function jsonOf({ state }: Clip): Promise<string> {
  if (state.status !== 'ended') throw new Error(`not read: ${state.status}`);
  const info = state.analysis.session();
  if (!info) throw new Error('no session');
  const text = await (await sessionFile(info, state.analysis.store, 'json', { byteOrderMark: false })).text();
  return text.replace(/"started":"[^"]*"/, '"started":null');
}

test('a clip gives the same bytes whatever is loaded or read before it, and when read again', async () => {
  const [first, second] = [await clipOf('a.mp4', oneFace('happy'), oneFace('sad', 2)), await clipOf('b.mp4', oneFace('surprise'), oneFace('surprise'), noFace())];
  const read = async (engine: Engine, ...files: File[]) => {
    const page = await openPage(engine);
    await add(page, ...files);
    page.session.dispatch({ type: 'start-all' });
    await expect.poll(() => statuses(page), { timeout: 60_000 }).toEqual(files.map(() => 'ended'));
    await saved(page);
    return page;
  };
  // A fresh engine is still loading its detectors when the first frame comes.
  const cold = await createEngine({ assetBase: ASSET_BASE, backend: 'wasm', settings: { smoothingMs: 0, sensitivity: 'balanced' } });
  const forwards = await read(cold, first, second);
  const backwards = await read(await sharedEngine(), second, first);
  const [a = '', b = ''] = await Promise.all(clips(forwards).map(jsonOf));
  expect(await Promise.all(clips(backwards).map(jsonOf))).toEqual([b, a]);
  expect(JSON.parse(a)).toMatchObject({ reading: { frames_asked: 2, frames_read: 2, complete: true }, results: [{ faces: [{ emotion: 'happy' }] }, { faces: [{ emotion: 'sad' }] }] });

  const again = clips(forwards)[0];
  if (!again) throw new Error('no clip');
  forwards.session.dispatch({ type: 'start', id: again.id });
  await expect.poll(() => statuses(forwards), { timeout: 60_000 }).toEqual(['ended', 'ended']);
  expect(await Promise.all(clips(forwards).map(jsonOf))).toEqual([a, b]);
  await saved(forwards);
  await cold.dispose();
});

test('a clip removed for good while it is read ends as a session of what was read, and is released', async () => {
  const page = await openPage(await sharedEngine());
  await add(page, await clipOf('long.mp4', ...Array.from({ length: 30 }, () => noFace())));
  page.session.dispatch({ type: 'start-all' });
  const [clip] = clips(page);
  const read = () => {
    const { state } = page.session.getSnapshot().items[0] ?? {};
    return state?.status === 'analysing' ? state.analysis.store.getSnapshot().frames : 0;
  };
  await expect.poll(read, { timeout: 60_000 }).toBeGreaterThan(0);
  expect((await heldSessions())?.size).toBe(1);
  page.session.dispatch({ type: 'remove', ids: [clip?.id ?? 0] });
  page.session.dispatch({ type: 'forget-removal' });
  await expect.poll(async () => (await heldSessions())?.size, { timeout: 20_000 }).toBe(0);
  const { sessions } = await page.archive.list();
  expect(sessions).toMatchObject([{ name: 'long.mp4', state: 'complete' }]);
});

test('a clip that could not be opened is retried on request, and no other', async () => {
  const page = await openPage(await sharedEngine());
  page.session.dispatch({ type: 'add', files: [new File(['text'], 'broken.mp4'), await clipOf('a.mp4', noFace())] });
  await expect.poll(() => statuses(page)).toEqual(['unreadable', 'ready']);
  for (const { id } of clips(page)) page.session.openAgain(id);
  expect(statuses(page)).toEqual(['opening', 'ready']);
  await expect.poll(() => statuses(page)).toEqual(['unreadable', 'ready']);
});
