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

/** What every playback tells of itself. */
export class Listeners {
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly call = (): void => {
    for (const listener of this.#listeners) listener();
  };
}

/** The browser's own player. */
export class ElementPlayback implements Playback {
  readonly #video: HTMLVideoElement;
  readonly #listeners = new Listeners();
  readonly #end = new AbortController();
  /** Of the frame on screen; null while a seek is under way, whose target counts. */
  #shownMs: number | null = null;

  constructor(video: HTMLVideoElement) {
    this.#video = video;
    const { signal } = this.#end;
    for (const event of ['play', 'pause', 'ended', 'volumechange', 'loadedmetadata']) {
      video.addEventListener(event, this.#listeners.call, { signal });
    }
    video.addEventListener('seeking', () => this.#show(null), { signal });
    const stop = followMediaTime(video, (ms) => this.#show(ms));
    signal.addEventListener('abort', stop);
  }

  readonly subscribe = this.#listeners.subscribe;

  get timeMs(): number {
    return this.#shownMs ?? this.#video.currentTime * 1000;
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

  #show(ms: number | null): void {
    this.#shownMs = ms;
    this.#listeners.call();
  }
}
