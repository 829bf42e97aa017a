import { MienError } from '../../engine/errors';
import { Store } from '../../engine/store';
import { yieldToEventLoop } from '../../engine/yield-to-event-loop';
import type { FaceBatch } from '../../lab/faces';
import { CameraSource } from '../../sources/camera-source';
import { engineHolder } from '../engine-holder';
import { settingsStore } from '../settings';
import type { LeftOutReason } from './data-words';
import { FaceSource } from './face-source';
import { labWorker } from './lab-worker';
import { keyOf, specOf } from './model-figures';
import type { LibraryModel } from './zoo-models';
import { t } from '../../words/i18n';

/** A model's answer for one face. */
export interface SideAnswer {
  readonly name: string;
  /** Shares 0–1: most probable class first for a picture, in the model's own order for the camera. */
  readonly shares: readonly { readonly name: string; readonly share: number }[];
}

export type SideBySideState =
  | { readonly status: 'empty' }
  | { readonly status: 'finding'; readonly file: File }
  | { readonly status: 'no-face'; readonly file: File; readonly reason: LeftOutReason }
  | { readonly status: 'failed'; readonly file: File; readonly error: MienError }
  /** `answers`: those available so far, in the order of the models. */
  | { readonly status: 'read'; readonly file: File; readonly luminance: Uint8Array; readonly answers: readonly (SideAnswer | null)[] }
  /** `face`: from the newest frame; null: no face, or none yet. */
  | {
      readonly status: 'live';
      readonly face: { readonly luminance: Uint8Array; readonly answers: readonly SideAnswer[] } | null;
      readonly isMissing: boolean;
    }
  | { readonly status: 'live-failed'; readonly error: MienError };

/** Classifies the largest face of one picture with several models. */
export class SideBySide {
  readonly #store = new Store<SideBySideState>({ status: 'empty' });
  #work = new AbortController();

  readonly getSnapshot = () => this.#store.getSnapshot();
  readonly subscribe = (listener: () => void) => this.#store.subscribe(listener);

  /** @param models null stands for Mien's own. */
  async read(file: File, models: readonly (LibraryModel | null)[]): Promise<void> {
    this.#work.abort();
    const { signal } = (this.#work = new AbortController());
    const put = (state: SideBySideState) => {
      if (!signal.aborted) this.#store.set(state);
    };
    put({ status: 'finding', file });
    const source = new FaceSource(engineHolder.eventuallyReady);
    try {
      const face = await source.crop(file, 'find', signal);
      if (face.status === 'left-out') return put({ status: 'no-face', file, reason: face.reason });
      const answers: (SideAnswer | null)[] = models.map(() => null);
      put({ status: 'read', file, luminance: face.luminance, answers: [...answers] });
      for (const [i, model] of models.entries()) {
        answers[i] = await answerOf(model, face);
        put({ status: 'read', file, luminance: face.luminance, answers: [...answers] });
      }
    } catch (error) {
      put({ status: 'failed', file, error: MienError.from(error) });
    } finally {
      source.dispose();
    }
  }

  /** Classifies the largest face in front of the camera with all models, frame by frame, until another call. Shows the camera in `video`. */
  async watch(video: HTMLVideoElement, models: readonly (LibraryModel | null)[]): Promise<void> {
    this.#work.abort();
    const { signal } = (this.#work = new AbortController());
    this.#store.set({ status: 'live', face: null, isMissing: false });
    const source = new FaceSource(engineHolder.eventuallyReady);
    try {
      const camera = await CameraSource.open({ cameraId: settingsStore().getSnapshot().cameraId, facing: 'user', signal });
      signal.addEventListener('abort', () => camera.stop());
      video.srcObject = camera.stream;
      await video.play();
      while (!signal.aborted) {
        const face = await source.cropPicture(await createImageBitmap(video), 'find', signal);
        const answers: SideAnswer[] = [];
        if (face.status === 'cropped') for (const model of models) answers.push(await answerOf(model, face, 'as-known'));
        signal.throwIfAborted();
        const shown = face.status === 'cropped' ? { luminance: face.luminance, answers } : null;
        this.#store.set({ status: 'live', face: shown, isMissing: shown === null });
        await yieldToEventLoop();
      }
    } catch (error) {
      if (!signal.aborted) this.#store.set({ status: 'live-failed', error: MienError.from(error) });
      this.#work.abort();
    } finally {
      source.dispose();
      if (this.#work.signal === signal) video.srcObject = null;
    }
  }

  /** Ends the current run and turns the camera off. */
  stop(): void {
    this.#work.abort();
    this.#store.set({ status: 'empty' });
  }
}

/** @param order `as-known`: the model's own order, so that rows keep their positions while a face moves. */
async function answerOf(model: LibraryModel | null, face: FaceBatch, order: 'strongest' | 'as-known' = 'strongest'): Promise<SideAnswer> {
  const [key, spec] = [keyOf(model), specOf(model)];
  const { classes } = await labWorker().open(key, spec);
  const answer = await labWorker().answer(key, spec, face);
  const shares = classes.map((name, k) => ({ name, share: answer[k] ?? 0 }));
  return { name: model?.name ?? t('Mien’s own'), shares: order === 'as-known' ? shares : shares.sort((a, b) => b.share - a.share) };
}

export const sideBySide = new SideBySide();
