import { MienError } from '../../engine/errors';
import { Store } from '../../engine/store';
import { CameraSource } from '../../sources/camera-source';
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
  readonly error: MienError | null;
  /** Label being captured; null if no button is held. */
  readonly holding: string | null;
  readonly taken: readonly TakenFace[];
  /** True if the last frame showed no usable face. */
  readonly isMissing: boolean;
}

/** Interval between two faces of a hold, ms; shorter ones would yield the same picture. */
const EVERY_MS = 200;
const NOTHING: CameraFacesState = { status: 'off', error: null, holding: null, taken: [], isMissing: false };

/** Captures labelled faces from the camera. */
export class CameraFaces {
  readonly #store = new Store<CameraFacesState>(NOTHING);
  #video: HTMLVideoElement | null = null;
  #work = new AbortController();
  #holds = 0;

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
      if (!this.#video) throw new MienError('engine', 'disposed', 'no element shows the camera');
      this.#video.srcObject = camera.stream;
      await this.#video.play();
      signal.throwIfAborted();
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
    try {
      while (!signal.aborted && this.getSnapshot().holding === label) {
        const nextMs = performance.now() + EVERY_MS;
        const face = await source.cropPicture(await createImageBitmap(video), 'find', signal);
        if (face.status === 'cropped') {
          const { luminance, colors, concerned } = face;
          this.#store.update({ taken: [...this.getSnapshot().taken, { luminance, colors, concerned, label, person, hold }] });
        }
        this.#store.update({ isMissing: face.status !== 'cropped' });
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, nextMs - performance.now())));
      }
    } catch (error) {
      this.#fail(error, signal);
    } finally {
      source.dispose();
    }
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
    this.#store.update({ status: 'off', holding: null, error: MienError.from(error) });
  }
}

export const cameraFaces = new CameraFaces();
