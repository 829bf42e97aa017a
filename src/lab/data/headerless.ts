import { expressionOf } from '../../network/label-names';
import type { FilesByName } from './files-by-name';
import { isPicture } from './folder';
import { isOrderedNumber } from './label-mapping';
import { isPart } from './persons';
import { pixelsOf } from './pixels';

type Rows = readonly (readonly string[])[];

/** Below this number of rows, labels may all differ; in longer tables, values that never repeat are not labels. */
const FEW_ROWS = 10;

/**
 * Infers a header for a table without one: the picture column, the likely label column if any, and numbered names for the rest.
 *
 * @param rows the first rows.
 * @returns null if they name no pictures: the first row may be a header.
 */
export function headerOf(rows: Rows, files: FilesByName): string[] | null {
  const [first = []] = rows;
  const picture = pictureColumn(rows, files);
  if (picture < 0) return null;
  const isPixels = pixelsOf(first[picture] ?? '') !== null;
  const label = labelColumn(rows, picture, isPixels);
  return first.map((_, i) => (i === picture ? (isPixels ? 'pixels' : 'file') : i === label ? 'label' : `column ${i + 1}`));
}

/** Picture column: pixels, file names with a picture's extension, or names of files in most rows, since a column title may equal a file's name. */
function pictureColumn(rows: Rows, files: FilesByName): number {
  const [first = []] = rows;
  const pixels = first.findIndex((field) => pixelsOf(field) !== null);
  if (pixels >= 0) return pixels;
  const found = first.map((_, i) => rows.filter((row) => files.mayHave(row[i] ?? '')).length);
  const named = first.map((field, i) => (isPicture(field.trim()) ? (found[i] ?? 0) : -1));
  const counts = named.some((count) => count >= 0) ? named : found.map((count, i) => (files.mayHave(first[i] ?? '') && 2 * count > Math.max(rows.length, 2) ? count : -1));
  return counts.reduce((best, count, i) => (count > (counts[best] ?? -1) ? i : best), -1);
}

/**
 * Label column: expressions, numbers that data sets use, or repeating values. Prefers columns after the picture, since a column before it may number
 * the rows. −1 if there is none.
 */
function labelColumn(rows: Rows, picture: number, isPixels: boolean): number {
  const width = rows[0]?.length ?? 0;
  // Columns after the picture first, then those before it, left to right.
  const columns = Array.from({ length: width - 1 }, (_, i) => (picture + 1 + i) % width).map((at) => ({ at, values: rows.map((row) => (row[at] ?? '').trim()) }));
  const candidates = columns.filter(({ at, values }) => values.some((value) => value !== '') && !(at < picture && !isPixels && isRunning(values)));
  const choice =
    candidates.find(({ values }) => 2 * values.filter((value) => expressionOf(value) !== null).length >= values.length) ??
    candidates.find(({ values }) => values.every(isOrderedNumber)) ??
    candidates.find(({ values }) => !values.some(isNumber) && !values.every(isPart) && (repeats(values) || values.length < FEW_ROWS)) ??
    candidates.find(({ values }) => values.every((value) => /^\d+$/.test(value)) && repeats(values));
  return choice?.at ?? -1;
}

function isNumber(value: string): boolean {
  return value !== '' && !Number.isNaN(Number(value));
}

function repeats(values: readonly string[]): boolean {
  return new Set(values).size < values.length;
}

/** True if the values number the rows, from 0 or 1. */
function isRunning(values: readonly string[]): boolean {
  return /^[01]$/.test(values[0] ?? '') && values.every((value, i) => Number(value) === Number(values[0]) + i);
}
