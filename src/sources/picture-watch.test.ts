import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchPicture, type PictureFlow } from './picture-watch';

/** A video as far as it is asked; Node has none. */
class StandInVideo {
  totalVideoFrames = 0;
  getVideoPlaybackQuality = () => ({ totalVideoFrames: this.totalVideoFrames });
}

describe('watchPicture', () => {
  const page = { hidden: false };
  let video: StandInVideo;
  let flows: PictureFlow[];
  let stop: () => void;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('document', page);
    page.hidden = false;
    video = new StandInVideo();
    flows = [];
    stop = watchPicture(video as unknown as HTMLVideoElement, (flow) => flows.push(flow));
  });

  afterEach(() => {
    stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const play = (ms: number) => {
    for (let at = 0; at < ms; at += 100) {
      video.totalVideoFrames += 3;
      vi.advanceTimersByTime(100);
    }
  };

  it('tells that the first picture takes long, and when it comes', () => {
    vi.advanceTimersByTime(10_000);
    expect(flows).toEqual(['waiting']);
    play(500);
    expect(flows).toEqual(['waiting', 'flowing']);
  });

  it('tells within three seconds that no more pictures come, and when they come again', () => {
    play(1000);
    vi.advanceTimersByTime(3000);
    expect(flows).toEqual(['flowing', 'stopped']);
    play(1000);
    expect(flows).toEqual(['flowing', 'stopped', 'flowing']);
  });

  it('lets a camera take a second for each picture', () => {
    for (let i = 0; i < 10; i++) {
      video.totalVideoFrames++;
      vi.advanceTimersByTime(1000);
    }
    expect(flows).toEqual(['flowing']);
  });

  it('takes no sleep of the page for a camera that stopped', () => {
    play(1000);
    vi.setSystemTime(Date.now() + 60_000);
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
    vi.advanceTimersByTime(500);
    expect(flows).toEqual(['flowing']);
    vi.restoreAllMocks();
  });

  it('is silent once it was ended', () => {
    play(1000);
    stop();
    vi.advanceTimersByTime(10_000);
    expect(flows).toEqual(['flowing']);
  });
});
