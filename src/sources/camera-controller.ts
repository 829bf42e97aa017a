import { Store } from '../engine/store';
import type { MienError } from '../engine/errors';
import { cameraError, CameraSource, listCameras, type CameraInfo, type CameraRequest, type Facing } from './camera-source';
import { watchPicture, type PictureFlow } from './picture-watch';

export type CameraState =
  | { readonly status: 'off' }
  | { readonly status: 'opening' }
  /** `flow` is `stopped` while no frames arrive: a closed shutter, a phone call, a camera that hangs. */
  | { readonly status: 'live'; readonly source: CameraSource; readonly flow: PictureFlow }
  | { readonly status: 'failed'; readonly error: MienError<'camera'> };

export interface CameraSnapshot {
  readonly state: CameraState;
  readonly cameras: readonly CameraInfo[];
  /** The camera opened last; null before the first one. */
  readonly cameraId: string | null;
}

/** Evidence of whether frames arrive. */
interface FlowSigns {
  readonly inVideo: PictureFlow;
  /** The browser reports that none will arrive. */
  readonly muted: boolean;
}

/**
 * Holds at most one open camera. `start` and `stop` may be called at any time and in any order, also during a permission
 * prompt: a stream from an outdated request is stopped at once.
 */
export class CameraController {
  readonly #snapshot = new Store<CameraSnapshot>({ state: { status: 'off' }, cameras: [], cameraId: null });
  #current: AbortController | null = null;
  #flow: FlowSigns = { inVideo: 'starting', muted: false };

  get subscribe() {
    return this.#snapshot.subscribe;
  }

  get getSnapshot() {
    return this.#snapshot.getSnapshot;
  }

  /**
   * Opens a camera, replacing the open one.
   *
   * @param cameraId null: the browser's choice among those that face the given way.
   */
  start(cameraId: string | null, facing: Facing = 'user'): void {
    this.stop();
    const request = new AbortController();
    this.#current = request;
    this.#setState({ status: 'opening' });
    void this.#open({ cameraId, facing, signal: request.signal });
  }

  /** Ends the camera's tracks, or cancels the request for one. */
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

  /** Watches for frames in a video element that plays the camera, until the camera closes or the returned function is called. */
  watchPicture(video: HTMLVideoElement): () => void {
    const signal = this.#current?.signal;
    const stop = watchPicture(video, (flow) => this.#setFlow({ inVideo: flow }));
    signal?.addEventListener('abort', stop, { once: true });
    return stop;
  }

  async #open(request: CameraRequest): Promise<void> {
    const { signal } = request;
    let source: CameraSource;
    try {
      source = await CameraSource.open(request);
    } catch (error) {
      if (!signal.aborted) this.#setState({ status: 'failed', error: cameraError(error) });
      return;
    }
    signal.addEventListener('abort', () => source.stop(), { once: true });
    this.#flow = { inVideo: 'starting', muted: false };
    this.#snapshot.set({ ...this.getSnapshot(), state: { status: 'live', source, flow: 'starting' }, cameraId: source.cameraId });
    source.watch(
      signal,
      (error) => {
        this.stop();
        this.#setState({ status: 'failed', error });
      },
      (muted) => this.#setFlow({ muted }),
    );
    // Names appear only once a camera has been allowed.
    void this.#refreshCameras(signal);
  }

  async #refreshCameras(signal: AbortSignal): Promise<void> {
    const cameras = await listCameras();
    if (!signal.aborted) this.#snapshot.set({ ...this.getSnapshot(), cameras });
  }

  #setFlow(change: Partial<FlowSigns>): void {
    const { state } = this.getSnapshot();
    this.#flow = { ...this.#flow, ...change };
    const flow = this.#flow.muted ? 'stopped' : this.#flow.inVideo;
    if (state.status === 'live' && state.flow !== flow) this.#setState({ ...state, flow });
  }

  #setState(state: CameraState): void {
    if (state.status === 'off' && this.getSnapshot().state.status === 'off') return;
    this.#snapshot.set({ ...this.getSnapshot(), state });
  }
}
