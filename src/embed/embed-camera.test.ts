import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Reader } from '../api/reader';
import { EmbedCamera } from './embed-camera';
import type { HostLink } from './host-link';
import type { EmbedView } from './view';

vi.mock('../app/live/face-fade', () => ({ faceFade: () => () => 0 }));
vi.mock('../sources/camera-source', () => ({
  CameraSource: { open: () => Promise.resolve({ stream: {}, watch: () => undefined, stop: () => undefined }) },
}));

/** An element that plays a camera, of which `frames` have arrived; `play` resolves with the first one. */
class Video {
  srcObject: unknown = null;
  frames = 0;
  begin: () => void = () => undefined;
  play = () => new Promise<void>((resolve) => (this.begin = resolve));
  getVideoPlaybackQuality = () => ({ totalVideoFrames: this.frames });
}

const HOSTS = () => 'a host';
let video: Video;
let sent: string[];
let told: string[];
let camera: EmbedCamera;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { hidden: false });
  video = new Video();
  [sent, told] = [[], []];
  const link = { send: ({ type }: { type: string }) => sent.push(type) } as unknown as HostLink;
  const view = { camera: video, tellFlow: (flow: string) => told.push(flow), showCamera: () => () => undefined } as unknown as EmbedView;
  camera = new EmbedCamera(1, link, view, () => undefined);
  void camera.start({ follow: () => () => undefined } as unknown as Reader, HOSTS);
});
afterEach(() => {
  camera.stop('host');
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function pass(ms: number, isSending: boolean): Promise<void> {
  for (let at = 0; at < ms; at += 100) {
    if (isSending) video.frames++;
    await vi.advanceTimersByTimeAsync(100);
  }
}

it('says that it waits for a camera that starts late, and that the camera stopped within three seconds', async () => {
  await pass(2500, false);
  expect([told.at(-1), sent]).toEqual(['waiting', []]);
  video.begin();
  await pass(1000, true);
  expect([told.at(-1), sent]).toEqual(['flowing', ['tracking']]);
  await pass(3000, false);
  expect(told.at(-1)).toBe('stopped');
  await pass(1000, true);
  expect(told.at(-1)).toBe('flowing');
});

it('says nothing more once it was stopped', async () => {
  video.begin();
  await pass(1000, true);
  camera.stop('host');
  const before = told.length;
  await pass(5000, false);
  expect(told).toHaveLength(before);
  expect(vi.getTimerCount()).toBe(0);
});
