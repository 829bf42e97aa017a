/** Latest valid time, ms: the maximum of a Date. */
const LATEST_MS = 8.64e15;

export function isCount(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= LATEST_MS;
}

/** A moment on a session's clock, which may begin below 0. */
export function isMoment(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= LATEST_MS;
}

export function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

export function isText(value: unknown): boolean {
  return typeof value === 'string';
}

export function isArrayOf(value: unknown, check: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(check);
}

export function hasAll(value: unknown, checks: Readonly<Record<string, (field: unknown) => boolean>>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const held = value as Readonly<Record<string, unknown>>;
  return Object.entries(checks).every(([key, check]) => check(held[key]));
}
