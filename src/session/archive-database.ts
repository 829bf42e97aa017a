import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { MienError } from '../engine/errors';
import { APPEARANCE_BYTES, type Appearance } from '../engine/appearance';
import type { ObservationColumns } from './observation-columns';
import { toPeopleEdits } from './people-edits';
import { toReadingAccount } from './reading-check';
import type { SessionInfo } from './session-info';
import { hasAll, isArrayOf, isCount, isMoment, isText } from './stored-values';

/** A session as stored on disk. */
export interface ArchivedSession extends SessionInfo {
  /** Size of its observations, bytes. */
  readonly bytes: number;
  /** Tracks with a classified face, in order of first appearance. */
  readonly tracks: readonly number[];
  /** Appearances of these tracks; see `ObservationStore.looks`. */
  readonly looks: ReadonlyMap<number, Appearance>;
  /** User-defined tags for sorting; stored on this device only. */
  readonly tags: readonly string[];
  /** A small picture, deleted with the session; null if none was to be stored. */
  readonly thumbnail: Blob | null;
  /** Number of batches written. */
  readonly batches: number;
  /** Time of the last write, ms since 1970. */
  readonly savedAtMs: number;
  /** Time of deletion, which can still be undone, ms since 1970; null: not deleted. */
  readonly deletedAtMs: number | null;
}

/** A session before its first write. */
export function newSession(info: SessionInfo): ArchivedSession {
  return { ...info, bytes: 0, tracks: [], looks: new Map(), batches: 0, savedAtMs: Date.now(), deletedAtMs: null, tags: [], thumbnail: null };
}

export interface ArchiveSchema extends DBSchema {
  sessions: { key: string; value: ArchivedSession };
  /** Keyed by session and zero-based batch number. */
  batches: { key: [string, number]; value: ObservationColumns };
}

export type ArchiveDatabase = IDBPDatabase<ArchiveSchema>;

export const DATABASE_NAME = 'mien-sessions';
const VERSION = 1;

/** Key range of a session's batches. */
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
          // Makes way for a newer version, or for the deletion of the site's data.
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

/** Waits for all writes of a transaction. If one fails, all of them do; the transaction's own error states the cause. */
export async function settle(done: Promise<void>, writes: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled([done, ...writes]);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Converts a database error to a MienError of kind `storage`. */
export function toStorageError(error: unknown, otherwise: 'denied' | 'failed'): MienError {
  if (error instanceof MienError) return error as MienError;
  const name = error instanceof Error ? error.name : '';
  const reason = name === 'QuotaExceededError' ? 'full' : name === 'VersionError' ? 'outdated' : otherwise;
  return new MienError('storage', reason, error instanceof Error ? `${name}: ${error.message}` : String(error), error);
}

/** Validates a session read from disk; null if it is damaged. */
export function toArchivedSession(value: unknown): ArchivedSession | null {
  if (!isSession(value)) return null;
  return { ...value, reading: toReadingAccount(value.reading), people: toPeopleEdits(value.people), looks: toLooks(value.looks), tags: toTags(value.tags), thumbnail: value.thumbnail instanceof Blob ? value.thumbnail : null };
}

/** Missing in sessions of version 0.2. */
function toTags(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((tag) => typeof tag === 'string') : [];
}

/** Version 0.1 stored neither appearances nor edits. */
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
    isArrayOf(held['markers'], (marker) => hasAll(marker, { atMs: isMoment, note: isText }))
  );
}
