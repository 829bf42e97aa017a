import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { MienError } from '../engine/errors';
import { APPEARANCE_BYTES, type Appearance } from '../engine/appearance';
import type { ObservationColumns } from './observation-columns';
import { toPeopleEdits } from './people-edits';
import { toReadingAccount } from './reading-check';
import type { SessionInfo } from './session-info';
import { hasAll, isArrayOf, isCount, isText } from './stored-values';

/** A session as it lies on disk. */
export interface ArchivedSession extends SessionInfo {
  /** Size of its observations. */
  readonly bytes: number;
  /** Tracks with a classified face, in the order in which they were first seen. */
  readonly tracks: readonly number[];
  /** How these looked; see `ObservationStore.looks`. */
  readonly looks: ReadonlyMap<number, Appearance>;
  /** Words that the user sorts sessions by; on this device only. */
  readonly tags: readonly string[];
  /** A small picture, removed with the session; null where none was to be kept. */
  readonly thumbnail: Blob | null;
  /** Batches that were written. */
  readonly batches: number;
  /** When anything of it was last written, ms since 1970. */
  readonly savedAtMs: number;
  /** When it was deleted, ms since 1970; it can still be restored. Null: it is not deleted. */
  readonly deletedAtMs: number | null;
}

/** A session of which nothing is written yet. */
export function newSession(info: SessionInfo): ArchivedSession {
  return { ...info, bytes: 0, tracks: [], looks: new Map(), batches: 0, savedAtMs: Date.now(), deletedAtMs: null, tags: [], thumbnail: null };
}

export interface ArchiveSchema extends DBSchema {
  sessions: { key: string; value: ArchivedSession };
  /** By session and number of the batch, from 0. */
  batches: { key: [string, number]; value: ObservationColumns };
}

export type ArchiveDatabase = IDBPDatabase<ArchiveSchema>;

export const DATABASE_NAME = 'mien-sessions';
const VERSION = 1;

/** All batches of a session. */
export function batchesOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, 0], [id, Infinity]);
}

/**
 * Opens the database. `onLost` reports its loss: to a newer version in another tab (true), or to the browser (false).
 *
 * @throws MienError of kind `storage`.
 */
export async function openDatabase(onLost: (outdated: boolean) => void): Promise<ArchiveDatabase> {
  try {
    return await new Promise<ArchiveDatabase>((resolve, reject) => {
      const opening = openDB<ArchiveSchema>(DATABASE_NAME, VERSION, {
        upgrade(database) {
          database.createObjectStore('sessions', { keyPath: 'id' });
          database.createObjectStore('batches');
        },
        blocked: () => reject(new MienError('storage', 'blocked')),
        blocking(_ownVersion, wantedVersion, event) {
          // Yields to a newer version, or to the deletion of the site's data.
          (event.target as IDBDatabase).close();
          onLost(wantedVersion !== null);
        },
        terminated: () => onLost(false),
      });
      opening.then(resolve, reject);
    });
  } catch (error) {
    throw toStorageError(error, 'denied');
  }
}

/** Waits for all writes of a transaction. Where one fails, all do: the transaction itself tells why. */
export async function settle(done: Promise<void>, writes: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled([done, ...writes]);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Any failure of the database as a MienError of kind `storage`. */
export function toStorageError(error: unknown, otherwise: 'denied' | 'failed'): MienError {
  if (error instanceof MienError) return error as MienError;
  const name = error instanceof Error ? error.name : '';
  const reason = name === 'QuotaExceededError' ? 'full' : name === 'VersionError' ? 'outdated' : otherwise;
  return new MienError('storage', reason, error instanceof Error ? `${name}: ${error.message}` : String(error), error);
}

/** A session as read from disk, checked so that it can be shown without further care; null if it is damaged. */
export function toArchivedSession(value: unknown): ArchivedSession | null {
  if (!isSession(value)) return null;
  return { ...value, reading: toReadingAccount(value.reading), people: toPeopleEdits(value.people), looks: toLooks(value.looks), tags: toTags(value.tags), thumbnail: value.thumbnail instanceof Blob ? value.thumbnail : null };
}

/** Sessions of version 0.2 had none. */
function toTags(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((tag) => typeof tag === 'string') : [];
}

/** Sessions of version 0.1 kept neither looks nor edits. */
function toLooks(value: unknown): ReadonlyMap<number, Appearance> {
  const entries = value instanceof Map ? Array.from(value as ReadonlyMap<unknown, unknown>) : [];
  return new Map(entries.filter((entry): entry is [number, Appearance] => isCount(entry[0]) && isAppearance(entry[1])));
}

function isAppearance(value: unknown): boolean {
  return value instanceof Uint8Array && value.length === APPEARANCE_BYTES;
}

type Unchecked = 'reading' | 'people' | 'looks' | 'tags' | 'thumbnail';

function isSession(value: unknown): value is Omit<ArchivedSession, Unchecked> & Partial<Record<Unchecked, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const held = value as Readonly<Record<string, unknown>>;
  const counts = ['startedAtMs', 'durationMs', 'frames', 'framesWithFaces', 'skippedFrames', 'bytes', 'batches', 'savedAtMs'];
  return (
    typeof held['id'] === 'string' &&
    typeof held['name'] === 'string' &&
    (held['kind'] === 'webcam' || held['kind'] === 'video') &&
    (held['state'] === 'open' || held['state'] === 'complete') &&
    counts.every((key) => isCount(held[key])) &&
    isArrayOf(held['tracks'], isCount) &&
    (held['deletedAtMs'] === null || isCount(held['deletedAtMs'])) &&
    (held['frame'] === null || hasAll(held['frame'], { width: isCount, height: isCount })) &&
    hasAll(held['model'], { id: isText, version: isText, sha256: isText }) &&
    isArrayOf(held['markers'], (marker) => hasAll(marker, { atMs: isCount, note: isText }))
  );
}
