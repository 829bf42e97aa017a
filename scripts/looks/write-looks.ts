import type { Look } from './look';

/** Formats as JSON with one line per box and row of colours, so that diffs are readable. */
export function writeLooks(looks: Readonly<Record<string, Look>>): string {
  return `${JSON.stringify(looks, null, 1).replace(/\[\s+(-?\d[^\]]*?)\s+\]/g, (_, numbers: string) => `[${numbers.replace(/\s+/g, ' ')}]`)}\n`;
}
