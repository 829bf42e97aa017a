import { expect, it, vi, onTestFinished } from 'vitest';
import { MienError } from '../../engine/errors';
import { Store } from '../../engine/store';
import type { BackendName, EngineHealth } from '../../engine/types';
import type { LiveOptions } from '../../reading/live-reading';
import type { ReadyEngine } from '../../reading/engine-source';
import { classifiedFace, frameOf } from '../../session/observation-fixture';
import { EXPRESSIONS, toProbabilities } from '../../engine/labels';
import { sensitivitiesOf } from '../../session/reading-account';
import { SettingsStore } from '../settings';
import type { VideoWish } from './camera-video';
import { LiveSession } from './live-session';
import { liveRecording } from './recording-state';

const page = vi.hoisted(() => ({
  camera: null as { set(state: unknown): void } | null,
  onPicture: null as ((video: unknown) => void) | null,
  reading: null as unknown,
  video: Promise.resolve<Blob | null>(null),
  isFull: false,
}));
vi.mock('./live-camera', () => ({
  LiveCamera: class {
    readonly #store = new Store({ cameras: [], cameraId: null, state: { status: 'off' } });
    readonly subscribe = this.#store.subscribe;
    readonly getSnapshot = this.#store.getSnapshot;
    readonly want = () => undefined;

    constructor({ onPicture }: { readonly onPicture: (video: unknown) => void }) {
      page.onPicture = onPicture;
      page.camera = this.#store;
    }
  },
}));
vi.mock('../../reading/live-reading', () => ({
  LiveReading: vi.fn(function (options: unknown) {
    page.reading = options;
  }),
}));
vi.mock('./camera-video', () => ({
  CameraVideo: vi.fn(function () {
    return { finish: () => page.video };
  }),
}));
vi.mock('../../export/video/encoder-worker', () => ({ EncoderWorker: vi.fn() }));
vi.mock('../../session/session-videos', () => ({ sessionVideo: () => Promise.resolve(null) }));
vi.mock('../archive', () => {
  const write = () => (page.isFull ? Promise.reject(new MienError('storage', 'full')) : Promise.resolve());
  return { pageArchive: () => Promise.resolve({ create: write, append: write }) };
});

const HEALTH = { model: { id: 'mien-s', version: '1.0.0', sha256: 'abc' }, backend: 'wasm', brought: null } as EngineHealth;

const OTHER = { ...HEALTH, model: { id: 'mine', version: '1', sha256: 'def' } };
const BASELINE = { probabilities: toProbabilities(EXPRESSIONS.map(() => 1 / EXPRESSIONS.length)), readings: 50 };

/** A session whose camera and engine the test plays. */
function start(wish: VideoWish | null = null) {
  page.isFull = false;
  vi.stubGlobal('document', { addEventListener: () => undefined, hidden: false });
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('navigator', {});
  const settings = new SettingsStore(() => ({ getItem: () => null, setItem: () => undefined }));
  settings.update({ sensitivity: 'eager' });
  const engine = { health: HEALTH, engine: { generation: 1 } };
  const session = new LiveSession({ engine: () => Promise.resolve(engine as unknown as ReadyEngine), settings, fadeMs: () => 0, videoWish: () => wish });
  page.onPicture?.({});
  const { engine: next, onSend, onResult } = page.reading as LiveOptions;
  const send = async () => {
    await next(new AbortController().signal);
    onSend?.();
  };
  const receive = (backend: BackendName = 'wasm', frameMs = performance.now()) => onResult({ ...frameOf(frameMs, classifiedFace(1, 'happy')), backends: [backend] });
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

it('names the smoothing and the backend with which each frame was read, also one that the engine changed to by itself', async () => {
  const { session, settings, send, receive } = start();
  session.record(HEALTH);
  const { smoothingMs } = settings.getSnapshot();
  await send();
  settings.update({ smoothingMs: 500 });
  receive();
  for (const backend of ['webgl', 'wasm'] as const) {
    await send();
    receive(backend);
  }
  const finished = await session.recorder.stop();
  expect(finished?.info.reading).toMatchObject({ smoothingMs, laterSmoothingsMs: [500], backend: 'wasm', laterBackends: ['webgl'] });
});

it('ends and saves a recording when another model comes into use, and starts the next one with that model and no baseline', async () => {
  const { session, engine, send, receive } = start();
  session.record(HEALTH);
  await send();
  receive();
  session.neutral.adopt(1, BASELINE, null);
  engine.health = OTHER;
  await send();
  expect(session.recorder.getSnapshot().phase).toBe('stopping');
  receive();
  await vi.waitFor(() => expect(session.recorder.getSnapshot().finished?.saved).toBe(true));
  const { finished } = session.recorder.getSnapshot();
  expect(finished?.why).toBe('other-model');
  expect(finished?.info).toMatchObject({ model: HEALTH.model, frames: 1, people: [{ kind: 'neutral' }] });
  expect(session.neutral.getSnapshot().phase).toBe('off');
  expect(liveRecording.getSnapshot()).toBe('ended');

  session.record(OTHER);
  expect(liveRecording.getSnapshot()).toBe('on');
  await send();
  receive();
  const next = await session.recorder.stop();
  expect(next?.why).toBe('asked');
  expect(next?.info).toMatchObject({ model: OTHER.model, frames: 1, people: [] });
  expect(liveRecording.getSnapshot()).toBe('off');
});

it('keeps a recording in memory if it cannot be saved when another model comes into use', async () => {
  const { session, engine, send, receive } = start();
  page.isFull = true;
  session.record(HEALTH);
  await send();
  receive();
  engine.health = OTHER;
  await send();
  await vi.waitFor(() => expect(session.recorder.getSnapshot()).toMatchObject({ trouble: { reason: 'full' }, finished: { saved: false, why: 'other-model' } }));
  page.isFull = false;
  await session.recorder.save();
  expect(session.recorder.getSnapshot()).toMatchObject({ trouble: null, finished: { saved: true, why: 'other-model', info: { frames: 1 } } });
});

it('goes on recording with another engine of the same model', async () => {
  const { session, engine, send } = start();
  session.record(HEALTH);
  await send();
  engine.health = { ...HEALTH, backend: 'cpu' };
  await send();
  expect(session.recorder.getSnapshot().phase).toBe('recording');
  await session.recorder.stop();
});

/** Starts a recording and reads its first frame. */
async function recordingByFakeClock() {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance', 'Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const { session, send, receive } = start();
  page.camera?.set({ cameras: [], cameraId: null, state: { status: 'live', flow: 'flowing' } });
  session.setIntent('running');
  session.record(HEALTH);
  await send();
  receive();
  return { session, receive, ...(page.reading as LiveOptions) };
}

it('records a gap while the engine loads or restarts, and the time that a frame took to fail', async () => {
  const { session, receive, onWait, onError } = await recordingByFakeClock();
  onWait?.(true);
  vi.advanceTimersByTime(3500);
  onWait?.(false);
  const sentMs = performance.now();
  vi.advanceTimersByTime(2500);
  onError(new MienError('engine', 'timeout'), false, sentMs);
  receive();
  const finished = await session.recorder.stop();
  expect(finished?.info.reading).toMatchObject({ framesRead: 2, framesLeftOut: [{ reason: 'failed', count: 3 }, { reason: 'no-engine', count: 4 }] });
  expect(Array.from(finished?.store.framesFrom(0) ?? [], ({ timestampMs, leftOut }) => `${timestampMs} ${leftOut ?? 'read'}`)).toEqual([
    '0 read', '0 no-engine', '1000 no-engine', '2000 no-engine', '3000 no-engine', '3500 failed', '4500 failed', '5500 failed', '6000 read',
  ]);
});

it('counts the frame under way when the camera is lost, or the engine replaced', async () => {
  const { session, receive, onDrop } = await recordingByFakeClock();
  vi.advanceTimersByTime(100);
  onDrop?.(performance.now() - 50, 'replaced');
  const sentMs = performance.now();
  vi.advanceTimersByTime(100);
  page.camera?.set({ cameras: [], cameraId: null, state: { status: 'failed', error: new MienError('camera', 'unplugged') } });
  onDrop?.(sentMs, 'stopped');
  page.camera?.set({ cameras: [], cameraId: null, state: { status: 'live', flow: 'flowing' } });
  receive();
  const finished = await session.recorder.stop();
  expect(finished?.info.reading).toMatchObject({ framesAsked: 5, framesRead: 2, framesLeftOut: [{ reason: 'no-picture', count: 2 }, { reason: 'no-engine', count: 1 }] });
});

it('counts a frame whose result comes after its camera was found to be silent', async () => {
  const { session, receive } = await recordingByFakeClock();
  const sentMs = performance.now();
  vi.advanceTimersByTime(3000);
  page.camera?.set({ cameras: [], cameraId: null, state: { status: 'live', flow: 'stopped' } });
  receive('wasm', sentMs);
  const finished = await session.recorder.stop();
  expect(finished?.info.reading).toMatchObject({ framesAsked: 3, framesRead: 1, framesLeftOut: [{ reason: 'no-picture', count: 2 }] });
});

it('counts the time once in which an engine loads and then fails', async () => {
  const { session, onWait, onError } = await recordingByFakeClock();
  const frameMs = performance.now();
  onWait?.(true);
  vi.advanceTimersByTime(3500);
  onWait?.(false);
  onError(new MienError('engine', 'worker-died'), false, frameMs);
  const finished = await session.recorder.stop();
  expect(finished?.info.reading?.framesLeftOut).toEqual([{ reason: 'failed', count: 1 }, { reason: 'no-engine', count: 4 }]);
});

it('records again only after the last video is finished', async () => {
  const { session } = start({ look: 'plain', format: 'webm', overlay: { pose: false } });
  let finish: (video: Blob) => void = () => undefined;
  page.video = new Promise((resolve) => (finish = resolve));
  session.record(HEALTH);
  const first = await session.recorder.stop();
  session.record(HEALTH);
  expect(session.recorder.getSnapshot().phase).toBe('idle');
  const video = new Blob();
  finish(video);
  await vi.waitFor(() => expect(session.videoRecorder.getSnapshot()).toMatchObject({ phase: 'off', finished: { sessionId: first?.info.id, kept: false } }));
  expect(session.videoRecorder.getSnapshot().finished?.video).toBe(video);
  session.record(HEALTH);
  expect(session.recorder.getSnapshot().phase).toBe('recording');
  await session.recorder.stop();
});
