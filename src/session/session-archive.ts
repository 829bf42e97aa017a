import type { Appearance } from '../engine/appearance';
import { MienError } from '../engine/errors';
import { Store } from '../engine/store';
import {
  batchesOf,
  newSession,
  openDatabase,
  settle,
  toArchivedSession,
  toStorageError,
  type ArchivedSession,
  type ArchiveDatabase,
} from './archive-database';
import { bytesOf, toColumns, tracksRead, type ObservationColumns } from './observation-columns';
import { withoutLostRows } from './lost-rows';
import { ObservationStore } from './observation-store';
import { NO_EDITS, type PeopleEdits } from './people-edits';
import { LONGEST_LIVE_MS } from './series-clock';
import { seriesEndOf, type Marker, type SessionInfo } from './session-info';
import { heldSessions } from './session-locks';
import { nameApart, progressOf, type SessionProgress } from './session-progress';
import { removeSessionVideos } from './session-videos';

export type { ArchivedSession } from './archive-database';

export interface SessionList {
  /** Newest first; without deleted ones. */
  readonly sessions: readonly ArchivedSession[];
  /** Ids of unreadable entries. */
  readonly damaged: readonly string[];
}

export interface LoadedSession {
  readonly info: ArchivedSession;
  readonly store: ObservationStore;
  /** Number of missing or unreadable batches; the rest is loaded. */
  readonly damagedBatches: number;
}

export interface LoadOptions {
  readonly signal?: AbortSignal;
  /** Called at intervals with the share read, 0–1. */
  readonly onProgress?: (share: number) => void;
}

/** Batches per read: enough for speed, few enough for short tasks. */
const BATCHES_AT_ONCE = 32;
/** A deleted session can be restored for at least this long. */
export const UNDO_MS = 60_000;
/** Without Web Locks, an open session without a write for this long counts as interrupted, ms. */
const SILENT_MS = 10_000;
const CHANNEL = 'mien-sessions';

/** The sessions on this device, in IndexedDB. Several tabs may use it at once. Every method rejects with a `MienError` of kind `storage`. */
export class SessionArchive {
  #database: Promise<ArchiveDatabase> | null = null;
  #outdated = false;
  readonly #channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(CHANNEL) : null;
  /** Number of changes seen. */
  readonly #changes = new Store(0);

  constructor() {
    this.#channel?.addEventListener('message', () => this.#notify());
  }

  /** Calls back when the list has changed, in this tab or another; not for every batch of a recording. */
  get subscribe() {
    return this.#changes.subscribe;
  }

  /** Creates a session. If another one has its name, e.g. because two tabs record at once, appends " (2)", " (3)" … */
  async create(info: SessionInfo): Promise<void> {
    await this.#run(async (database) => {
      const { store, done } = database.transaction('sessions', 'readwrite');
      const name = nameApart(info.name, (await store.getAll()).map(toArchivedSession));
      await settle(done, [store.add(newSession({ ...info, name }))]);
    });
    this.#announce();
  }

  /**
   * Adds frames and updates the session, in one transaction.
   *
   * @param looks appearances of all tracks so far.
   */
  async append(id: string, batches: readonly ObservationColumns[], progress: SessionProgress, looks: ReadonlyMap<number, Appearance>): Promise<void> {
    await this.#run(async (database) => {
      const transaction = database.transaction(['sessions', 'batches'], 'readwrite');
      const sessions = transaction.objectStore('sessions');
      const session = toArchivedSession(await sessions.get(id));
      if (!session) {
        transaction.abort();
        await transaction.done.catch(() => undefined);
        throw new MienError('storage', 'missing', id);
      }
      const writes = batches.map((batch, i) => transaction.objectStore('batches').put(batch, [id, session.batches + i]));
      const bytes = session.bytes + batches.reduce((sum, batch) => sum + bytesOf(batch), 0);
      const next = {
        ...{ ...session, ...progressOf(progress, session), bytes, batches: session.batches + batches.length, savedAtMs: Date.now() },
        looks: new Map(looks),
        tracks: Array.from(new Set([...session.tracks, ...batches.flatMap(tracksRead)])),
      };
      await settle(transaction.done, [...writes, sessions.put(next)]);
    });
    if (progress.state === 'complete') this.#announce();
  }

  async list(): Promise<SessionList> {
    return this.#run(async (database) => {
      const [values, keys] = await Promise.all([database.getAll('sessions'), database.getAllKeys('sessions')]);
      const stored = values.map(toArchivedSession);
      const sessions = stored.filter((session) => session !== null).filter(({ deletedAtMs }) => deletedAtMs === null);
      return {
        sessions: sessions.sort((a, b) => b.startedAtMs - a.startedAtMs),
        damaged: keys.filter((_key, i) => stored[i] === null),
      };
    });
  }

  /** Sessions whose recording was interrupted (the tab was killed), newest first. */
  async interrupted(): Promise<ArchivedSession[]> {
    const [{ sessions }, held] = await Promise.all([this.list(), heldSessions()]);
    const isHeld = ({ id, savedAtMs }: ArchivedSession) => (held ? held.has(id) : Date.now() - savedAtMs < SILENT_MS);
    return sessions.filter((session) => session.state === 'open' && !isHeld(session));
  }

  /** Loads a session. Skips and counts damaged batches. */
  async load(id: string, { signal, onProgress }: LoadOptions = {}): Promise<LoadedSession> {
    return this.#run(async (database) => {
      const info = await this.#expect(database, id);
      const store = new ObservationStore(Infinity, info.kind === 'webcam' ? LONGEST_LIVE_MS : Infinity);
      store.restoreLooks(info.looks);
      let sound = 0;
      for (let first = 0; first < info.batches; first += BATCHES_AT_ONCE) {
        const last = Math.min(info.batches, first + BATCHES_AT_ONCE) - 1;
        const batches: unknown[] = await database.getAll('batches', IDBKeyRange.bound([id, first], [id, last]));
        signal?.throwIfAborted();
        for (const batch of batches) if (appendSound(store, batch)) sound++;
        onProgress?.((last + 1) / info.batches);
      }
      store.end(seriesEndOf(info));
      const damagedBatches = info.batches - sound;
      return { info: damagedBatches > 0 ? withoutLostRows(info, store) : info, store, damagedBatches };
    }, signal);
  }

  /** Adds a complete session atomically: if there is no space, nothing remains. */
  async add(info: SessionInfo, store: ObservationStore): Promise<void> {
    await this.#run(async (database) => {
      const [batches, transaction] = [store.columnsFrom(0), database.transaction(['sessions', 'batches'], 'readwrite')];
      const session = {
        ...{ ...newSession(info), bytes: batches.reduce((sum, batch) => sum + bytesOf(batch), 0), tracks: Array.from(new Set(batches.flatMap(tracksRead))) },
        ...{ looks: new Map(store.looks), batches: batches.length },
      };
      const writes = batches.map((batch, i) => transaction.objectStore('batches').put(batch, [info.id, i]));
      await settle(transaction.done, [...writes, transaction.objectStore('sessions').add(session)]);
    });
    this.#announce();
  }

  async rename(id: string, name: string): Promise<void> {
    await this.#change([id], (session) => ({ ...session, name }));
  }

  /**
   * Changes the edits of people.
   *
   * @param change gets the edits as stored, which another tab may have changed.
   * @returns the edits as stored now.
   */
  async editPeople(id: string, change: (stored: PeopleEdits) => PeopleEdits): Promise<PeopleEdits> {
    let people: PeopleEdits = NO_EDITS;
    await this.#change([id], (session) => ({ ...session, people: (people = change(session.people)) }));
    return people;
  }

  /** Changes the markers, like `editPeople`. */
  async editMarkers(id: string, change: (stored: readonly Marker[]) => readonly Marker[]): Promise<readonly Marker[]> {
    let markers: readonly Marker[] = [];
    await this.#change([id], (session) => ({ ...session, markers: (markers = change(session.markers)) }));
    return markers;
  }

  /** Replaces the tags of each session. */
  async tag(tags: ReadonlyMap<string, readonly string[]>): Promise<void> {
    await this.#change([...tags.keys()], (session) => ({ ...session, tags: tags.get(session.id) ?? session.tags }));
  }

  async setThumbnail(id: string, thumbnail: Blob): Promise<void> {
    await this.#change([id], (session) => ({ ...session, thumbnail }));
  }

  /** Keeps an interrupted session as it is. Earlier builds noted a recording as completed while it was under way. */
  async complete(id: string): Promise<void> {
    await this.#change([id], (session) => {
      const { kind, reading } = session;
      return { ...session, reading: kind === 'webcam' && reading ? { ...reading, ending: 'stopped' } : reading, state: 'complete' };
    });
  }

  /** Hides sessions; `restore` shows them again, and `purge` frees their space. */
  async trash(ids: readonly string[]): Promise<void> {
    await this.#change(ids, (session) => ({ ...session, deletedAtMs: Date.now() }));
  }

  async restore(ids: readonly string[]): Promise<void> {
    await this.#change(ids, (session) => ({ ...session, deletedAtMs: null }));
  }

  /** Deletes sessions trashed over a minute ago, so that another tab can still undo, and videos without a session. */
  async purge(): Promise<void> {
    await this.#run(async (database) => {
      const values: unknown[] = await database.getAll('sessions');
      const sessions = values.map(toArchivedSession).filter((session) => session !== null);
      const old = sessions.filter(({ deletedAtMs }) => deletedAtMs !== null && Date.now() - deletedAtMs >= UNDO_MS);
      await remove(database, old.map(({ id }) => id));
      const [ids, held] = await Promise.all([database.getAllKeys('sessions'), heldSessions()]);
      // Without Web Locks, a video may belong to an active recording.
      if (held) await removeSessionVideos((id) => !held.has(id) && !ids.includes(id));
    });
  }

  /** Deletes sessions, including damaged ones. There is no undo. */
  async delete(ids: readonly string[]): Promise<void> {
    await this.#run((database) => remove(database, ids));
    this.#announce();
  }

  /** Deletes all sessions except those being recorded, in this tab or another. There is no undo. */
  async deleteAll(): Promise<void> {
    const held = (await heldSessions()) ?? new Set();
    await this.#run(async (database) => {
      const ids = await database.getAllKeys('sessions');
      await remove(database, ids.filter((id) => !held.has(id)));
    });
    this.#announce();
  }

  async close(): Promise<void> {
    this.#channel?.close();
    const database = await this.#database?.catch(() => null);
    database?.close();
    this.#database = null;
  }

  async #change(ids: readonly string[], change: (session: ArchivedSession) => ArchivedSession): Promise<void> {
    await this.#run(async (database) => {
      const { store, done } = database.transaction('sessions', 'readwrite');
      const sessions = (await Promise.all(ids.map((id) => store.get(id)))).map(toArchivedSession).filter((session) => session !== null);
      await settle(done, sessions.map((session) => store.put(change(session))));
      if (sessions.length < ids.length) throw new MienError('storage', 'missing');
    });
    this.#announce();
  }

  async #expect(database: ArchiveDatabase, id: string): Promise<ArchivedSession> {
    const stored: unknown = await database.get('sessions', id);
    if (stored === undefined) throw new MienError('storage', 'missing', id);
    const session = toArchivedSession(stored);
    if (!session) throw new MienError('storage', 'damaged', id);
    return session;
  }

  async #run<T>(work: (database: ArchiveDatabase) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const database = await this.#open();
    try {
      return await work(database);
    } catch (error) {
      if (signal?.aborted) throw error;
      throw toStorageError(error, 'failed');
    }
  }

  #open(): Promise<ArchiveDatabase> {
    if (this.#outdated) return Promise.reject(new MienError('storage', 'outdated'));
    if (!this.#database) {
      const opening = openDatabase((outdated) => {
        this.#outdated = outdated;
        this.#database = null;
      });
      this.#database = opening;
      // The next call tries again.
      opening.catch(() => {
        if (this.#database === opening) this.#database = null;
      });
    }
    return this.#database;
  }

  #announce(): void {
    this.#channel?.postMessage('changed');
    this.#notify();
  }

  #notify(): void {
    this.#changes.set(this.#changes.getSnapshot() + 1);
  }
}

function appendSound(store: ObservationStore, batch: unknown): boolean {
  const columns = toColumns(batch);
  if (!columns) return false;
  try {
    store.appendColumns(columns);
    return true;
  } catch {
    // Out of order, so its times are wrong.
    return false;
  }
}

async function remove(database: ArchiveDatabase, ids: readonly string[]): Promise<void> {
  const transaction = database.transaction(['sessions', 'batches'], 'readwrite');
  const [sessions, batches] = [transaction.objectStore('sessions'), transaction.objectStore('batches')];
  await settle(transaction.done, ids.flatMap((id) => [sessions.delete(id), batches.delete(batchesOf(id))]));
  await removeSessionVideos((id) => ids.includes(id));
}
