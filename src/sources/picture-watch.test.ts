import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchPicture, type PictureFlow } from './picture-watch';

/** Stand-in for the used parts of a video element, which Node lacks. */
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

  it('reports that the first frame takes long, and when it arrives', () => {
    vi.advanceTimersByTime(10_000);
    expect(flows).toEqual(['waiting']);
    play(500);
    expect(flows).toEqual(['waiting', 'flowing']);
  });

  it('reports within three seconds that frames stopped, and when they resume', () => {
    play(1000);
    vi.advanceTimersByTime(3000);
    expect(flows).toEqual(['flowing', 'stopped']);
    play(1000);
    expect(flows).toEqual(['flowing', 'stopped', 'flowing']);
  });

  it('accepts one second per frame', () => {
    for (let i = 0; i < 10; i++) {
      video.totalVideoFrames++;
      vi.advanceTimersByTime(1000);
    }
    expect(flows).toEqual(['flowing']);
  });

  it('does not mistake a sleeping page for a stopped camera', () => {
    play(1000);
    vi.setSystemTime(Date.now() + 60_000);
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
    vi.advanceTimersByTime(500);
    expect(flows).toEqual(['flowing']);
    vi.restoreAllMocks();
  });

  it('is silent once stopped', () => {
    play(1000);
    stop();
    vi.advanceTimersByTime(10_000);
    expect(flows).toEqual(['flowing']);
  });
});
