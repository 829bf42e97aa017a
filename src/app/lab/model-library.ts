import { MienError } from '../../engine/errors';
import { Store } from '../../engine/store';
import { settingsStore, type SettingsStore } from '../settings';
import { deleteModel, readModels, writeModel, type StoredModel } from './model-database';

export interface LibraryState {
  readonly status: 'loading' | 'ready';
  /** The newest first. */
  readonly models: readonly StoredModel[];
  /** The model that was removed last, while it can be brought back. */
  readonly removed: { readonly model: StoredModel; readonly wasInUse: boolean } | null;
  readonly error: MienError | null;
}

/** The models that were brought to this browser. */
export class ModelLibrary {
  readonly #store = new Store<LibraryState>({ status: 'loading', models: [], removed: null, error: null });
  readonly #settings: SettingsStore;
  #loading: Promise<void> | null = null;

  constructor(settings: SettingsStore) {
    this.#settings = settings;
  }

  readonly getSnapshot = () => this.#store.getSnapshot();
  readonly subscribe = (listener: () => void) => this.#store.subscribe(listener);

  /** Reads what is kept, once; models that were removed in an earlier life of the page are deleted. */
  load(): Promise<void> {
    this.#loading ??= this.#telling(async () => {
      const kept: StoredModel[] = [];
      for (const model of await readModels()) {
        if (model.removedAtMs === null) kept.push(model);
        else await deleteModel(model.id);
      }
      this.#store.update({ models: kept.sort((a, b) => b.addedAtMs - a.addedAtMs) });
    }).then(() => this.#store.update({ status: 'ready' }));
    return this.#loading;
  }

  /** @returns false where it could not be kept; `error` says why. */
  add(model: StoredModel): Promise<boolean> {
    return this.#telling(async () => {
      await writeModel(model);
      this.#store.update({ models: [model, ...this.getSnapshot().models.filter(({ id }) => id !== model.id)] });
    });
  }

  /** Reads faces in the whole app with a model from now on; null: with Mien's own. */
  use(id: string | null): void {
    this.#settings.update({ modelId: id });
  }

  remove(id: string): Promise<boolean> {
    return this.#telling(async () => {
      const { models, removed } = this.getSnapshot();
      const model = models.find((each) => each.id === id);
      if (!model) return;
      await writeModel({ ...model, removedAtMs: Date.now() });
      if (removed) await deleteModel(removed.model.id);
      const wasInUse = this.#settings.getSnapshot().modelId === id;
      if (wasInUse) this.use(null);
      this.#store.update({ models: models.filter((each) => each !== model), removed: { model, wasInUse } });
    });
  }

  undoRemoval(): Promise<boolean> {
    return this.#telling(async () => {
      const { models, removed } = this.getSnapshot();
      if (!removed) return;
      await writeModel(removed.model);
      this.#store.update({ models: [removed.model, ...models].sort((a, b) => b.addedAtMs - a.addedAtMs), removed: null });
      if (removed.wasInUse) this.use(removed.model.id);
    });
  }

  /** Deletes the removed model for good. */
  forgetRemoval(): Promise<boolean> {
    return this.#telling(async () => {
      const { removed } = this.getSnapshot();
      this.#store.update({ removed: null });
      if (removed) await deleteModel(removed.model.id);
    });
  }

  async #telling(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      this.#store.update({ error: null });
      return true;
    } catch (error) {
      this.#store.update({ error: MienError.from(error) });
      return false;
    }
  }
}

export const modelLibrary = new ModelLibrary(settingsStore());
