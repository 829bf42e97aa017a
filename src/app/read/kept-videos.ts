import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { log } from '../../engine/log';
import { Store } from '../../engine/store';
import { SerialQueue } from '../../engine/serial-queue';
import { keepPath, pathOf } from '../files/file-path';

/** Larger videos are only noted by name, bytes: copying them would take many seconds and most of the quota. */
const LARGEST = 256 << 20;
/** Largest share of the site's remaining quota for a video. */
const MOST_OF_ROOM = 0.1;

interface KeptVideo {
  readonly file: File;
  /** Path with folders. */
  readonly path: string;
  /** Id of the tab that shows it. */
  readonly tab: string;
}

interface VideoSchema extends DBSchema {
  videos: { key: string; value: KeptVideo };
}

/** Stores video files until they are analysed or removed, so that a reload loses none. */
export class KeptVideos {
  readonly #tab: string;
  readonly #database: IDBPDatabase<VideoSchema>;
  /** Keys of files that are stored or being stored; null if a file cannot be. */
  readonly #keys = new Map<File, string | null>();
  readonly #count = new Store(0);
  readonly #work = new SerialQueue();

  private constructor(tab: string, database: IDBPDatabase<VideoSchema>) {
    this.#tab = tab;
    this.#database = database;
  }

  /** Number of files that are stored or being stored. */
  get count(): Pick<Store<number>, 'getSnapshot' | 'watch'> {
    return this.#count;
  }

  /** @throws DOMException if storage is unavailable. */
  static async open(tab: string): Promise<KeptVideos> {
    const database = await openDB<VideoSchema>('mien-videos', 1, {
      upgrade: (opened) => void opened.createObjectStore('videos'),
      // Lets the browser delete the site's data while the page is open.
      blocking: (_own, _wanted, event) => (event.target as IDBDatabase).close(),
    });
    return new KeptVideos(tab, database);
  }

  /**
   * Takes the videos of the last visit.
   *
   * @param open ids of open tabs, whose videos are left to them; null if unknown.
   */
  async take(open: ReadonlySet<string> | null): Promise<readonly File[]> {
    const [keys, videos] = await Promise.all([this.#database.getAllKeys('videos'), this.#database.getAll('videos')]);
    const files: File[] = [];
    for (const [i, { file, path, tab }] of videos.entries()) {
      const key = keys[i];
      if (key === undefined || (tab !== this.#tab && open?.has(tab) === true)) continue;
      if (path !== file.name) keepPath(file, path);
      this.#keys.set(file, key);
      files.push(file);
      if (tab !== this.#tab) await this.#database.put('videos', { file, path, tab: this.#tab }, key);
    }
    this.#tellCount();
    return files;
  }

  /** Stores exactly these files: adds new ones and deletes all others. Resolves when done. */
  keep(files: readonly File[]): Promise<void> {
    const wanted = new Set(files);
    for (const [file, key] of this.#keys) {
      if (wanted.has(file)) continue;
      this.#keys.delete(file);
      if (key !== null) this.#then(() => this.#database.delete('videos', key));
    }
    for (const file of files) {
      if (this.#keys.has(file)) continue;
      const key = file.size > LARGEST ? null : crypto.randomUUID();
      this.#keys.set(file, key);
      if (key !== null) this.#then(() => this.#store(file, key));
    }
    this.#tellCount();
    return this.#work.settled();
  }

  async #store(file: File, key: string): Promise<void> {
    // Removed while it waited.
    if (this.#keys.get(file) !== key) return;
    let isStored = false;
    try {
      const { quota = 0, usage = 0 } = await navigator.storage.estimate();
      if (file.size > (quota - usage) * MOST_OF_ROOM) return;
      await this.#database.put('videos', { file, path: pathOf(file), tab: this.#tab }, key);
      isStored = true;
    } finally {
      if (!isStored && this.#keys.get(file) === key) this.#keys.set(file, null);
      this.#tellCount();
    }
  }

  #tellCount(): void {
    this.#count.set([...this.#keys.values()].filter((key) => key !== null).length);
  }

  /** Runs steps in sequence; a failing step does not affect the others. */
  #then(step: () => Promise<unknown>): void {
    this.#work.add(step).catch((error: unknown) => log.warn(`a video was not kept: ${String(error)}`));
  }
}
