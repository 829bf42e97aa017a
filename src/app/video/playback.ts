import { Store } from '../../engine/store';
import type { Playhead } from '../results/playhead';
import { followMediaTime } from '../../sources/video-frames';

const SEEK_NUDGE_MS = 0.5;

/** Playback of a clip. */
export interface Playback extends Playhead {
  readonly playing: boolean;
  /** Null if there is no sound. */
  readonly muted: boolean | null;
  play(): void;
  pause(): void;
  setMuted(muted: boolean): void;
  /** Playback speed; 1 is real time. */
  readonly rate: number;
  setRate(rate: number): void;
  dispose(): void;
}

/** Plays in the browser's own player. A seek updates the time immediately, though its frame comes later. */
export class ElementPlayback implements Playback {
  readonly #video: HTMLVideoElement;
  readonly #end = new AbortController();
  readonly #timeMs: Store<number>;
  /** Target of the last seek, until playback moves on. */
  #soughtMs: number | null = null;

  constructor(video: HTMLVideoElement) {
    this.#video = video;
    this.#timeMs = new Store(video.currentTime * 1000);
    const { signal } = this.#end;
    for (const event of ['play', 'pause', 'ended', 'volumechange', 'ratechange', 'loadedmetadata']) {
      video.addEventListener(event, () => this.#timeMs.set(this.timeMs), { signal });
    }
    video.addEventListener('seeking', () => this.#onSeeking(), { signal });
    const stop = followMediaTime(video, (ms) => this.#onFrame(ms));
    signal.addEventListener('abort', stop);
  }

  get subscribe() {
    return this.#timeMs.subscribe;
  }

  get timeMs(): number {
    return this.#timeMs.getSnapshot();
  }

  get playing(): boolean {
    return !this.#video.paused && !this.#video.ended;
  }

  get muted(): boolean {
    return this.#video.muted;
  }

  play(): void {
    // Refused before the first user gesture; the button then stays unchanged.
    this.#video.play().catch(() => undefined);
  }

  pause(): void {
    this.#video.pause();
  }

  seek(ms: number): void {
    const { duration } = this.#video;
    const soughtMs = Math.max(0, Number.isFinite(duration) ? Math.min(ms, duration * 1000) : ms);
    this.#soughtMs = soughtMs;
    // Browsers round a frame's exact time down and would show the previous frame.
    this.#video.currentTime = (soughtMs + SEEK_NUDGE_MS) / 1000;
    this.#timeMs.set(soughtMs);
  }

  setMuted(muted: boolean): void {
    this.#video.muted = muted;
  }

  get rate(): number {
    return this.#video.playbackRate;
  }

  setRate(rate: number): void {
    // Sets the default too, since loading resets the rate to it.
    this.#video.defaultPlaybackRate = rate;
    this.#video.playbackRate = rate;
  }

  dispose(): void {
    this.#end.abort();
    this.#video.pause();
  }

  /** Handles seeks by the browser: to the start when an ended clip is played again, and by media keys. */
  #onSeeking(): void {
    const targetMs = this.#video.currentTime * 1000;
    const own = this.#soughtMs !== null && Math.abs(targetMs - this.#soughtMs) <= 2 * SEEK_NUDGE_MS;
    if (own) return;
    this.#soughtMs = targetMs;
    this.#timeMs.set(targetMs);
  }

  #onFrame(ms: number): void {
    // Still the frame from before the seek.
    if (this.#video.seeking) return;
    if (!this.#video.paused) this.#soughtMs = null;
    this.#timeMs.set(this.#soughtMs ?? ms);
  }
}
