import { MienError } from '../../engine/errors';
import { Store } from '../../engine/store';
import { CameraSource } from '../../sources/camera-source';
import { watchPicture, type PictureFlow } from '../../sources/picture-watch';
import { followFrames } from '../../sources/video-frames';
import { engineHolder } from '../engine-holder';
import { settingsStore } from '../settings';
import type { LabFace } from './data-set';
import { FaceSource, type CroppedFace } from './face-source';

/** A face captured while a button was held. */
export interface TakenFace extends Pick<CroppedFace, 'luminance' | 'colors' | 'concerned'>, Pick<LabFace, 'person'> {
  readonly label: string;
  /** Index of the hold, shared by all its faces: they hardly differ, so a split keeps them together. */
  readonly hold: number;
}

export interface CameraFacesState {
  readonly status: 'off' | 'opening' | 'on';
  /** Whether pictures arrive while the camera is on. */
  readonly flow: PictureFlow;
  readonly error: MienError | null;
  /** Label being captured; null if no button is held. */
  readonly holding: string | null;
  readonly taken: readonly TakenFace[];
  /** True if the last frame showed no usable face. */
  readonly isMissing: boolean;
}

/** Interval between two faces of a hold, ms; shorter ones would yield the same picture. */
const EVERY_MS = 200;
const NOTHING: CameraFacesState = { status: 'off', flow: 'starting', error: null, holding: null, taken: [], isMissing: false };

/** Captures labelled faces from the camera. */
export class CameraFaces {
  readonly #store = new Store<CameraFacesState>(NOTHING);
  #video: HTMLVideoElement | null = null;
  #work = new AbortController();
  #holds = 0;
  /** Whether the element shows a frame that no hold has captured. */
  #isFresh = false;

  readonly getSnapshot = () => this.#store.getSnapshot();
  readonly subscribe = (listener: () => void) => this.#store.subscribe(listener);

  /** Sets the element that shows the camera and provides the frames; null detaches it and turns the camera off. */
  attach(video: HTMLVideoElement | null): void {
    this.close();
    this.#video = video;
  }

  async open(): Promise<void> {
    this.close();
    const { signal } = (this.#work = new AbortController());
    this.#store.set({ ...NOTHING, status: 'opening' });
    try {
      const camera = await CameraSource.open({ cameraId: settingsStore().getSnapshot().cameraId, facing: 'user', signal });
      signal.addEventListener('abort', () => camera.stop());
      camera.watch(signal, (error) => this.#fail(error, signal), () => undefined);
      const video = this.#video;
      if (!video) throw new MienError('engine', 'disposed', 'no element shows the camera');
      video.srcObject = camera.stream;
      // Resolves with the first picture, which may never arrive; rejects if the browser refuses to play.
      video.play().catch((error: unknown) => this.#fail(error, signal));
      signal.addEventListener('abort', watchPicture(video, (flow) => this.#store.update({ flow })));
      this.#isFresh = false;
      // Unlike the element's frame count, which some browsers do not keep for cameras.
      signal.addEventListener('abort', followFrames(video, () => (this.#isFresh = true)));
      this.#store.update({ status: 'on' });
    } catch (error) {
      this.#fail(error, signal);
    }
  }

  /** Captures faces until `release`. */
  async hold(label: string, person: string | null): Promise<void> {
    const { status, holding } = this.getSnapshot();
    const video = this.#video;
    if (status !== 'on' || holding !== null || !video) return;
    const { signal } = this.#work;
    const hold = this.#holds++;
    const source = new FaceSource(engineHolder.eventuallyReady);
    this.#store.update({ holding: label });
    const isHeld = () => !signal.aborted && this.getSnapshot().holding === label && hold === this.#holds - 1;
    try {
      while (isHeld()) {
        const nextMs = performance.now() + EVERY_MS;
        // A hung camera keeps showing its last picture.
        if (this.#isFresh && this.getSnapshot().flow !== 'stopped') {
          this.#isFresh = false;
          await this.#take(source, await createImageBitmap(video), { label, person, hold }, signal);
        }
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, nextMs - performance.now())));
      }
    } catch (error) {
      this.#fail(error, signal);
    } finally {
      source.dispose();
    }
  }

  async #take(source: FaceSource, picture: ImageBitmap, whose: Pick<TakenFace, 'label' | 'person' | 'hold'>, signal: AbortSignal): Promise<void> {
    const face = await source.cropPicture(picture, 'find', signal);
    if (signal.aborted) return;
    const { taken } = this.getSnapshot();
    if (face.status !== 'cropped') return this.#store.update({ isMissing: true });
    const { luminance, colors, concerned } = face;
    this.#store.update({ isMissing: false, taken: [...taken, { luminance, colors, concerned, ...whose }] });
  }

  release(): void {
    this.#store.update({ holding: null });
  }

  /** Discards the faces of the last hold. */
  undoHold(): void {
    const { taken } = this.getSnapshot();
    const last = taken.at(-1)?.hold;
    this.#store.update({ taken: taken.filter(({ hold }) => hold !== last) });
  }

  /** Turns the camera off and returns the captured faces. */
  finish(): readonly TakenFace[] {
    const { taken } = this.getSnapshot();
    this.close();
    return taken;
  }

  /** Turns the camera off and discards the captured faces. */
  close(): void {
    this.#work.abort();
    if (this.#video) this.#video.srcObject = null;
    this.#store.set(NOTHING);
  }

  #fail(error: unknown, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#work.abort();
    if (this.#video) this.#video.srcObject = null;
    this.#store.update({ status: 'off', flow: 'starting', holding: null, error: MienError.from(error) });
  }
}

export const cameraFaces = new CameraFaces();
