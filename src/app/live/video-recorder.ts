import { MienError } from '../../engine/errors';
import { Store } from '../../engine/store';
import type { FrameResult } from '../../engine/types';
import type { RecordingLook } from '../../export/video/recording-options';
import { EncoderWorker } from '../../export/video/encoder-worker';
import type { RecorderStatus, SessionRecorder } from '../../session/session-recorder';
import { sessionVideo } from '../../session/session-videos';
import { CameraVideo, type VideoWish } from './camera-video';

export interface RecordedVideo {
  readonly sessionId: string;
  readonly video: Blob;
  /** Stored with the session. If false, it is lost with the page: this browser has no file system for sites. */
  readonly kept: boolean;
}

export interface VideoRecorderStatus {
  /** `finishing`: the camera is no longer recorded, and the file is ended. */
  readonly phase: 'off' | 'recording' | 'finishing';
  /** Session of the present recording, or of the last. */
  readonly sessionId: string | null;
  readonly look: RecordingLook | null;
  /** Why there is no video, or why it ends early. */
  readonly trouble: MienError | null;
  /** The last one, until the next recording begins. */
  readonly finished: RecordedVideo | null;
}

const OFF: VideoRecorderStatus = { phase: 'off', sessionId: null, look: null, trouble: null, finished: null };

/** Records the camera's picture with each session if the settings ask for it. It begins and ends with the session. */
export class VideoRecorder {
  readonly #wish: () => VideoWish | null;
  readonly #status = new Store<VideoRecorderStatus>(OFF);
  #video: CameraVideo | null = null;
  /** Started while the camera runs, so that a recording begins at once. */
  #spare: EncoderWorker | null = null;

  /** @param wish asked for when a session begins; null: its data only. */
  constructor(recorder: SessionRecorder, wish: () => VideoWish | null) {
    this.#wish = wish;
    recorder.subscribe(() => this.#accompany(recorder.getSnapshot()));
  }

  get subscribe() {
    return this.#status.subscribe;
  }

  get getSnapshot() {
    return this.#status.getSnapshot;
  }

  /** A frame that the camera's video shows, on the page's clock. */
  take(video: HTMLVideoElement, frameMs: number): void {
    if (this.#video) this.#video.take(video, frameMs);
    else if (!this.#wish()) this.rest();
    else this.#spare ??= new EncoderWorker();
  }

  /** The camera is off: nothing is held ready any longer. */
  rest(): void {
    this.#spare?.end();
    this.#spare = null;
  }

  /** What was read in a frame, on the page's clock. */
  read(result: FrameResult): void {
    this.#video?.read(result);
  }

  #accompany({ phase, id, startedMs }: RecorderStatus): void {
    if (phase === 'recording' && id !== null && startedMs !== null) this.#begin(id, startedMs);
    else void this.#end();
  }

  #begin(sessionId: string, startedMs: number): void {
    if (this.getSnapshot().sessionId === sessionId) return;
    const wish = this.#wish();
    if (!wish) {
      this.#status.set(OFF);
      return;
    }
    const worker = this.#spare ?? new EncoderWorker();
    this.#spare = null;
    const video = new CameraVideo(sessionId, startedMs, wish, worker, (trouble) => {
      if (this.#video !== video) return;
      this.#status.set({ ...this.getSnapshot(), trouble });
      // Ends the video at once; the session's data goes on.
      void this.#end();
    });
    this.#video = video;
    this.#status.set({ ...OFF, phase: 'recording', sessionId, look: wish.look });
  }

  async #end(): Promise<void> {
    const video = this.#video;
    const { phase, sessionId } = this.getSnapshot();
    if (!video || sessionId === null || phase !== 'recording') return;
    this.#status.set({ ...this.getSnapshot(), phase: 'finishing' });
    const ended = await endOf(video, sessionId);
    if (this.#video !== video) return;
    this.#video = null;
    this.#status.set({ ...this.getSnapshot(), phase: 'off', ...ended, trouble: this.getSnapshot().trouble ?? ended.trouble });
  }
}

async function endOf(video: CameraVideo, sessionId: string): Promise<Pick<VideoRecorderStatus, 'finished' | 'trouble'>> {
  try {
    const blob = await video.finish();
    if (!blob) return { finished: null, trouble: new MienError('encoding', 'nothing-written') };
    return { finished: { sessionId, video: blob, kept: (await sessionVideo(sessionId)) !== null }, trouble: null };
  } catch (error) {
    return { finished: null, trouble: MienError.from(error) };
  }
}
