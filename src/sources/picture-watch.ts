/** Whether a camera's frames arrive: not yet, not for long, normally, or no longer. */
export type PictureFlow = 'starting' | 'waiting' | 'flowing' | 'stopped';

const CHECK_MS = 500;
/** Most cameras take less than this to send the first frame. */
const LONG_START_MS = 1500;
/** In the dark, cameras may slow down to one frame per second. */
const STOPPED_AFTER_MS = 2000;

/**
 * Watches a video element that plays a camera. No event fires when a camera just stops sending frames, and the element's clock runs
 * on: only its frame count tells.
 *
 * @param onChange is not called for `starting`, the initial state.
 * @returns stops the watch.
 */
export function watchPicture(video: HTMLVideoElement, onChange: (flow: PictureFlow) => void): () => void {
  let flow: PictureFlow = 'starting';
  let frames = 0;
  let idleMs = 0;
  let checkedMs = performance.now();
  const set = (next: PictureFlow) => {
    if (next === flow) return;
    flow = next;
    onChange(next);
  };
  const stopCounting = countFrames(video, () => {
    idleMs = 0;
    set('flowing');
  });
  const check = () => {
    const nowMs = performance.now();
    const total = video.getVideoPlaybackQuality().totalVideoFrames;
    // A sleeping page did not check: cap the time between two checks.
    idleMs = total !== frames ? 0 : idleMs + Math.min(nowMs - checkedMs, 2 * CHECK_MS);
    if (total !== frames) set('flowing');
    frames = total;
    checkedMs = nowMs;
    if (flow === 'starting' && idleMs >= LONG_START_MS) set('waiting');
    // Hidden pages of browsers that do not count their frames would look stopped.
    if (idleMs >= STOPPED_AFTER_MS && flow === 'flowing' && (frames > 0 || !document.hidden)) set('stopped');
  };
  const timer = setInterval(check, CHECK_MS);
  return () => {
    clearInterval(timer);
    stopCounting();
  };
}

/** Calls back for each frame if the browser reports them. */
function countFrames(video: HTMLVideoElement, onFrame: () => void): () => void {
  if (!('requestVideoFrameCallback' in video)) return () => undefined;
  let handle = 0;
  const step = () => {
    handle = video.requestVideoFrameCallback(step);
    onFrame();
  };
  handle = video.requestVideoFrameCallback(step);
  return () => video.cancelVideoFrameCallback(handle);
}
