import { SENSITIVITIES } from '../engine/mixing';
import { BACKEND_NAMES, LEFT_OUT_REASONS, NOT_READ_KINDS } from '../engine/types';
import type { ReadingAccount } from './reading-account';
import { hasAll, isArrayOf, isCount, isText } from './stored-values';

const REASONS: readonly unknown[] = [...LEFT_OUT_REASONS, 'stopped'];

/** Validates a reading's account from disk; null if missing or damaged, which leaves the observations accessible. */
export function toReadingAccount(value: unknown): ReadingAccount | null {
  // Older accounts have none.
  const account = typeof value === 'object' && value !== null ? { ...value, sensitivity: (value as { readonly sensitivity?: unknown }).sensitivity ?? null } : value;
  return isReadingAccount(account) ? account : null;
}

function isReadingAccount(value: unknown): value is ReadingAccount {
  return hasAll(value, {
    source: (source) =>
      hasAll(source, {
        ...{ name: isText, bytes: orNull(isCount), container: orNull(isText), codec: orNull(isText) },
        ...{ width: orNull(isCount), height: orNull(isCount), durationMs: orNull(isCount) },
        ...{ startMs: orNull(Number.isFinite), brokenOffAtMs: orNull(Number.isFinite) },
        ...{ track: orAbsent(isCount), recordings: orAbsent(isCount), notRead: orAbsent((entries) => isArrayOf(entries, isNotRead)) },
      }),
    partMs: orNull((part) => isArrayOf(part, Number.isFinite) && (part as readonly unknown[]).length === 2),
    rateAsked: orNull((rate) => rate === 'every' || isCount(rate)),
    framesAsked: isCount,
    framesRead: isCount,
    framesLeftOut: (counts) => isArrayOf(counts, (entry) => hasAll(entry, { reason: (reason) => REASONS.includes(reason), count: isCount })),
    ending: (ending) => ending === 'complete' || ending === 'stopped',
    search: (search) => search === 'fast' || search === 'thorough',
    smoothingMs: isCount,
    laterSmoothingsMs: orAbsent((times) => isArrayOf(times, isCount)),
    sensitivity: orNull(isSensitivity),
    laterSensitivities: orAbsent((sensitivities) => isArrayOf(sensitivities, isSensitivity)),
    backend: isBackend,
    laterBackends: orAbsent((backends) => isArrayOf(backends, isBackend)),
    appVersion: isText,
    startedAtMs: orNull(isCount),
  });
}

function isSensitivity(value: unknown): boolean {
  return (SENSITIVITIES as readonly unknown[]).includes(value);
}

function isBackend(value: unknown): boolean {
  return (BACKEND_NAMES as readonly unknown[]).includes(value);
}

function isNotRead(value: unknown): boolean {
  return hasAll(value, { what: (what) => (NOT_READ_KINDS as readonly unknown[]).includes(what), atMs: orNull(Number.isFinite), detail: isText });
}

function orAbsent(check: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === undefined || check(value);
}

function orNull(check: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === null || check(value);
}
