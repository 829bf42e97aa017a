import { Store } from '../../engine/store';
import type { Playhead } from '../results/playhead';
import { followMediaTime } from '../../sources/video-frames';

const SEEK_NUDGE_MS = 0.5;

/** A clip that is being watched. */
export interface Playback extends Playhead {
  readonly playing: boolean;
  /** Null where there is none to hear. */
  readonly muted: boolean | null;
  play(): void;
  pause(): void;
  setMuted(muted: boolean): void;
  /** How fast it plays; 1: as it was filmed. */
  readonly rate: number;
  setRate(rate: number): void;
  dispose(): void;
}

/** The browser's own player. A seek takes effect at once: its time is the one asked for, though the frame comes later. */
export class ElementPlayback implements Playback {
  readonly #video: HTMLVideoElement;
  readonly #end = new AbortController();
  readonly #timeMs: Store<number>;
  /** Time of the last seek, until playing moves on from it. */
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
    // Refused before the first press on the page; the button then stays as it is.
    this.#video.play().catch(() => undefined);
  }

  pause(): void {
    this.#video.pause();
  }

  seek(ms: number): void {
    const { duration } = this.#video;
    const soughtMs = Number.isFinite(duration) ? Math.min(ms, duration * 1000) : ms;
    this.#soughtMs = soughtMs;
    // A frame's own time, rounded down, would show the one before.
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
    // The default too: loading sets the rate back to it.
    this.#video.defaultPlaybackRate = rate;
    this.#video.playbackRate = rate;
  }

  dispose(): void {
    this.#end.abort();
    this.#video.pause();
  }

  /** The browser seeks by itself too: to the start when a clip that has ended is played, and by media keys. */
  #onSeeking(): void {
    const targetMs = this.#video.currentTime * 1000;
    const own = this.#soughtMs !== null && Math.abs(targetMs - this.#soughtMs) <= 2 * SEEK_NUDGE_MS;
    if (own) return;
    this.#soughtMs = targetMs;
    this.#timeMs.set(targetMs);
  }

  #onFrame(ms: number): void {
    // A frame from before the seek.
    if (this.#video.seeking) return;
    if (!this.#video.paused) this.#soughtMs = null;
    this.#timeMs.set(this.#soughtMs ?? ms);
  }
}
