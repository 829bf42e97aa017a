/** Hands a file to the browser's downloads. */
export function saveFile(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser reads the file after this turn; Safari only once a download that it asks about was allowed.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A file's name without its extension: what results are named after. */
export function stemOf(name: string, fallback: string): string {
  return name.replace(/\.[^.]+$/, '') || fallback;
}

/** A moment as part of a file name, which then sorts by time, in the device's own time zone: 2026-07-05-14-03-09. */
export function timeInName(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())];
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two);
  return [...day, ...time].join('-');
}
