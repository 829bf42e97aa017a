import { MienError } from '../../engine/errors';
import type { Size } from '../../engine/geometry';
import type { FrameResult } from '../../engine/types';
import type { PaintedFace } from '../../export/overlay-painter';
import { ObservationStore } from '../../session/observation-store';
import { SessionRecorder } from '../../session/session-recorder';
import { followFrames, grabFrame } from '../../sources/video-frames';
import type { Engine } from '../../workers/protocol';
import { pageArchive } from '../archive';
import { settingsStore } from '../settings';
import type { VideoWish } from './camera-video';
import { faceFade } from './face-fade';
import { FaceMotion } from './face-motion';
import { PerformanceMeter } from './performance-meter';
import { guardUnsaved } from './unsaved-guard';
import { VideoRecorder } from './video-recorder';

/** What the person wants of the camera; it outlives a visit to another tab. */
export type Intent = 'off' | 'running' | 'paused';

/** A picture of the camera with what was drawn over it. */
export interface Still {
  readonly image: HTMLCanvasElement;
  readonly size: Size;
  readonly faces: readonly PaintedFace[];
}

export interface LiveStatus {
  readonly intent: Intent;
  /** Why the last frame could not be analysed; null when it could. */
  readonly trouble: MienError | null;
  /** The engine failed too often in a row; only a reload helps. */
  readonly gaveUp: boolean;
}

const RETRY_MS = 400;
const MOST_FAILURES = 6;
/** A minute of ten faces at 30 frames a second: as much as the page looks back. What is recorded is kept elsewhere. */
const LOOK_BACK = 18_000;

/** The page's live session: what was asked for, and everything that was seen. */
export class LiveSession {
  readonly store = new ObservationStore(LOOK_BACK);
  /** Records while it is told to. */
  readonly recorder = new SessionRecorder(pageArchive);
  /** Records the picture along with it, where that is wished for. */
  readonly videoRecorder: VideoRecorder;
  readonly meter = new PerformanceMeter();
  readonly motion: FaceMotion;
  /** The last picture before the camera went off; null while it is on, and before the first time. */
  still: Still | null = null;
  #status: LiveStatus = { intent: 'off', trouble: null, gaveUp: false };
  #highestTrack = 0;
  /** Added to the engine's track numbers, which start at 1 again with every new stream and every restart. */
  #trackOffset = 0;
  /** The engine's, of the newest result. */
  #generation = 0;
  readonly #listeners = new Set<() => void>();

  /**
   * @param fadeMs the time in which boxes ease in and out, as of now.
   * @param videoWish tells, when a recording begins, what to keep of the picture; null: nothing.
   */
  constructor(fadeMs: () => number, videoWish: () => VideoWish | null) {
    this.videoRecorder = new VideoRecorder(this.recorder, videoWish);
    this.motion = new FaceMotion({ fadeMs });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): LiveStatus => this.#status;

  setIntent(intent: Intent): void {
    this.#publish({ intent, trouble: null, gaveUp: false });
  }

  /** Keeps the picture that the video shows, if it shows one, for while the camera is off. */
  keepStill(video: HTMLVideoElement): void {
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) return;
    const size = { width: video.videoWidth, height: video.videoHeight };
    const image = document.createElement('canvas');
    Object.assign(image, size);
    image.getContext('2d')?.drawImage(video, 0, 0);
    this.still = { image, size, faces: this.motion.at(performance.now()) };
  }

  /**
   * Analyses what the video shows until the returned function is called: one frame at a time, and
   * always the newest one. A frame that fails is given up, and after a pause the next one is tried.
   */
  analyse(engine: Engine, video: HTMLVideoElement): () => void {
    this.#startTracksAnew(engine);
    this.motion.reset();
    this.meter.reset();
    let over = false;
    let newestMs: number | null = null;
    let busy = false;
    let failures = 0;
    const isOver = () => over;

    const pump = async () => {
      if (busy) return;
      busy = true;
      while (newestMs !== null && !isOver() && failures < MOST_FAILURES) {
        const frameMs = newestMs;
        newestMs = null;
        try {
          await this.#analyseFrame(engine, video, frameMs, isOver);
          failures = 0;
        } catch (error) {
          if (isOver()) break;
          failures++;
          this.#onFailure(MienError.from(error), failures >= MOST_FAILURES);
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS * failures));
        }
      }
      busy = false;
    };
    const onFrame = (frameMs: number, shown: number) => {
      this.meter.show(frameMs, shown);
      this.videoRecorder.take(video, frameMs);
      newestMs = frameMs;
      void pump();
    };
    const startMs = performance.now();
    const stopFollowing = followFrames(video, onFrame, startMs);
    // A new camera or a long pause: nobody must inherit another's smoothing. A failure shows in the next frame.
    engine.resetLive().catch(() => undefined);
    // The engine often comes after the camera: what is shown by then need not wait for the next frame.
    if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) onFrame(startMs, 1);
    return () => {
      over = true;
      stopFollowing();
      this.videoRecorder.rest();
    };
  }

  async #analyseFrame(engine: Engine, video: HTMLVideoElement, frameMs: number, isOver: () => boolean): Promise<void> {
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) return;
    const frame = await grabFrame(video);
    if (isOver()) {
      frame.close();
      return;
    }
    this.meter.take();
    const result = await engine.analyzeLive(frame, frameMs);
    if (!result || isOver()) return;
    const nowMs = performance.now();
    // A worker that died was replaced, perhaps by a call of somebody else's: no failure of ours told of it.
    if (engine.generation !== this.#generation) this.#startTracksAnew(engine);
    const numbered = this.#renumber(result);
    this.motion.update(numbered.faces, frameMs, nowMs);
    this.meter.finish(nowMs, frameMs, result.timings);
    this.store.append(numbered);
    this.recorder.add(numbered);
    this.videoRecorder.read(numbered);
    if (this.#status.trouble) this.#publish({ ...this.#status, trouble: null, gaveUp: false });
  }

  /** Whoever is seen from now on gets numbers that nobody had, so that no one goes on with another's card. */
  #startTracksAnew({ generation }: Engine): void {
    this.#generation = generation;
    this.#trackOffset = this.#highestTrack;
  }

  #renumber(result: FrameResult): FrameResult {
    const offset = this.#trackOffset;
    const faces = offset === 0 ? result.faces : result.faces.map((f) => ({ ...f, track: (f.track ?? 0) + offset }));
    for (const { track } of faces) this.#highestTrack = Math.max(this.#highestTrack, track ?? 0);
    return { ...result, faces };
  }

  #onFailure(trouble: MienError, gaveUp: boolean): void {
    this.recorder.skipFrame();
    this.#publish({ ...this.#status, trouble, gaveUp });
  }

  #publish(status: LiveStatus): void {
    this.#status = status;
    for (const listener of this.#listeners) listener();
  }
}

function videoWish(): VideoWish | null {
  const { recordLook, recordFormat, showHeadPose } = settingsStore().getSnapshot();
  return recordLook === 'data' ? null : { look: recordLook, format: recordFormat, overlay: { pose: showHeadPose } };
}

let pageSession: LiveSession | null = null;

/** The page's one session, so that a visit to another tab loses nothing. */
export function liveSession(): LiveSession {
  if (!pageSession) {
    pageSession = new LiveSession(faceFade(), videoWish);
    guardUnsaved(pageSession.recorder);
  }
  return pageSession;
}
