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
  /** Stored with the session. If false, the video is lost with the page: this browser has no site-private file system. */
  readonly kept: boolean;
}

export interface VideoRecorderStatus {
  /** `finishing`: recording has stopped and the file is being completed. Until then, no other recording may start. */
  readonly phase: 'off' | 'recording' | 'finishing';
  /** Session of the current or last recording. */
  readonly sessionId: string | null;
  readonly look: RecordingLook | null;
  /** Error that prevented the video or ended it early. */
  readonly trouble: MienError | null;
  /** The last video, until the next recording starts. */
  readonly finished: RecordedVideo | null;
}

const OFF: VideoRecorderStatus = { phase: 'off', sessionId: null, look: null, trouble: null, finished: null };

/** Records the camera's video along with each session, if the settings ask for it. */
export class VideoRecorder {
  readonly #wish: () => VideoWish | null;
  readonly #status = new Store<VideoRecorderStatus>(OFF);
  #video: CameraVideo | null = null;
  /** Started while the camera runs, so that a recording starts without delay. */
  #spare: EncoderWorker | null = null;

  /** @param wish queried when a session starts; null records its data only. */
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

  /** Takes the video's current frame, on the page's clock. */
  take(video: HTMLVideoElement, frameMs: number): void {
    if (this.#video) this.#video.take(video, frameMs);
    else if (!this.#wish()) this.rest();
    else this.#spare ??= new EncoderWorker();
  }

  /** Called when the camera goes off: ends the spare worker. */
  rest(): void {
    this.#spare?.end();
    this.#spare = null;
  }

  /** Takes a frame's reading, on the page's clock. */
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
    const worker = this.#spare && !this.#spare.isOver ? this.#spare : new EncoderWorker();
    this.#spare = null;
    const video = new CameraVideo(sessionId, startedMs, wish, worker, (trouble) => {
      if (this.#video !== video) return;
      this.#status.set({ ...this.getSnapshot(), trouble });
      // Ends the video immediately; recording of the data continues.
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
