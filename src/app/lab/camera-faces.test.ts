import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CameraFaces } from './camera-faces';

const fakes = vi.hoisted(() => ({ cropped: 0, stopped: 0 }));
vi.mock('../engine-holder', () => ({ engineHolder: {} }));
vi.mock('../settings', () => ({ settingsStore: () => ({ getSnapshot: () => ({ cameraId: null }) }) }));
vi.mock('../../sources/camera-source', () => ({
  CameraSource: { open: () => Promise.resolve({ stream: {}, watch: () => undefined, stop: () => fakes.stopped++ }) },
}));
vi.mock('./face-source', () => ({
  FaceSource: class {
    cropPicture = () => Promise.resolve({ status: 'cropped', luminance: Uint8Array.of(fakes.cropped++), colors: new Uint8Array(), concerned: false });
    dispose = () => undefined;
  },
}));

/** An element that plays a camera; `frames` have come. Its `play` ends with the first one. */
class Video {
  srcObject: unknown = null;
  frames = 0;
  /** False as in Firefox, which counts no frames of a camera. */
  isCounting = true;
  #callbacks: ((nowMs: number, metadata: object) => void)[] = [];
  play = () => new Promise<void>(() => undefined);
  getVideoPlaybackQuality = () => ({ totalVideoFrames: this.isCounting ? this.frames : 0 });
  requestVideoFrameCallback = (callback: (nowMs: number, metadata: object) => void) => this.#callbacks.push(callback);
  cancelVideoFrameCallback = () => undefined;

  show(): void {
    this.frames++;
    for (const callback of this.#callbacks.splice(0)) callback(performance.now(), { presentedFrames: this.frames });
  }
}

let video: Video;
let camera: CameraFaces;
beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }));
  vi.stubGlobal('createImageBitmap', () => Promise.resolve({}));
  Object.assign(fakes, { cropped: 0, stopped: 0 });
  video = new Video();
  camera = new CameraFaces();
  camera.attach(video as unknown as HTMLVideoElement);
  await camera.open();
});
afterEach(() => {
  camera.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Lets time pass, in which the camera sends a frame every 50 ms or none. */
async function pass(ms: number, isSending: boolean): Promise<void> {
  for (let at = 0; at < ms; at += 50) {
    if (isSending) video.show();
    await vi.advanceTimersByTimeAsync(50);
  }
}

const counts = () => ({ taken: camera.getSnapshot().taken.length, flow: camera.getSnapshot().flow });

it('takes no face twice from a camera that hangs, and says within three seconds that it does', async () => {
  await pass(1000, true);
  void camera.hold('happy', null);
  await pass(1000, true);
  const { taken } = counts();
  expect(taken).toBeGreaterThan(3);
  await pass(3000, false);
  expect(counts()).toEqual({ taken, flow: 'stopped' });
  await pass(1000, true);
  expect(counts()).toMatchObject({ flow: 'flowing' });
  expect(counts().taken).toBeGreaterThan(taken + 1);
});

it('waits for a camera that starts late, and says so', async () => {
  expect(camera.getSnapshot().status).toBe('on');
  void camera.hold('sad', null);
  await pass(2000, false);
  expect(counts()).toEqual({ taken: 0, flow: 'waiting' });
  await pass(1000, true);
  expect(counts().taken).toBeGreaterThan(2);
});

it('takes as many faces of a button that is let go and held again at once as of one that is held', async () => {
  await pass(1000, true);
  void camera.hold('happy', null);
  await pass(100, true);
  camera.release();
  void camera.hold('happy', null);
  await pass(1000, true);
  expect(counts().taken).toBeLessThanOrEqual(7);
});

it('takes faces in a browser that does not count the frames of a camera', async () => {
  video.isCounting = false;
  await pass(1000, true);
  void camera.hold('happy', null);
  await pass(1000, true);
  expect(counts().taken).toBeGreaterThan(3);
});

it('takes the last picture of a camera that hangs once, however often its button is pressed', async () => {
  await pass(1000, true);
  for (let press = 0; press < 3; press++) {
    void camera.hold('happy', null);
    await pass(300, false);
    camera.release();
  }
  expect(counts()).toEqual({ taken: 1, flow: 'flowing' });
});

it('reports that the browser refuses to play the camera', async () => {
  video.play = () => Promise.reject(new DOMException('refused', 'NotAllowedError'));
  await camera.open();
  await pass(50, false);
  expect(camera.getSnapshot()).toMatchObject({ status: 'off', error: { detail: 'NotAllowedError: refused' } });
});
