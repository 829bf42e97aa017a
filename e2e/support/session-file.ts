import { EXPRESSIONS } from '../../src/engine/labels';
import { sessionJsonParts } from '../../src/export/session-record';
import { classifiedFace, frameOf } from '../../src/session/observation-fixture';
import { ObservationStore } from '../../src/session/observation-store';
import { accountFixture } from '../../src/session/reading-fixture';
import type { Marker } from '../../src/session/session-info';

interface Contents {
  readonly name: string;
  readonly people: number;
  readonly markers?: readonly Marker[];
}

/** Duration of a session's file, ms. */
export const FILED_MS = 60_000;
const STEP_MS = 100;

/** The JSON of a session of one minute, as Mien writes it: everyone is seen throughout and changes their expression every two seconds. */
export function sessionFile({ name, people, markers = [] }: Contents): { name: string; mimeType: string; buffer: Buffer } {
  const store = new ObservationStore(Infinity, Infinity);
  const frames = FILED_MS / STEP_MS;
  for (let i = 0; i < frames; i++) {
    const faces = Array.from({ length: people }, (_, track) => classifiedFace(track + 1, EXPRESSIONS[(Math.floor(i / 20) + track) % EXPRESSIONS.length] ?? 'neutral'));
    store.append(frameOf(i * STEP_MS, ...faces));
  }
  store.end(FILED_MS);
  const reading = accountFixture({ partMs: [0, FILED_MS], framesAsked: frames, framesRead: frames });
  const info = {
    ...{ id: name, kind: 'video' as const, name, startedAtMs: Date.UTC(2026, 10, 28, 18), durationMs: FILED_MS, frame: { width: 640, height: 480 } },
    ...{ model: { id: 'mien-s', version: '1.0.0', sha256: 'abc' }, reading, frames, framesWithFaces: frames, skippedFrames: 0, markers, people: [], state: 'complete' as const },
  };
  return { name: `${name}.json`, mimeType: 'application/json', buffer: Buffer.from([...sessionJsonParts(info, store)].join('')) };
}
