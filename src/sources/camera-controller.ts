import type { MienError } from '../engine/errors';
import { cameraError, CameraSource, listCameras, type CameraInfo } from './camera-source';

export type CameraState =
  | { readonly status: 'off' }
  | { readonly status: 'opening' }
  /** `silent`: open, but no picture comes (a closed shutter, a phone call). */
  | { readonly status: 'live'; readonly source: CameraSource; readonly silent: boolean }
  | { readonly status: 'failed'; readonly error: MienError<'camera'> };

export interface CameraSnapshot {
  readonly state: CameraState;
  readonly cameras: readonly CameraInfo[];
  /** The camera that was opened last; null before the first one. */
  readonly cameraId: string | null;
}

/**
 * Holds at most one open camera. `start` and `stop` may be called at any time and in any order, also
 * while a permission prompt is up: whatever an outdated request still brings is stopped at once.
 */
export class CameraController {
  #snapshot: CameraSnapshot = { state: { status: 'off' }, cameras: [], cameraId: null };
  #current: AbortController | null = null;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): CameraSnapshot => this.#snapshot;

  /** Opens a camera (null: the browser's choice) in place of the one that is open. */
  start(cameraId: string | null): void {
    this.stop();
    const request = new AbortController();
    this.#current = request;
    this.#setState({ status: 'opening' });
    void this.#open(cameraId, request.signal);
  }

  /** Ends the camera's tracks, or the request for one. */
  stop(): void {
    this.#current?.abort();
    this.#current = null;
    this.#setState({ status: 'off' });
  }

  /** Keeps the list of cameras up to date until the returned function is called. */
  watchDevices(): () => void {
    const watching = new AbortController();
    const refresh = () => void this.#refreshCameras(watching.signal);
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    devices?.addEventListener('devicechange', refresh, { signal: watching.signal });
    refresh();
    return () => watching.abort();
  }

  async #open(cameraId: string | null, signal: AbortSignal): Promise<void> {
    let source: CameraSource;
    try {
      source = await CameraSource.open({ cameraId, signal });
    } catch (error) {
      if (!signal.aborted) this.#setState({ status: 'failed', error: cameraError(error) });
      return;
    }
    signal.addEventListener('abort', () => source.stop(), { once: true });
    this.#publish({ ...this.#snapshot, state: { status: 'live', source, silent: false }, cameraId: source.cameraId });
    source.watch(
      signal,
      (error) => {
        this.stop();
        this.#setState({ status: 'failed', error });
      },
      (silent) => this.#setState({ status: 'live', source, silent }),
    );
    // Names appear only once a camera has been allowed.
    void this.#refreshCameras(signal);
  }

  async #refreshCameras(signal: AbortSignal): Promise<void> {
    const cameras = await listCameras();
    if (!signal.aborted) this.#publish({ ...this.#snapshot, cameras });
  }

  #setState(state: CameraState): void {
    if (state.status === 'off' && this.#snapshot.state.status === 'off') return;
    this.#publish({ ...this.#snapshot, state });
  }

  #publish(snapshot: CameraSnapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}
