import type { MienError } from '../../engine/errors';
import { log } from '../../engine/log';
import { CameraController, type CameraSnapshot, type CameraState } from '../../sources/camera-controller';
import type { CameraSource } from '../../sources/camera-source';
import { onCameraGranted } from './camera-permission';
import { onCameraPluggedIn } from './camera-return';

interface LiveCameraOptions {
  /** Called when `video` delivers pictures; the returned function is called when it stops. */
  readonly onPicture: (video: HTMLVideoElement) => () => void;
  /** Called before the camera is turned off, with the last picture still in `video`. */
  readonly onRelease: (video: HTMLVideoElement) => void;
}

/**
 * The page's camera with its video element, which is in no document: views come and go while the camera stays on as
 * long as it is wanted.
 */
export class LiveCamera {
  readonly #controller = new CameraController();
  readonly #options: LiveCameraOptions;
  readonly #video = document.createElement('video');
  /** The requested camera; null for off. */
  #wanted: { readonly cameraId: string | null } | null = null;
  #playing: CameraSource | null = null;
  #state: CameraState = { status: 'off' };
  #stopPicture: () => void = () => undefined;
  /** Stops waiting for the cause of a camera failure to be resolved. */
  #stopWaiting: () => void = () => undefined;

  constructor(options: LiveCameraOptions) {
    this.#options = options;
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#controller.subscribe(() => this.#follow(this.#controller.getSnapshot()));
  }

  get subscribe() {
    return this.#controller.subscribe;
  }

  get getSnapshot(): () => CameraSnapshot {
    return this.#controller.getSnapshot;
  }

  get video(): HTMLVideoElement {
    return this.#video;
  }

  /** Keeps the camera list up to date until the returned function is called. */
  watchDevices(): () => void {
    return this.#controller.watchDevices();
  }

  /** Turns the camera on or off or switches it; does nothing if the request is unchanged. */
  want(wanted: { readonly cameraId: string | null } | null): void {
    if (wanted?.cameraId === this.#wanted?.cameraId && (wanted === null) === (this.#wanted === null)) return;
    if (this.#wanted) this.#release();
    this.#wanted = wanted;
    if (wanted) this.#controller.start(wanted.cameraId);
  }

  /** Requests the camera again after a failure. */
  readonly retry = (): void => {
    if (this.#wanted) this.#controller.start(this.#wanted.cameraId);
  };

  /** Retries automatically once the user has resolved the cause. */
  #waitFor(reason: MienError<'camera'>['reason'], cameraId: string | null): () => void {
    if (reason === 'denied') return onCameraGranted(this.retry);
    if (reason === 'unplugged') return onCameraPluggedIn(cameraId, this.retry);
    if (reason === 'not-found') return onCameraPluggedIn(null, this.retry);
    return () => undefined;
  }

  #release(): void {
    this.#options.onRelease(this.#video);
    this.#controller.stop();
  }

  #follow({ state, cameraId }: CameraSnapshot): void {
    const source = state.status === 'live' ? state.source : null;
    if (state !== this.#state) {
      this.#stopWaiting();
      this.#stopWaiting = state.status === 'failed' ? this.#waitFor(state.error.reason, cameraId) : () => undefined;
    }
    this.#state = state;
    if (state.status === 'failed') log.warn(`camera failed: ${String(state.error)}`);
    if (source === this.#playing) return;
    log.info(source ? 'camera on' : 'camera off');
    this.#stopPicture();
    this.#stopPicture = () => undefined;
    this.#playing = source;
    this.#video.srcObject = source?.stream ?? null;
    if (!source) return;
    // Rejects if the stream ends before the first picture.
    this.#video.play().catch(() => undefined);
    this.#controller.watchPicture(this.#video);
    this.#stopPicture = this.#options.onPicture(this.#video);
  }
}
