import { MienError } from '../../engine/errors';
import { Store } from '../../engine/store';
import { MODEL_LIMITS } from '../../network/model-file/limits';
import type { Scaling } from '../../network/scaling';
import type { ModelInspection } from '../../lab/models/inspection';
import { pathOf } from '../files/file-path';
import type { StoredModel } from './model-database';
import { labWorker } from './lab-worker';
import { areUsable, readDrawn, type DrawnReading } from './drawn-readings';

export type ImportState =
  | { readonly status: 'idle' }
  | { readonly status: 'reading'; readonly name: string }
  | { readonly status: 'failed'; readonly name: string; readonly error: MienError }
  | {
      readonly status: 'asking';
      readonly name: string;
      readonly inspection: ModelInspection;
      readonly scaling: Scaling;
      /** One for each output; empty until chosen. */
      readonly labels: readonly string[];
      /** Answers under this scaling and these labels, in the order of `EXPRESSIONS`; null if unknown yet, or if no label is an expression. */
      readonly drawn: readonly DrawnReading[] | null;
    };

/** Import of one model into the library: reads it, tries it, and asks about its input and labels. */
export class ModelImport {
  readonly #store = new Store<ImportState>({ status: 'idle' });
  #files: StoredModel['files'] = [];
  /** Probabilities for the drawn faces under the current scaling, and the number of the attempt. */
  #answers: Float32Array | null = null;
  #tries = 0;

  readonly getSnapshot = () => this.#store.getSnapshot();
  readonly subscribe = (listener: () => void) => this.#store.subscribe(listener);

  async read(chosen: readonly File[]): Promise<void> {
    const [first] = chosen;
    if (!first) return;
    const attempt = ++this.#tries;
    const name = nameOf(chosen);
    this.#store.set({ status: 'reading', name });
    try {
      if (chosen.length > MODEL_LIMITS.files) throw new MienError('model-file', 'too-large', `${chosen.length} files`);
      this.#files = chosen.map((file) => ({ path: pathOf(file), content: file }));
      const inspection = await labWorker().inspect(this.#files);
      if (attempt !== this.#tries) return;
      const { proposal, facts } = inspection;
      this.#store.set({
        status: 'asking',
        name,
        inspection,
        scaling: proposal.scaling,
        labels: proposal.labels ?? Array.from({ length: facts.classes }, () => ''),
        drawn: null,
      });
      await this.#try();
    } catch (error) {
      if (attempt === this.#tries) this.#store.set({ status: 'failed', name, error: MienError.from(error) });
    }
  }

  rename(name: string): void {
    const state = this.getSnapshot();
    if (state.status === 'asking') this.#store.set({ ...state, name });
  }

  async setScaling(scaling: Scaling): Promise<void> {
    const state = this.getSnapshot();
    if (state.status !== 'asking') return;
    this.#store.set({ ...state, scaling, drawn: null });
    await this.#try();
  }

  setLabels(labels: readonly string[]): void {
    const state = this.getSnapshot();
    if (state.status !== 'asking') return;
    this.#store.set({ ...state, labels, drawn: this.#answers && readDrawn(this.#answers, labels) });
  }

  /** The confirmed model to store; null if a label is missing. */
  confirmed(): StoredModel | null {
    const state = this.getSnapshot();
    if (state.status !== 'asking' || !areUsable(state.labels, state.inspection.facts.stated !== null)) return null;
    const { format, side, channels, parameters, output } = state.inspection.facts;
    return {
      id: crypto.randomUUID(),
      name: state.name.trim() || 'model',
      files: this.#files,
      scaling: state.scaling,
      labels: state.labels.map((label) => label.trim()),
      origin: state.inspection.facts.stated ? 'taught' : 'brought',
      report: { format, input: { side, channels }, parameters, output },
      bytes: this.#files.reduce((sum, { content }) => sum + content.size, 0),
      addedAtMs: Date.now(),
      removedAtMs: null,
    };
  }

  /** Ends the import, confirmed or not. */
  end(): void {
    this.#tries++;
    this.#files = [];
    this.#answers = null;
    this.#store.set({ status: 'idle' });
    labWorker().endInspection().catch(() => undefined);
  }

  async #try(): Promise<void> {
    const attempt = ++this.#tries;
    this.#answers = null;
    const state = this.getSnapshot();
    if (state.status !== 'asking') return;
    try {
      const answers = await labWorker().answersUnder(state.scaling);
      const now = this.getSnapshot();
      if (attempt !== this.#tries || now.status !== 'asking') return;
      this.#answers = answers;
      this.#store.set({ ...now, drawn: readDrawn(answers, now.labels) });
    } catch (error) {
      if (attempt === this.#tries) this.#store.set({ status: 'failed', name: state.name, error: MienError.from(error) });
    }
  }
}

/** File name without extension; for several files, their folder's name. */
function nameOf(files: readonly File[]): string {
  const [first] = files;
  const [file = '', folder] = (first ? pathOf(first) : '').split('/').reverse();
  return (files.length > 1 && folder ? folder : file).replace(/\.(h5|hdf5|keras|zip|json)$/i, '') || 'model';
}
