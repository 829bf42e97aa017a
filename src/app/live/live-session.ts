import type { MienError } from '../../engine/errors';
import { log } from '../../engine/log';
import { Store } from '../../engine/store';
import type { EngineHealth, FrameResult, LeftOutReason, ModelIdentity } from '../../engine/types';
import { APP_VERSION } from '../../reading/app-version';
import type { EngineSource } from '../../reading/engine-source';
import { LiveReading } from '../../reading/live-reading';
import { ObservationStore } from '../../session/observation-store';
import type { FrameSetup } from '../../session/reading-account';
import { SessionRecorder } from '../../session/session-recorder';
import { TrackNumbers } from '../../session/track-numbers';
import { defaultName } from '../../words/session';
import { LIVE_STREAM } from '../../workers/protocol';
import { pageArchive } from '../archive';
import type { SettingsStore } from '../settings';
import type { VideoWish } from './camera-video';
import { FaceMotion } from './face-motion';
import { FaceQuestion } from './face-question';
import { FramePicture } from './frame-picture';
import { LiveCamera } from './live-camera';
import { MyNeutral } from './my-neutral';
import { PerformanceMeter } from './performance-meter';
import { gapRows, PictureGap } from './picture-gap';
import { liveRecording } from './recording-state';
import { RecordingThumbnail } from './recording-thumbnail';
import { SevenFaces } from './seven-faces';
import { stillOf, type Still } from './still';
import { VideoRecorder } from './video-recorder';

/** The state that the user asked for; survives navigation to other places. */
export type Intent = 'off' | 'running' | 'paused';

export interface LiveStatus {
  readonly intent: Intent;
  /** Error of the last frame; null if it was analysed. */
  readonly trouble: MienError | null;
  /** The engine failed too often in a row; only a reload helps. */
  readonly gaveUp: boolean;
}

/** Capacity of the page's history: a minute of ten faces at 30 frames a second. Recordings have their own store. */
const LOOK_BACK = 18_000;

interface LiveOptions {
  readonly engine: EngineSource;
  readonly settings: SettingsStore;
  /** Current fade time of boxes, ms. */
  readonly fadeMs: () => number;
  /** Queried when a recording starts; null records no video. */
  readonly videoWish: () => VideoWish | null;
}

/**
 * The page's live session: the camera, its analysis and its recording, independent of any view. The camera is on while
 * it is wanted and either its tab is shown or it is being recorded.
 */
export class LiveSession {
  readonly store = new ObservationStore(LOOK_BACK);
  /** Records between `record` and `stop`. */
  readonly recorder = new SessionRecorder(pageArchive);
  /** Records video along with it, depending on the settings. */
  readonly videoRecorder: VideoRecorder;
  /** Baseline of the person shown relative to it. The store keeps the original values. */
  readonly neutral = new MyNeutral();
  /** The game "Make these seven faces". */
  readonly game = new SevenFaces<HTMLCanvasElement>((face, frame) => this.#picture.faceIn(frame, face));
  /** "Why?" about a face in view. */
  readonly question = new FaceQuestion({ pictureOf: (face, frame) => this.#picture.uprightIn(frame, face), shown: (face) => this.neutral.shown(face) });
  readonly meter = new PerformanceMeter();
  readonly motion: FaceMotion;
  readonly camera: LiveCamera;
  /** The last picture before the camera went off; null while it is on and before its first use. */
  still: Still | null = null;
  readonly #engine: EngineSource;
  readonly #settings: SettingsStore;
  readonly #picture = new FramePicture();
  readonly #thumbnail: RecordingThumbnail;
  readonly #tracks = new TrackNumbers();
  readonly #status = new Store<LiveStatus>({ intent: 'off', trouble: null, gaveUp: false });
  /** Null before the first frame and recording. */
  #model: ModelIdentity | null = null;
  #isShown = false;
  /** The reading waits for the engine. */
  #isWaiting = false;
  /** End of its last wait, whose rows the recording has. */
  #waitedToMs = -Infinity;
  /** Gaps while the camera is stopped or lost, in which no faces are shown. */
  readonly #silence = new PictureGap((timesMs, reason) => {
    this.motion.reset();
    this.game.rest();
    this.question.rest();
    const newestMs = this.store.getSnapshot().newestMs ?? 0;
    this.store.appendGap(timesMs.map((ms) => Math.max(ms, newestMs)), reason);
  });
  /**
   * Gaps in a recording: the camera is stopped, lost, blocked, paused, or off while the page is hidden, or the engine
   * is loading, restarting, or stopped after too many failures.
   */
  readonly #unrecorded = new PictureGap((timesMs, reason) => this.recorder.leaveOut(timesMs, reason));

  constructor({ engine, settings, fadeMs, videoWish }: LiveOptions) {
    this.#engine = engine;
    this.#settings = settings;
    this.videoRecorder = new VideoRecorder(this.recorder, videoWish);
    this.#thumbnail = new RecordingThumbnail({
      recorder: this.recorder,
      look: () => videoWish()?.look ?? null,
      isWanted: () => settings.getSnapshot().keepThumbnails,
      picture: this.#picture,
      archive: pageArchive,
    });
    this.motion = new FaceMotion({ fadeMs });
    this.camera = new LiveCamera({
      onPicture: (video) => this.#read(video),
      onRelease: (video) => {
        this.still = stillOf(video, () => this.motion.at(performance.now())) ?? this.still;
        this.neutral.rest();
        this.game.rest();
        this.question.rest();
      },
    });
    this.neutral.subscribe(() => this.#keepNeutral());
    this.game.subscribe(() => {
      if (!this.#needsPicture()) this.#picture.forget();
    });
    this.camera.subscribe(() => {
      this.recorder.setCamera(this.#cameraName());
      this.#followPicture();
    });
    this.#status.subscribe(() => this.#followPicture());
    const flush = () => {
      this.#unrecorded.tell();
      this.recorder.flush();
      this.#switchCamera();
    };
    document.addEventListener('visibilitychange', flush);
    globalThis.addEventListener('pagehide', flush);
    settings.subscribe(() => this.#switchCamera());
    this.recorder.subscribe(() => {
      const { phase, finished } = this.recorder.getSnapshot();
      liveRecording.set(phase === 'recording' ? 'on' : finished?.why === 'other-model' ? 'ended' : 'off');
      this.#switchCamera();
      this.#followPicture();
    });
  }

  get subscribe() {
    return this.#status.subscribe;
  }

  get getSnapshot() {
    return this.#status.getSnapshot;
  }

  setIntent(intent: Intent): void {
    this.#status.set({ intent, trouble: null, gaveUp: false });
    this.#switchCamera();
  }

  /** Marks the camera as shown by a view until the returned function is called. */
  show(): () => void {
    this.#isShown = true;
    this.#switchCamera();
    const stopWatching = this.camera.watchDevices();
    return () => {
      stopWatching();
      this.#isShown = false;
      this.#switchCamera();
    };
  }

  /** Starts recording, unless a video is still being finished, which would be lost. */
  record({ model, backend, brought }: Pick<EngineHealth, 'model' | 'backend' | 'brought'>): void {
    if (this.videoRecorder.getSnapshot().phase === 'finishing') return;
    const { smoothingMs, sensitivity } = this.#settings.getSnapshot();
    const told = { smoothingMs, sensitivity: brought ? null : sensitivity, backend, appVersion: APP_VERSION };
    this.#followModel(model);
    this.recorder.start(defaultName(Date.now()), model, { camera: this.#cameraName(), search: LIVE_STREAM.search, ...told });
    this.#keepNeutral();
  }

  /** When another model comes into use, ends what holds for one model only: the recording and the baseline. */
  #followModel(model: ModelIdentity): void {
    const before = this.#model;
    this.#model = model;
    if (!before || (before.id === model.id && before.sha256 === model.sha256)) return;
    this.neutral.stop();
    void this.recorder.stop('other-model');
  }

  /** Name of the camera opened last; '' if unknown. */
  #cameraName(): string {
    const { cameras, cameraId } = this.camera.getSnapshot();
    return cameras.find(({ id }) => id === cameraId)?.name ?? '';
  }

  /** Stores the baseline with the recording, whose values stay as read. */
  #keepNeutral(): void {
    const state = this.neutral.getSnapshot();
    if (state.phase === 'on') this.recorder.setNeutral(state.track, state.baseline);
  }

  /** Whether the user's settings allow the camera to be on. */
  #isOn(): boolean {
    return this.getSnapshot().intent === 'running' && !(document.hidden && this.#settings.getSnapshot().pauseWhenHidden);
  }

  #switchCamera(): void {
    const { cameraId } = this.#settings.getSnapshot();
    const isNeeded = this.#isShown || this.recorder.getSnapshot().phase === 'recording';
    this.camera.want(this.#isOn() && isNeeded ? { cameraId } : null);
  }

  /** Analyses the video until the returned function is called. */
  #read(video: HTMLVideoElement): () => void {
    this.motion.reset();
    this.meter.reset();
    let setup: FrameSetup | null = null;
    const reading = new LiveReading({
      video,
      engine: async (signal) => {
        const ready = await this.#engine(signal);
        this.#followModel(ready.health.model);
        return ready;
      },
      stream: LIVE_STREAM,
      tracks: this.#tracks,
      onFrame: (frameMs, shown) => {
        this.meter.show(frameMs, shown);
        this.videoRecorder.take(video, frameMs);
      },
      onWait: (isWaiting) => {
        this.#isWaiting = isWaiting;
        this.#waitedToMs = performance.now();
        this.#followPicture();
      },
      onSend: () => {
        this.meter.take();
        const { smoothingMs, sensitivity } = this.#settings.getSnapshot();
        setup = { smoothingMs, sensitivity };
        // The captured frame is the one in flight, or none.
        if (this.#needsPicture()) this.#picture.hold(video);
        else this.#picture.forget();
      },
      onResult: (result) => {
        if (setup) this.#onResult(result, setup);
      },
      onDrop: (frameMs, why) => this.recorder.leaveOut([frameMs], why === 'replaced' ? 'no-engine' : (this.#reasonToWait() ?? 'no-picture')),
      onError: (trouble, gaveUp, timestampMs) => {
        log.warn(`webcam frame failed: ${String(trouble)}${gaveUp ? ', for the last time' : ''}`);
        this.#leaveOutFailed(timestampMs);
        this.#status.update({ trouble, gaveUp });
      },
    });
    return () => {
      reading.stop();
      this.#isWaiting = false;
      this.videoRecorder.rest();
    };
  }

  #followPicture(): void {
    const { state } = this.camera.getSnapshot();
    const isLost = state.status === 'failed' && this.store.getSnapshot().latest !== null;
    this.#silence.set(isLost || (state.status === 'live' && state.flow === 'stopped') ? 'no-picture' : null);
    this.#unrecorded.set(this.recorder.getSnapshot().phase === 'recording' ? this.#reasonToWait() : null);
  }

  /** Null while frames are read. */
  #reasonToWait(): LeftOutReason | null {
    if (!this.#isOn()) return 'paused';
    const { state } = this.camera.getSnapshot();
    if (state.status !== 'live' || state.flow !== 'flowing') return 'no-picture';
    if (this.getSnapshot().gaveUp) return 'failed';
    return this.#isWaiting ? 'no-engine' : null;
  }

  #needsPicture(): boolean {
    return this.game.getSnapshot().phase === 'playing' || this.#thumbnail.isWaiting || this.question.isWaiting;
  }

  /** Leaves out a failed frame, and the time until it failed: a hung engine is replaced after half a minute. */
  #leaveOutFailed(frameMs: number): void {
    // A failed frame may be older than a gap that started while it was in flight.
    const fromMs = Math.max(frameMs, this.store.getSnapshot().newestMs ?? 0, this.#waitedToMs);
    const timesMs = gapRows(fromMs, Math.max(fromMs, performance.now()));
    this.store.appendGap(timesMs, 'failed');
    this.recorder.leaveOut(timesMs, 'failed');
  }

  /** @param setup the settings when the frame was sent. */
  #onResult(result: FrameResult, setup: FrameSetup): void {
    const { frame, faces, timestampMs, timings } = result;
    // The frame was sent before the camera was found to have stopped, which is recorded by now.
    if (timestampMs < (this.store.getSnapshot().newestMs ?? -Infinity)) return this.recorder.leaveOut([timestampMs], 'no-picture');
    const nowMs = performance.now();
    const before = this.store.getSnapshot().latest?.frame;
    // After a phone is turned, positions from frames of another size cannot be interpolated.
    if (before && (before.width !== frame.width || before.height !== frame.height)) this.motion.reset();
    this.neutral.take(result);
    // In a hidden tab, the player cannot see the request.
    if (!document.hidden) this.game.take(result);
    this.motion.update(faces.map((face) => this.neutral.shown(face)), timestampMs, nowMs);
    this.meter.finish(nowMs, timestampMs, timings);
    this.store.append(result);
    this.recorder.add(result, setup);
    this.#thumbnail.take(result);
    this.question.take(result);
    this.videoRecorder.read(result);
    if (this.getSnapshot().trouble) this.#status.update({ trouble: null, gaveUp: false });
  }
}
