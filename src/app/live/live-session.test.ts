import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { frameOf, skippedFace } from '../../session/observation-fixture';
import type { Engine } from '../../workers/protocol';
import { LiveSession } from './live-session';

type FrameCallback = (nowMs: number, metadata: { presentedFrames: number }) => void;

/** Answers each frame with one face, at the time that it was given. */
function standInEngine(): Engine {
  const engine: Partial<Engine> = {
    generation: 0,
    resetLive: () => Promise.resolve(),
    analyzeLive: (_frame, timestampMs) => Promise.resolve(frameOf(timestampMs, skippedFace(1))),
  };
  return engine as Engine;
}

describe('LiveSession', () => {
  beforeEach(() => {
    vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }));
    vi.stubGlobal('HTMLMediaElement', { HAVE_CURRENT_DATA: 2 });
    vi.stubGlobal('createImageBitmap', () => Promise.resolve({ close: () => undefined }));
  });

  afterEach(() => vi.unstubAllGlobals());

  it('reads the frame that is there at once, and takes no offence at one that follows with an earlier time', async () => {
    let show: FrameCallback = () => undefined;
    const video = {
      readyState: 4,
      videoWidth: 640,
      currentTime: 0,
      requestVideoFrameCallback: (callback: FrameCallback) => {
        show = callback;
        return 1;
      },
      cancelVideoFrameCallback: () => undefined,
    };
    const session = new LiveSession(() => 0, () => null);
    const stop = session.analyse(standInEngine(), video as unknown as HTMLVideoElement);
    await vi.waitFor(() => expect(session.store.getSnapshot().frames).toBe(1));
    const { newestMs } = session.store.getSnapshot();
    // The browser's time of a frame: when the page began to draw, which may be before it was told to follow.
    show(performance.now() - 100, { presentedFrames: 1 });
    await vi.waitFor(() => expect(session.store.getSnapshot().frames).toBe(2));
    expect(session.getSnapshot().trouble).toBeNull();
    expect(session.store.getSnapshot().newestMs).toBe(newestMs);
    stop();
  });
});
