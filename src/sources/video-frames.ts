import type { LiveFrame } from '../engine/types';

/** Minimum interval of background timers, ms. Chrome keeps it while a camera is open, otherwise slows down after five minutes. */
const UNSEEN_MS = 1000;

type OnFrame = (timestampMs: number, shown: number) => void;

/**
 * Calls back for every frame that a playing video shows: by `requestVideoFrameCallback` if available, else once per display frame
 * in which the video has advanced. In hidden pages browsers do neither: then, about once a second, for the newest frame.
 *
 * @param onFrame receives the time of the frame in ms on the clock of `performance.now()`, which never runs
 *   back, and the number of frames shown since the last call (1, or more when calls were missed).
 * @param sinceMs no reported time is earlier than this. A frame's own may be some ms before now.
 * @returns stops the calls.
 */
export function followFrames(video: HTMLVideoElement, onFrame: OnFrame, sinceMs = -Infinity): () => void {
  let newestMs = sinceMs;
  const offer: OnFrame = (timestampMs, shown) => {
    newestMs = Math.max(newestMs, timestampMs);
    onFrame(newestMs, shown);
  };
  const start = () => {
    if (document.hidden) return followUnseen(video, offer);
    return 'requestVideoFrameCallback' in video ? followByVideo(video, offer) : followByDisplay(video, offer);
  };
  let stop = start();
  const startAnew = () => {
    stop();
    stop = start();
  };
  document.addEventListener('visibilitychange', startAnew);
  return () => {
    document.removeEventListener('visibilitychange', startAnew);
    stop();
  };
}

function followUnseen(video: HTMLVideoElement, onFrame: OnFrame): () => void {
  // A camera's clock runs on while it sends nothing, so count frames if the browser can.
  const progress = () => video.getVideoPlaybackQuality().totalVideoFrames || video.currentTime;
  let seen = progress();
  const timer = setInterval(() => {
    const now = progress();
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || now === seen) return;
    seen = now;
    onFrame(performance.now(), 1);
  }, UNSEEN_MS);
  return () => clearInterval(timer);
}

function followByVideo(video: HTMLVideoElement, onFrame: OnFrame): () => void {
  let shownBefore: number | null = null;
  let handle = 0;
  const step = (nowMs: number, { presentedFrames }: VideoFrameCallbackMetadata) => {
    handle = video.requestVideoFrameCallback(step);
    const shown = shownBefore === null ? 1 : Math.max(1, presentedFrames - shownBefore);
    shownBefore = presentedFrames;
    onFrame(nowMs, shown);
  };
  handle = video.requestVideoFrameCallback(step);
  return () => video.cancelVideoFrameCallback(handle);
}

function followByDisplay(video: HTMLVideoElement, onFrame: OnFrame): () => void {
  let mediaTime = -1;
  let handle = 0;
  const step = (nowMs: number) => {
    handle = requestAnimationFrame(step);
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.currentTime === mediaTime) return;
    mediaTime = video.currentTime;
    onFrame(nowMs, 1);
  };
  handle = requestAnimationFrame(step);
  return () => cancelAnimationFrame(handle);
}

/**
 * Calls back with the time of every displayed frame of a file's video, ms from the file's zero: during playback, and after each
 * seek.
 *
 * @returns stops the calls.
 */
export function followMediaTime(video: HTMLVideoElement, onFrame: (mediaMs: number) => void): () => void {
  if (!('requestVideoFrameCallback' in video)) return followByDisplay(video, () => onFrame((video as HTMLVideoElement).currentTime * 1000));
  let handle = 0;
  const step = (_nowMs: number, { mediaTime }: VideoFrameCallbackMetadata) => {
    handle = video.requestVideoFrameCallback(step);
    onFrame(mediaTime * 1000);
  };
  handle = video.requestVideoFrameCallback(step);
  return () => video.cancelVideoFrameCallback(handle);
}

/**
 * The frame that a video shows; the engine closes it. A VideoFrame if supported: the engine copies its pixels in its worker, while an
 * ImageBitmap costs this thread 5 ms at 1280×720.
 */
export async function grabFrame(video: HTMLVideoElement): Promise<LiveFrame> {
  // Typed as always present, yet absent in older browsers.
  if ((globalThis.VideoFrame as typeof VideoFrame | undefined) !== undefined) {
    try {
      return new VideoFrame(video);
    } catch {
      // A video whose frames may not be read this way may still be drawn.
    }
  }
  return createImageBitmap(video);
}
