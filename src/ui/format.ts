export { formatShare } from '../export/format';

/** Bytes as people read them, in decimal units. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const kilobytes = bytes / 1000;
  return kilobytes < 1000 ? `${Math.round(kilobytes)} kB` : `${(kilobytes / 1000).toFixed(1)} MB`;
}

/** A measured share (0–1) with so many decimals. */
export function formatPercent(share: number, decimals: number): string {
  return `${(share * 100).toFixed(decimals)}%`;
}
