/** Formats a time as hours, minutes, seconds and ms: 00:00:00.000, also below 0. Hours may exceed 99. */
export function formatTimestamp(ms: number): string {
  const whole = Math.round(Math.abs(ms));
  const sign = ms < 0 && whole > 0 ? '-' : '';
  const digits = (value: number, count: number) => String(value).padStart(count, '0');
  const [hours, minutes, seconds] = [Math.floor(whole / 3_600_000), Math.floor(whole / 60_000) % 60, Math.floor(whole / 1000) % 60];
  return `${sign}${digits(hours, 2)}:${digits(minutes, 2)}:${digits(seconds, 2)}.${digits(whole % 1000, 3)}`;
}
