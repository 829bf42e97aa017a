/** Parses a typed time to ms: "75", "7.5e1", "1:15", "1:15.5", "1:02:03"; null if invalid. */
export function parseClock(text: string): number | null {
  const parts = text.trim().replace(',', '.').split(':');
  if (parts.length > 3 || !parts.every((part, i) => (i === parts.length - 1 ? /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i : /^\d+$/).test(part))) return null;
  const numbers = parts.map(Number);
  if (numbers.slice(1).some((part) => part >= 60)) return null;
  const ms = numbers.reduce((sum, part) => sum * 60 + part, 0) * 1000;
  return Number.isFinite(ms) ? ms : null;
}

/** The same for a clock that may begin below 0: "−0:01.5", also with a hyphen. */
export function parseSignedClock(text: string): number | null {
  const given = text.trim();
  const ms = parseClock(given.replace(/^[-−]/, ''));
  return ms !== null && /^[-−]/.test(given) ? -ms : ms;
}
