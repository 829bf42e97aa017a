import { MienError } from '../../engine/errors';
import { Store } from '../../engine/store';
import { settingsStore, type SettingsStore } from '../settings';
import { deleteModel, readModels, writeModel, type StoredModel } from './model-database';
import { loadZoo, type LibraryModel, type ZooModel } from './zoo-models';

export interface LibraryState {
  readonly status: 'loading' | 'ready';
  /** Those that were brought or taught, the newest first. */
  readonly models: readonly StoredModel[];
  /** Those that come with Mien. */
  readonly zoo: readonly ZooModel[];
  /** All that can be chosen beside Mien's own. */
  readonly choices: readonly LibraryModel[];
  /** The model that was removed last, while it can be brought back. */
  readonly removed: { readonly model: StoredModel; readonly wasInUse: boolean } | null;
  readonly error: MienError | null;
}

/** The models beside Mien's own: those that were brought to this browser, and the zoo. */
export class ModelLibrary {
  readonly #store = new Store<LibraryState>({ status: 'loading', models: [], zoo: [], choices: [], removed: null, error: null });
  readonly #settings: SettingsStore;
  readonly #loadZoo: typeof loadZoo;
  #keptLoading: Promise<MienError | null> | null = null;
  #zooLoading: Promise<MienError | null> | null = null;

  constructor(settings: SettingsStore, zoo: typeof loadZoo) {
    this.#settings = settings;
    this.#loadZoo = zoo;
  }

  readonly getSnapshot = () => this.#store.getSnapshot();
  readonly subscribe = (listener: () => void) => this.#store.subscribe(listener);

  /** Reads what is kept and the zoo's cards, once; models that were removed in an earlier life of the page are deleted. */
  async load(): Promise<void> {
    const parts = [(this.#keptLoading ??= attempt(() => this.#loadKept())), (this.#zooLoading ??= attempt(async () => this.#put({ zoo: await this.#loadZoo() })))];
    const [kept, zoo] = await Promise.all(parts);
    // Asked for again by the next call where it did not come.
    if (kept) this.#keptLoading = null;
    if (zoo) this.#zooLoading = null;
    this.#store.update({ status: 'ready', error: kept ?? zoo ?? null });
  }

  /** Null where there is no such model. */
  async find(id: string): Promise<LibraryModel | null> {
    await this.load();
    return this.getSnapshot().choices.find((model) => model.id === id) ?? null;
  }

  /** @returns false where it could not be kept; `error` says why. */
  add(model: StoredModel): Promise<boolean> {
    return this.#telling(async () => {
      await writeModel(model);
      this.#put({ models: [model, ...this.getSnapshot().models.filter(({ id }) => id !== model.id)] });
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
      this.#put({ models: models.filter((each) => each !== model), removed: { model, wasInUse } });
    });
  }

  undoRemoval(): Promise<boolean> {
    return this.#telling(async () => {
      const { models, removed } = this.getSnapshot();
      if (!removed) return;
      await writeModel(removed.model);
      this.#put({ models: [removed.model, ...models].sort((a, b) => b.addedAtMs - a.addedAtMs), removed: null });
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

  #put(change: Partial<Omit<LibraryState, 'choices'>>): void {
    const { models, zoo } = { ...this.getSnapshot(), ...change };
    this.#store.update({ ...change, choices: [...models, ...zoo] });
  }

  async #loadKept(): Promise<void> {
    const kept: StoredModel[] = [];
    for (const model of await readModels()) {
      if (model.removedAtMs === null) kept.push(model);
      else await deleteModel(model.id);
    }
    this.#put({ models: kept.sort((a, b) => b.addedAtMs - a.addedAtMs) });
  }

  async #telling(work: () => Promise<void>): Promise<boolean> {
    const error = await attempt(work);
    this.#store.update({ error });
    return error === null;
  }
}

/** Null where it succeeds. */
async function attempt(work: () => Promise<void>): Promise<MienError | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return MienError.from(error);
  }
}

export const modelLibrary = new ModelLibrary(settingsStore(), loadZoo);
