import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { log } from '../../engine/log';
import { Store } from '../../engine/store';
import { SerialQueue } from '../../engine/serial-queue';
import { keepPath, pathOf } from '../files/file-path';

/** A larger video is only noted by its name, bytes: to copy it would take many seconds, and most of the room. */
const LARGEST = 256 << 20;
/** Of the room that is left to this site, a video takes no more than this share. */
const MOST_OF_ROOM = 0.1;

interface KeptVideo {
  readonly file: File;
  /** Its name with its folders. */
  readonly path: string;
  /** The tab that shows it. */
  readonly tab: string;
}

interface VideoSchema extends DBSchema {
  videos: { key: string; value: KeptVideo };
}

/** Keeps the files of videos that are still to be analysed, until they are analysed or removed: a reload loses none of them. */
export class KeptVideos {
  readonly #tab: string;
  readonly #database: IDBPDatabase<VideoSchema>;
  /** Keys of files that are stored or on their way; null: one that cannot be. */
  readonly #keys = new Map<File, string | null>();
  readonly #count = new Store(0);
  readonly #work = new SerialQueue();

  private constructor(tab: string, database: IDBPDatabase<VideoSchema>) {
    this.#tab = tab;
    this.#database = database;
  }

  /** Of files that are stored or on their way. */
  get count(): Pick<Store<number>, 'getSnapshot' | 'watch'> {
    return this.#count;
  }

  /** @throws DOMException where the browser keeps nothing. */
  static async open(tab: string): Promise<KeptVideos> {
    const database = await openDB<VideoSchema>('mien-videos', 1, {
      upgrade: (opened) => void opened.createObjectStore('videos'),
      // The site's data may be deleted while the page is open.
      blocking: (_own, _wanted, event) => (event.target as IDBDatabase).close(),
    });
    return new KeptVideos(tab, database);
  }

  /**
   * Takes the videos of the last visit.
   *
   * @param open ids of tabs that are open, whose videos stay theirs; null: that is unknown.
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

  /** Stores the files among these that are not stored, and deletes all others. Resolves once that is done. */
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
    // It was removed before its turn came.
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

  /** One after the other; what fails leaves the others alone. */
  #then(step: () => Promise<unknown>): void {
    this.#work.add(step).catch((error: unknown) => log.warn(`a video was not kept: ${String(error)}`));
  }
}
