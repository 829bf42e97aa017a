import type { Look } from './look';

/** As JSON with a line for each box and each row of colours, so that a change to the file can be read. */
export function writeLooks(looks: Readonly<Record<string, Look>>): string {
  return `${JSON.stringify(looks, null, 1).replace(/\[\s+(-?\d[^\]]*?)\s+\]/g, (_, numbers: string) => `[${numbers.replace(/\s+/g, ' ')}]`)}\n`;
}
