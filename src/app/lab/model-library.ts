import { MienError } from '../../engine/errors';
import { Store } from '../../engine/store';
import { settingsStore, type SettingsStore } from '../settings';
import { deleteModel, readModels, writeModel, type StoredModel } from './model-database';
import { loadZoo, type LibraryModel, type ZooModel } from './zoo-models';

export interface LibraryState {
  readonly status: 'loading' | 'ready';
  /** Brought or taught models, newest first. */
  readonly models: readonly StoredModel[];
  /** Models shipped with Mien. */
  readonly zoo: readonly ZooModel[];
  /** All choices other than Mien's own. */
  readonly choices: readonly LibraryModel[];
  /** The last removed model, while the removal can be undone. */
  readonly removed: { readonly model: StoredModel; readonly wasInUse: boolean } | null;
  readonly error: MienError | null;
}

/** The models other than Mien's own: those stored in this browser, and the zoo. */
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

  /** Loads the stored models and the zoo's cards, once; deletes models that were removed before this page was loaded. */
  async load(): Promise<void> {
    const parts = [(this.#keptLoading ??= attempt(() => this.#loadKept())), (this.#zooLoading ??= attempt(async () => this.#put({ zoo: await this.#loadZoo() })))];
    const [kept, zoo] = await Promise.all(parts);
    // The next call retries what failed.
    if (kept) this.#keptLoading = null;
    if (zoo) this.#zooLoading = null;
    this.#store.update({ status: 'ready', error: kept ?? zoo ?? null });
  }

  /** Null if there is no such model. */
  async find(id: string): Promise<LibraryModel | null> {
    await this.load();
    return this.getSnapshot().choices.find((model) => model.id === id) ?? null;
  }

  /** @returns false if it could not be stored; `error` has the reason. */
  add(model: StoredModel): Promise<boolean> {
    return this.#telling(async () => {
      await writeModel(model);
      this.#put({ models: [model, ...this.getSnapshot().models.filter(({ id }) => id !== model.id)] });
    });
  }

  /** Makes the whole app classify with a model; null: Mien's own. */
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

  /** Permanently deletes the removed model. */
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

/** Null on success. */
async function attempt(work: () => Promise<void>): Promise<MienError | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return MienError.from(error);
  }
}

export const modelLibrary = new ModelLibrary(settingsStore(), loadZoo);
