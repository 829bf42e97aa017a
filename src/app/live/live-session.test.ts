import { expect, it, vi } from 'vitest';
import { Store } from '../../engine/store';
import type { EngineHealth } from '../../engine/types';
import type { LiveOptions } from '../../reading/live-reading';
import type { ReadyEngine } from '../../reading/engine-source';
import { classifiedFace, frameOf } from '../../session/observation-fixture';
import { sensitivitiesOf } from '../../session/reading-account';
import { SettingsStore } from '../settings';
import { LiveSession } from './live-session';

const page = vi.hoisted(() => ({ onPicture: null as ((video: unknown) => void) | null, reading: null as unknown }));
vi.mock('./live-camera', () => ({
  LiveCamera: class {
    readonly #store = new Store({ cameras: [], cameraId: null, state: { status: 'off' } });
    readonly subscribe = this.#store.subscribe;
    readonly getSnapshot = this.#store.getSnapshot;
    readonly want = () => undefined;

    constructor({ onPicture }: { readonly onPicture: (video: unknown) => void }) {
      page.onPicture = onPicture;
    }
  },
}));
vi.mock('../../reading/live-reading', () => ({
  LiveReading: vi.fn(function (options: unknown) {
    page.reading = options;
  }),
}));
vi.mock('../archive', () => ({ pageArchive: () => Promise.resolve({ create: () => Promise.resolve(), append: () => Promise.resolve() }) }));

const HEALTH = { model: { id: 'mien-s', version: '1.0.0', sha256: 'abc' }, backend: 'wasm', brought: null } as EngineHealth;

/** A session whose camera and engine the test plays. */
function start() {
  vi.stubGlobal('document', { addEventListener: () => undefined, hidden: false });
  vi.stubGlobal('addEventListener', () => undefined);
  const settings = new SettingsStore(() => ({ getItem: () => null, setItem: () => undefined }));
  settings.update({ sensitivity: 'eager' });
  const engine = { health: HEALTH };
  const session = new LiveSession({ engine: () => Promise.resolve(engine as ReadyEngine), settings, fadeMs: () => 0, videoWish: () => null });
  page.onPicture?.({});
  const { engine: next, onSend, onResult } = page.reading as LiveOptions;
  const send = async () => {
    await next(new AbortController().signal);
    onSend?.();
  };
  const receive = () => onResult(frameOf(performance.now(), classifiedFace(1, 'happy')));
  return { session, settings, engine, send, receive };
}

it('names the sensitivity with which a frame was read, not one set while it was read', async () => {
  const { session, settings, send, receive } = start();
  session.record(HEALTH);
  await send();
  settings.update({ sensitivity: 'cautious' });
  receive();
  const finished = await session.recorder.stop();
  expect(sensitivitiesOf(finished?.info.reading)).toEqual(['eager']);
});
