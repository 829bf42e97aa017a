import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { expect, it } from 'vitest';
import { combinedJsonParts } from '../../export/session-bundle';
import { DATABASE_NAME } from '../../session/archive-database';
import { classifiedFace, frameOf } from '../../session/observation-fixture';
import { ObservationStore } from '../../session/observation-store';
import { accountFixture } from '../../session/reading-fixture';
import { SessionArchive } from '../../session/session-archive';
import type { SessionInfo } from '../../session/session-info';
import { SessionImports } from './session-imports';

async function listOf(names: readonly string[]): Promise<string> {
  const sessions = names.map((name) => ({
    ...{ stem: name, relative: false },
    load: () => {
      const store = new ObservationStore();
      store.append(frameOf(0, classifiedFace(1, 'happy')), { sample: 0, number: 0 });
      const info: SessionInfo = {
        ...{ id: name, kind: 'video', name, startedAtMs: 1000, durationMs: 100, frame: { width: 640, height: 480 }, model: { id: 'mien-s', version: '1.0.0', sha256: 'abc' } },
        ...{ reading: accountFixture({ partMs: [0, 100], framesAsked: 1, framesRead: 1, framesLeftOut: [] }), frames: 1, framesWithFaces: 1, skippedFrames: 0, markers: [], people: [], state: 'complete' },
      };
      return Promise.resolve({ info, store });
    },
  }));
  let text = '';
  for await (const part of combinedJsonParts(sessions)) text += part;
  return text;
}

it('imports the sound sessions of a list with a damaged one, and reports that one', async () => {
  const archive = new SessionArchive();
  const imports = new SessionImports(() => Promise.resolve(archive));
  const text = (await listOf(['one', 'two', 'three'])).replace(/("name":"two".*?"label_held":)"happy"/s, '$1"merry"');
  const { imported, failed } = await imports.add([new File([text], 'all.json')]);
  expect(imported.map(({ name }) => name)).toEqual(['one', 'three']);
  expect(failed).toMatchObject([{ file: 'all.json', session: { number: 2, name: 'two' }, error: { reason: 'damaged' } }]);
  expect((await archive.list()).sessions.map(({ name }) => name).sort()).toEqual(['one', 'three']);
  await archive.close();
  await deleteDB(DATABASE_NAME);
});

it('reports only some of a list’s many damaged sessions, and still imports the sound ones around them', async () => {
  const archive = new SessionArchive();
  const imports = new SessionImports(() => Promise.resolve(archive));
  const text = (await listOf(['first', 'last'])).replace('\n,\n', `\n,\n${'{"session":1}\n,\n'.repeat(200)}`);
  const { imported, failed, moreFailed } = await imports.add([new File([text], 'all.json')]);
  expect(imported.map(({ name }) => name)).toEqual(['first', 'last']);
  expect(failed).toHaveLength(10);
  expect([failed[0]?.session, moreFailed]).toEqual([{ number: 2, name: '' }, 190]);
  await archive.close();
  await deleteDB(DATABASE_NAME);
});
