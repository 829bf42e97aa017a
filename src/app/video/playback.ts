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
  dispose(): void;
}

/** The browser's own player. */
export class ElementPlayback implements Playback {
  readonly #video: HTMLVideoElement;
  readonly #end = new AbortController();
  /** Time of the frame on screen; null during a seek, whose target counts. */
  readonly #shownMs = new Store<number | null>(null);

  constructor(video: HTMLVideoElement) {
    this.#video = video;
    const { signal } = this.#end;
    for (const event of ['play', 'pause', 'ended', 'volumechange', 'loadedmetadata']) {
      video.addEventListener(event, () => this.#shownMs.set(this.#shownMs.getSnapshot()), { signal });
    }
    video.addEventListener('seeking', () => this.#shownMs.set(null), { signal });
    const stop = followMediaTime(video, (ms) => this.#shownMs.set(ms));
    signal.addEventListener('abort', stop);
  }

  get subscribe() {
    return this.#shownMs.subscribe;
  }

  get timeMs(): number {
    return this.#shownMs.getSnapshot() ?? this.#video.currentTime * 1000;
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
    // A frame's own time, rounded down, would show the one before.
    this.#video.currentTime = (ms + SEEK_NUDGE_MS) / 1000;
  }

  setMuted(muted: boolean): void {
    this.#video.muted = muted;
  }

  dispose(): void {
    this.#end.abort();
    this.#video.pause();
  }
}
