import { afterEach, describe, expect, it, vi } from 'vitest';
import { MienError } from '../engine/errors';
import { cameraError, CameraSource } from './camera-source';

describe('cameraError', () => {
  it.each([
    ['NotAllowedError', 'denied'],
    ['SecurityError', 'denied'],
    ['NotFoundError', 'not-found'],
    ['NotReadableError', 'in-use'],
    ['AbortError', 'in-use'],
    ['OverconstrainedError', 'over-constrained'],
    ['InvalidStateError', 'unknown'],
  ])('takes %s for camera/%s', (name, reason) => {
    const error = cameraError(new DOMException('said the browser', name));
    expect(error.is('camera')).toBe(true);
    expect(error.reason).toBe(reason);
    expect(error.detail).toContain('said the browser');
  });

  it('keeps a camera error as it is', () => {
    const error = new MienError('camera', 'unplugged');
    expect(cameraError(error)).toBe(error);
  });

  it('names even what is no Error', () => {
    expect(cameraError('gone').reason).toBe('unknown');
    expect(cameraError(undefined).kind).toBe('camera');
  });
});

/** A track as cameras give it; Node has none. */
class StandInTrack extends EventTarget {
  readonly label = 'Camera';
  readyState = 'live';
  muted = false;
  stopped = 0;
  getSettings = () => ({ deviceId: 'one' });
  stop = () => this.stopped++;
}

async function openWith(track: StandInTrack, signal: AbortSignal): Promise<CameraSource> {
  const stream = { getTracks: () => [track], getVideoTracks: () => [track] };
  vi.stubGlobal('document', {});
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: () => Promise.resolve(stream) } });
  return CameraSource.open({ cameraId: null, signal });
}

describe('CameraSource.watch', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('tells of a shutter that is closed from the start, and of its opening', async () => {
    const { signal } = new AbortController();
    const track = Object.assign(new StandInTrack(), { muted: true });
    const silences: boolean[] = [];
    (await openWith(track, signal)).watch(signal, () => undefined, (silent) => silences.push(silent));
    track.dispatchEvent(new Event('unmute'));
    expect(silences).toEqual([true, false]);
  });

  it('says nothing more once its signal has aborted', async () => {
    const watching = new AbortController();
    const track = new StandInTrack();
    const told: unknown[] = [];
    (await openWith(track, watching.signal)).watch(watching.signal, (error) => told.push(error), (silent) => told.push(silent));
    expect(told).toEqual([]);
    watching.abort();
    for (const type of ['mute', 'unmute', 'ended']) track.dispatchEvent(new Event(type));
    expect(told).toEqual([]);
  });

  it('stops a camera that is granted after it is no longer wanted', async () => {
    const asking = new AbortController();
    const track = new StandInTrack();
    const opening = openWith(track, asking.signal);
    asking.abort();
    await expect(opening).rejects.toBe(asking.signal.reason);
    expect(track.stopped).toBe(1);
  });
});
