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

  it('keeps a camera error unchanged', () => {
    const error = new MienError('camera', 'unplugged');
    expect(cameraError(error)).toBe(error);
  });

  it('converts thrown values that are not errors', () => {
    expect(cameraError('gone').reason).toBe('unknown');
    expect(cameraError(undefined).kind).toBe('camera');
  });
});

describe('CameraSource.open', () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    // As WebKit answers to optional constraints.
    ['there is no camera', [{ kind: 'audioinput' }], 'not-found'],
    ['there is one', [{ kind: 'videoinput' }], 'over-constrained'],
    ['the browser does not tell', new TypeError('refused'), 'over-constrained'],
  ])('takes constraints that cannot be met for what they are where %s', async (_, devices, reason) => {
    vi.stubGlobal('document', {});
    vi.stubGlobal('navigator', {
      mediaDevices: {
        getUserMedia: () => Promise.reject(new DOMException('Invalid constraint', 'OverconstrainedError')),
        enumerateDevices: () => (devices instanceof Error ? Promise.reject(devices) : Promise.resolve(devices)),
      },
    });
    const opening = CameraSource.open({ cameraId: 'one', facing: 'user', signal: new AbortController().signal });
    await expect(opening).rejects.toMatchObject({ kind: 'camera', reason });
  });
});

/** Stand-in for a camera track, which Node lacks. */
class StandInTrack extends EventTarget {
  readonly label = 'Camera';
  readyState = 'live';
  muted = false;
  stopped = 0;
  getSettings = () => ({ deviceId: 'one' });
  stop = () => this.stopped++;
}

/** @param permissions omitted: the browser has no permissions API. */
async function openWith(track: StandInTrack, signal: AbortSignal, permissions?: { query: () => Promise<unknown> }): Promise<CameraSource> {
  const stream = { getTracks: () => [track], getVideoTracks: () => [track] };
  vi.stubGlobal('document', {});
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: () => Promise.resolve(stream) }, permissions });
  return CameraSource.open({ cameraId: null, facing: 'user', signal });
}

describe('CameraSource.watch', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('reports a shutter closed from the start, and its opening', async () => {
    const { signal } = new AbortController();
    const track = Object.assign(new StandInTrack(), { muted: true });
    const silences: boolean[] = [];
    (await openWith(track, signal)).watch(signal, () => undefined, (silent) => silences.push(silent));
    track.dispatchEvent(new Event('unmute'));
    expect(silences).toEqual([true, false]);
  });

  it('reports nothing after its signal has aborted', async () => {
    const watching = new AbortController();
    const track = new StandInTrack();
    const told: unknown[] = [];
    (await openWith(track, watching.signal)).watch(watching.signal, (error) => told.push(error), (silent) => told.push(silent));
    expect(told).toEqual([]);
    watching.abort();
    for (const type of ['mute', 'unmute', 'ended']) track.dispatchEvent(new Event(type));
    expect(told).toEqual([]);
  });

  /** Reported reason for a lost camera, given the browser's permission before and after. */
  async function reasonOfLoss(permissions?: { query: () => Promise<unknown> }): Promise<string> {
    const { signal } = new AbortController();
    const track = new StandInTrack();
    const source = await openWith(track, signal, permissions);
    const { reason } = await new Promise<MienError>((resolve) => {
      source.watch(signal, resolve, () => undefined);
      track.dispatchEvent(new Event('ended'));
    });
    return reason;
  }

  it.each([
    ['granted', 'granted', 'unplugged'],
    ['granted', 'denied', 'denied'],
    ['granted', 'prompt', 'denied'],
    // A browser that grants a single use without reporting it.
    ['prompt', 'prompt', 'unplugged'],
    ['prompt', 'denied', 'denied'],
  ])('a camera that ends while its permission goes from %s to %s is %s', async (before, after, reason) => {
    const states = [before, after];
    expect(await reasonOfLoss({ query: () => Promise.resolve({ state: states.shift() }) })).toBe(reason);
  });

  it('reports it as unplugged if the browser does not report permissions', async () => {
    expect(await reasonOfLoss()).toBe('unplugged');
    expect(await reasonOfLoss({ query: () => Promise.reject(new TypeError('camera is no permission')) })).toBe('unplugged');
    expect(
      await reasonOfLoss({
        query: () => {
          throw new TypeError('camera is no permission');
        },
      }),
    ).toBe('unplugged');
  });

  it('reports no loss if its signal aborts during the query', async () => {
    const watching = new AbortController();
    const track = new StandInTrack();
    const told: unknown[] = [];
    const source = await openWith(track, watching.signal, { query: () => Promise.resolve({ state: 'denied' }) });
    source.watch(watching.signal, (error) => told.push(error), () => undefined);
    track.dispatchEvent(new Event('ended'));
    watching.abort();
    await new Promise((resolve) => setTimeout(resolve));
    expect(told).toEqual([]);
  });

  it('stops a camera granted after the request was cancelled', async () => {
    const asking = new AbortController();
    const track = new StandInTrack();
    const opening = openWith(track, asking.signal);
    asking.abort();
    await expect(opening).rejects.toBe(asking.signal.reason);
    expect(track.stopped).toBe(1);
  });
});
