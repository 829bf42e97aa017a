import { expect, it } from 'vitest';
import { MienError } from '../engine/errors';
import { classifiedFace, frameOf } from './observation-fixture';
import { sensitivitiesOf } from './reading-account';
import { Recording } from './recording';
import { SessionRecorder } from './session-recorder';

const SETUP = { camera: 'Front camera', search: 'fast', smoothingMs: 250, sensitivity: 'eager', backend: 'wasm', appVersion: '0.2.0' } as const;
const MODEL = { id: 'mien-s', version: '1.0.0', sha256: 'abc' };

it('keeps one coordinate system when the camera is rotated', () => {
  const recording = new Recording('Talk', MODEL, SETUP);
  const frameNow = () => frameOf(performance.now(), classifiedFace(1, 'happy'));
  recording.add(frameNow(), SETUP);
  recording.add({ ...frameNow(), frame: { width: 480, height: 640 } }, SETUP);
  expect(recording.info().frame).toEqual({ width: 640, height: 480 });
  // The box of 30 × 40 at 10, 20 is scaled to three quarters and centred in the wider picture.
  expect(Array.from(recording.store.since(0), ({ box }) => box)).toEqual([
    { x: 10, y: 20, width: 30, height: 40 },
    { x: 147.5, y: 15, width: 22.5, height: 30 },
  ]);
});

it('lists each camera once, in order', () => {
  const recording = new Recording('Talk', MODEL, SETUP);
  const name = () => recording.info().reading?.source.name;
  expect(name()).toBe('Front camera');
  expect(['', 'Front camera', 'Desk camera', 'Front camera'].map((label) => recording.addCamera(label))).toEqual([false, false, true, false]);
  expect(name()).toBe('Front camera, Desk camera');
});

it('adopts the name of a camera that was unknown at the start', () => {
  const recording = new Recording('Talk', MODEL, { ...SETUP, camera: '' });
  recording.addCamera('Desk camera');
  expect(recording.info().reading?.source.name).toBe('Desk camera');
});

it('names each sensitivity with which frames were read, in order, and until then the one at its start', () => {
  const recording = new Recording('Talk', MODEL, SETUP);
  const named = () => sensitivitiesOf(recording.info().reading);
  expect(named()).toEqual(['eager']);
  for (const sensitivity of ['cautious', 'balanced', 'cautious'] as const) recording.add(frameOf(performance.now(), classifiedFace(1, 'happy')), { ...SETUP, sensitivity });
  expect(named()).toEqual(['cautious', 'balanced']);
});

it('names each smoothing and backend with which frames were read, in order', () => {
  const recording = new Recording('Talk', MODEL, SETUP);
  expect(recording.info().reading).toMatchObject({ smoothingMs: 250, backend: 'wasm' });
  const used = [{ smoothingMs: 500, backend: 'wasm' }, { smoothingMs: 0, backend: 'webgl' }, { smoothingMs: 500, backend: 'webgl' }] as const;
  for (const { smoothingMs, backend } of used) recording.add({ ...frameOf(performance.now(), classifiedFace(1, 'happy')), backends: [backend] }, { ...SETUP, smoothingMs });
  expect(recording.info().reading).toMatchObject({ smoothingMs: 500, laterSmoothingsMs: [0], backend: 'wasm', laterBackends: ['webgl'] });
});

it('names no sensitivity for a model that has none', () => {
  const recording = new Recording('Talk', MODEL, { ...SETUP, sensitivity: null });
  recording.add(frameOf(performance.now(), classifiedFace(1, 'happy')), { ...SETUP, sensitivity: 'cautious' });
  expect(sensitivitiesOf(recording.info().reading)).toEqual([]);
});

it('stores a baseline once, and keeps raw values', () => {
  const recording = new Recording('Talk', MODEL, SETUP);
  const { smoothed: probabilities } = classifiedFace(1, 'sad', 0.7);
  expect(recording.setNeutral(1, { probabilities, readings: 50 })).toBe(true);
  expect(recording.setNeutral(1, { probabilities, readings: 50 })).toBe(false);
  recording.add(frameOf(performance.now(), classifiedFace(1, 'sad', 0.7)), SETUP);
  expect(recording.info().people).toEqual([{ kind: 'neutral', person: 1, fromMs: null, toMs: null, probabilities, readings: 50 }]);
  expect(Array.from(recording.store.since(0), ({ label }) => label)).toEqual(['sad']);
});

it('is complete only once it has ended, as its tab may be killed', () => {
  const recording = new Recording('Talk', MODEL, SETUP);
  expect(recording.info().reading?.ending).toBe('stopped');
  recording.end();
  expect(recording.info().reading?.ending).toBe('complete');
});

it('reports hours without frames as one change', () => {
  const recording = new Recording('Talk', MODEL, SETUP);
  const { store, startedMs } = recording;
  let changes = 0;
  store.subscribe(() => changes++);
  recording.leaveOut(Array.from({ length: 28_800 }, (_, s) => startedMs + s * 1000), 'paused');
  expect(changes).toBe(1);
  expect(store.getSnapshot()).toMatchObject({ frames: 28_800, framesLeftOut: 28_800, newestMs: 28_799_000 });
  recording.leaveOut([startedMs - 1, startedMs + 1], 'paused');
  expect(Array.from(store.framesFrom(28_799), ({ timestampMs, sample, leftOut }) => [timestampMs, sample, leftOut])).toEqual([
    [28_799_000, 28_799, 'paused'],
    [28_799_000, 28_800, 'paused'],
  ]);
});

it('accepts left-out frames until it has stopped', async () => {
  const recorder = new SessionRecorder(() => Promise.reject(new MienError('storage', 'full')));
  recorder.start('Talk', MODEL, SETUP);
  recorder.subscribe(() => {
    if (recorder.getSnapshot().phase === 'stopping') recorder.leaveOut([performance.now()], 'paused');
  });
  const finished = await recorder.stop();
  expect(finished?.info.reading?.framesLeftOut).toEqual([{ reason: 'paused', count: 1 }]);
});
