import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followFrames } from './video-frames';

type FrameCallback = (nowMs: number, metadata: { presentedFrames: number }) => void;

/** Stand-in for the used parts of a video element, which Node lacks. */
class StandInVideo {
  readyState = 4;
  currentTime = 0;
  /** As in browsers without a frame count. */
  getVideoPlaybackQuality = () => ({ totalVideoFrames: 0 });
  #handles = 0;
  #waiting = new Map<number, FrameCallback>();

  requestVideoFrameCallback(callback: FrameCallback): number {
    this.#waiting.set(++this.#handles, callback);
    return this.#handles;
  }

  cancelVideoFrameCallback(handle: number): void {
    this.#waiting.delete(handle);
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Shows a frame as a visible page does. */
  show(nowMs: number, presentedFrames: number): void {
    const called = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const callback of called) callback(nowMs, { presentedFrames });
  }
}

class StandInDocument extends EventTarget {
  hidden = false;

  setHidden(hidden: boolean): void {
    this.hidden = hidden;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

function follow(video: StandInVideo | Pick<StandInVideo, 'readyState' | 'currentTime' | 'getVideoPlaybackQuality'>, sinceMs?: number) {
  const told: [timestampMs: number, shown: number][] = [];
  const stop = followFrames(video as unknown as HTMLVideoElement, (timestampMs, shown) => told.push([timestampMs, shown]), sinceMs);
  return { told, stop };
}

describe('followFrames', () => {
  let page: StandInDocument;

  beforeEach(() => {
    vi.useFakeTimers({ now: 0 });
    page = new StandInDocument();
    vi.stubGlobal('document', page);
    vi.stubGlobal('HTMLMediaElement', { HAVE_CURRENT_DATA: 2 });
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('reports each displayed frame, and the number of missed ones', () => {
    const video = new StandInVideo();
    const { told } = follow(video);
    video.show(100, 7);
    video.show(133, 8);
    video.show(233, 11);
    expect(told).toEqual([
      [100, 1],
      [133, 1],
      [233, 3],
    ]);
  });

  it('never lets the time run back, not even before its start', () => {
    const video = new StandInVideo();
    const { told } = follow(video, 100);
    video.show(96, 1);
    video.show(120, 2);
    video.show(118, 3);
    expect(told.map(([timestampMs]) => timestampMs)).toEqual([100, 120, 120]);
  });

  it('offers the newest frame once a second in a hidden page, if the video has advanced', () => {
    const video = new StandInVideo();
    const { told } = follow(video);
    video.show(5, 1);
    page.setHidden(true);
    const beganMs = performance.now();
    vi.advanceTimersByTime(2500);
    expect(told).toHaveLength(1);
    video.currentTime = 2.5;
    vi.advanceTimersByTime(2500);
    video.currentTime = 5;
    vi.advanceTimersByTime(1000);
    expect(told.slice(1)).toEqual([
      [beganMs + 3000, 1],
      [beganMs + 6000, 1],
    ]);
  });

  it('waits for a frame in a hidden page', () => {
    const video = new StandInVideo();
    page.hidden = true;
    const { told } = follow(video);
    Object.assign(video, { readyState: 1, currentTime: 1 });
    vi.advanceTimersByTime(1000);
    expect(told).toEqual([]);
    video.readyState = 2;
    vi.advanceTimersByTime(1000);
    expect(told).toHaveLength(1);
  });

  it('returns to every frame when the page is visible again, without counting unseen ones', () => {
    const video = new StandInVideo();
    const { told } = follow(video);
    video.show(5, 1);
    page.setHidden(true);
    page.setHidden(false);
    video.currentTime = 3;
    vi.advanceTimersByTime(3000);
    expect(told).toHaveLength(1);
    video.show(3010, 90);
    video.show(3043, 91);
    expect(told.slice(1)).toEqual([
      [3010, 1],
      [3043, 1],
    ]);
  });

  it('does so by display frames if the browser reports no others', () => {
    const waiting = new Map<number, (nowMs: number) => void>();
    vi.stubGlobal('requestAnimationFrame', (callback: (nowMs: number) => void) => waiting.set(waiting.size + 1, callback).size);
    vi.stubGlobal('cancelAnimationFrame', (handle: number) => waiting.delete(handle));
    const video = { readyState: 4, currentTime: 0, getVideoPlaybackQuality: () => ({ totalVideoFrames: 0 }) };
    const { told } = follow(video);
    page.setHidden(true);
    expect(waiting.size).toBe(0);
    video.currentTime = 1;
    vi.advanceTimersByTime(1000);
    expect(told).toHaveLength(1);
    page.setHidden(false);
    expect(waiting.size).toBe(1);
  });

  it('leaves nothing behind when stopped, hidden or not', () => {
    for (const hidden of [false, true]) {
      const video = new StandInVideo();
      const { told, stop } = follow(video);
      page.setHidden(hidden);
      stop();
      page.setHidden(!hidden);
      video.currentTime = 1;
      expect(vi.getTimerCount()).toBe(0);
      expect(video.waiting).toBe(0);
      expect(told).toEqual([]);
    }
  });
});
