import { readSamples, type ReadSample, type VideoFileSource } from '../../sources/video-file-source';
import { Store } from '../../engine/store';
import type { Playback } from './playback';

/** Frames later than this are dropped, ms. */
const LATE_MS = 120;

interface Clock {
  readonly mediaMs: number;
  /** Time on the clock of `performance.now()`. */
  readonly startedMs: number;
}

/** Plays a clip that the browser's player cannot, by drawing decoded frames, without sound. */
export class DecodedPlayback implements Playback {
  readonly #source: VideoFileSource;
  readonly #context: CanvasRenderingContext2D;
  /** The current reading; a seek starts another. */
  #reading: AbortController | null = null;
  readonly #timeMs: Store<number>;
  #playing = false;
  #rate = 1;
  /** Set while frames play continuously. */
  #clock: Clock | null = null;
  #wake: () => void = () => undefined;

  /** Takes ownership of the source. */
  constructor(source: VideoFileSource, canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas to show frames on');
    Object.assign(canvas, source.info.size);
    this.#source = source;
    this.#context = context;
    this.#timeMs = new Store(source.info.startMs);
    this.seek(this.timeMs);
  }

  get subscribe() {
    return this.#timeMs.subscribe;
  }

  get timeMs(): number {
    return this.#timeMs.getSnapshot();
  }

  get playing(): boolean {
    return this.#playing;
  }

  get muted(): null {
    return null;
  }

  play(): void {
    if (this.#playing) return;
    this.#playing = true;
    if (this.timeMs >= this.#lastMs) this.seek(this.#source.info.startMs);
    this.#startClock();
  }

  pause(): void {
    this.#playing = false;
    this.#clock = null;
    this.#timeMs.set(this.timeMs);
  }

  seek(ms: number): void {
    const { startMs } = this.#source.info;
    const timeMs = Math.max(startMs, Math.min(ms, this.#lastMs));
    this.#reading?.abort();
    this.#reading = new AbortController();
    this.#clock = null;
    this.#wake();
    void this.#read(timeMs, this.#reading.signal);
    this.#timeMs.set(timeMs);
  }

  setMuted(): void {
    // There is no sound.
  }

  get rate(): number {
    return this.#rate;
  }

  setRate(rate: number): void {
    this.#rate = rate;
    // Restarts from the current position, since the clock ran at the old rate.
    if (this.#clock) this.#startClock();
    this.#timeMs.set(this.timeMs);
  }

  dispose(): void {
    this.#reading?.abort();
    this.#wake();
    this.#source.close();
  }

  /** Expected time of the last frame. */
  get #lastMs(): number {
    const { startMs, endMs, frameRate } = this.#source.info;
    return Math.max(startMs, endMs - 1000 / frameRate);
  }

  #startClock(): void {
    this.#clock = { mediaMs: this.timeMs, startedMs: performance.now() };
    this.#wake();
    this.#timeMs.set(this.timeMs);
  }

  async #read(fromMs: number, signal: AbortSignal): Promise<void> {
    try {
      let first = true;
      for await (const frame of readSamples(this.#source.frames({ framesPerSecond: 'every', fromMs }, { signal }))) {
        if (!first) await this.#due(frame, signal);
        this.#draw(frame, signal, first);
        first = false;
      }
      if (!signal.aborted) this.pause();
    } catch {
      // Playback ends where decoding fails; the analysis reports the error.
      if (!signal.aborted) this.pause();
    }
  }

  /** Waits until the frame is due. */
  async #due({ timestampMs }: ReadSample, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (this.#playing && !this.#clock) this.#startClock();
      const leftMs = this.#clock ? timestampMs - this.#nowMs(this.#clock) : Infinity;
      if (leftMs <= 0) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        if (leftMs !== Infinity) setTimeout(resolve, leftMs / this.#rate);
      });
    }
  }

  #nowMs({ mediaMs, startedMs }: Clock): number {
    return mediaMs + this.#rate * (performance.now() - startedMs);
  }

  #draw({ frame, timestampMs }: ReadSample, signal: AbortSignal, first: boolean): void {
    const late = !first && this.#clock !== null && this.#nowMs(this.#clock) - timestampMs > LATE_MS * this.#rate;
    if (!signal.aborted && !late) {
      const { canvas } = this.#context;
      this.#context.drawImage(frame, 0, 0, canvas.width, canvas.height);
      this.#timeMs.set(first ? this.timeMs : timestampMs);
    }
    frame.close();
  }
}
