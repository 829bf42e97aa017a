import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { classifiedFace } from './observation-fixture';
import type { PeopleEdit } from './people-edits';
import { Recording } from './recording';
import { SessionArchive } from './session-archive';

it("adds a recording's baseline once, alongside edits made in the meantime", async () => {
  const archive = new SessionArchive();
  const setup = { camera: 'Front', search: 'fast', smoothingMs: 250, sensitivity: 'eager', backend: 'wasm', appVersion: '0.2.0' } as const;
  const recording = new Recording('Talk', { id: 'mien-s', version: '1.0.0', sha256: 'abc' }, setup);
  await archive.create(recording.info());
  const anna: PeopleEdit = { kind: 'name', person: 1, name: 'Anna' };
  await archive.editPeople(recording.id, () => [anna]);
  const { smoothed: probabilities } = classifiedFace(1, 'sad', 0.7);
  recording.setNeutral(1, { probabilities, readings: 50 });
  for (let i = 0; i < 2; i++) await archive.append(recording.id, [], recording.info(), new Map());
  const { info } = await archive.load(recording.id);
  expect(info.people).toEqual([anna, { kind: 'neutral', person: 1, fromMs: null, toMs: null, probabilities, readings: 50 }]);
  await archive.close();
});
