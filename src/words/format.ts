import { languageStore, localeTag, t } from './i18n';
/** Cached: creating a format costs as much as a thousand uses. */
const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${localeTag()} ${JSON.stringify(options)}`;
  let format = numberFormats.get(key);
  if (!format) numberFormats.set(key, (format = new Intl.NumberFormat(localeTag(), options)));
  return format;
}

/** A share (0–1) in whole per cent, never a misleading 0 or 100. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.01) return leftToRight(`<${formatPercent(0.01, 0)}`);
  if (share < 1 && share > 0.99) return leftToRight(`>${formatPercent(0.99, 0)}`);
  return formatPercent(share, 0);
}

interface Digits {
  readonly decimals: number;
  /** Shows a plus sign too, except for zero. */
  readonly signed?: boolean;
}

/** A number with fixed decimals and a typographic minus sign. */
export function formatNumber(value: number, { decimals, signed = false }: Digits): string {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return numberFormat({ ...digits, signDisplay: signed ? 'exceptZero' : 'negative' }).format(value).replace('-', '−');
}

/** A number from a user's table, such as a year or an angle: at least four significant digits, no thousands separators. */
export function formatFigure(value: number): string {
  const decimals = value === 0 ? 0 : Math.min(20, Math.max(0, 3 - Math.floor(Math.log10(Math.abs(value)))));
  return numberFormat({ maximumFractionDigits: decimals, useGrouping: false }).format(value).replace('-', '−');
}

/** A number with all its digits and a plain minus sign, as spreadsheets in the chosen language read it. */
export function formatPlain(value: number): string {
  return String(value).replace('.', decimalSeparator());
}

function decimalSeparator(): string {
  return numberFormat({ minimumFractionDigits: 1 }).formatToParts(0).find(({ type }) => type === 'decimal')?.value ?? '.';
}

/** Bytes in decimal units. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return t('{bytes, plural, one {# byte} other {# bytes}}', { bytes });
  const kilobytes = bytes / 1000;
  if (kilobytes < 1000) return unit(Math.round(kilobytes), 'kilobyte', 0);
  return kilobytes < 1_000_000 ? unit(kilobytes / 1000, 'megabyte', 1) : unit(kilobytes / 1_000_000, 'gigabyte', 1);
}

/** Formats a number with its unit, joined by a no-break space. */
function unit(value: number, name: string, decimals: number): string {
  return numberFormat({ style: 'unit', unit: name, unitDisplay: 'short', minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    .format(value)
    .replace(' ', '\u00a0');
}

/** A whole number with thousands separators. */
export function formatCount(count: number): string {
  return numberFormat({ maximumFractionDigits: 0 }).format(count);
}

/** A measured share (0–1) with fixed decimals. */
export function formatPercent(share: number, decimals: number): string {
  return numberFormat({ style: 'percent', minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(share);
}

/**
 * A time in a clip: 0:05, 1:02:03; −0:01 on a clock that begins below 0.
 *
 * @param decimals of the seconds. Truncated, not rounded, so that a clock never runs ahead.
 */
export function formatClock(ms: number, decimals: 0 | 1 | 2 = 0): string {
  const text = editableClock(ms, decimals);
  return text.startsWith('−') ? leftToRight(text) : text;
}

/** The same as the value of an input, without invisible characters. */
export function editableClock(ms: number, decimals: 0 | 1 | 2 = 0): string {
  const unit = 10 ** (3 - decimals);
  // Times such as 4.2 s are slightly less in binary.
  const whole = Math.floor(Math.abs(ms) / unit + 1e-6) * unit;
  const sign = ms < 0 && whole > 0 ? '−' : '';
  const seconds = Math.floor(whole / 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const fraction = decimals === 0 ? '' : `${decimalSeparator()}${String(whole % 1000).padStart(3, '0').slice(0, decimals)}`;
  return `${sign}${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}${fraction}`;
}

/** Date and time in the chosen language. */
export function formatMoment(msSince1970: number): string {
  return new Date(msSince1970).toLocaleString(localeTag(), { dateStyle: 'medium', timeStyle: 'short' });
}

/** A duration in words: "8 s", "3 min", "1 h 20 min"; at least a second. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 60) return t('{seconds} s', { seconds });
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? t('{minutes} min', { minutes }) : t('{hours} h {minutes} min', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** Joins names or reasons: "turned 55°, too dark". */
export function formatList(parts: readonly string[]): string {
  return new Intl.ListFormat(localeTag(), { type: 'unit', style: 'short' }).format(parts);
}

/** Capitalises the first letter, in scripts that have capitals. */
export function capitalized(text: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase(localeTag()) + text.slice(first.length);
}

/** Keeps numbers with a sign, dash or × in order within right-to-left text. */
function leftToRight(text: string): string {
  return languageStore.getSnapshot() === 'ar' ? `\u2066${text}\u2069` : text;
}

/** A range of numbers or times: "0:05–1:10". */
export function formatSpan(from: string, to: string): string {
  return leftToRight(`${from}–${to}`);
}

/** A size in pixels: "1280 × 720". */
export function formatSize({ width, height }: { readonly width: number; readonly height: number }): string {
  return leftToRight(`${width} × ${height}`);
}

/** A factor: "2×". */
export function formatTimes(factor: number): string {
  return leftToRight(`${formatPlain(factor)}×`);
}
