import { MienError } from '../../engine/errors';
import { Store } from '../../engine/store';
import { engineHolder } from '../engine-holder';
import { FaceSource } from './face-source';
import { labWorker } from './lab-worker';
import { keyOf, specOf } from './model-figures';
import type { LibraryModel } from './zoo-models';
import { t } from '../../words/i18n';

/** A model's answer to a face. */
export interface SideAnswer {
  readonly name: string;
  /** The most probable class first; shares 0–1. */
  readonly shares: readonly { readonly name: string; readonly share: number }[];
}

export type SideBySideState =
  | { readonly status: 'empty' }
  | { readonly status: 'finding'; readonly file: File }
  | { readonly status: 'no-face'; readonly file: File; readonly reason: string }
  | { readonly status: 'failed'; readonly file: File; readonly error: MienError }
  /** `answers`: as far as they have come, in the order of the models. */
  | { readonly status: 'read'; readonly file: File; readonly luminance: Uint8Array; readonly answers: readonly (SideAnswer | null)[] };

/** The largest face of one picture, read by several models. */
export class SideBySide {
  readonly #store = new Store<SideBySideState>({ status: 'empty' });
  #work = new AbortController();

  readonly getSnapshot = () => this.#store.getSnapshot();
  readonly subscribe = (listener: () => void) => this.#store.subscribe(listener);

  /** @param models null is Mien's own. */
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
}

async function answerOf(model: LibraryModel | null, face: Parameters<ReturnType<typeof labWorker>['answer']>[2]): Promise<SideAnswer> {
  const [key, spec] = [keyOf(model), specOf(model)];
  const { classes } = await labWorker().open(key, spec);
  const answer = await labWorker().answer(key, spec, face);
  const shares = classes.map((name, k) => ({ name, share: answer[k] ?? 0 }));
  return { name: model?.name ?? t('Mien’s own'), shares: shares.sort((a, b) => b.share - a.share) };
}

export const sideBySide = new SideBySide();
