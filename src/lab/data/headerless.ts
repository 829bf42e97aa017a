import { expressionOf } from '../../network/label-names';
import type { FilesByName } from './files-by-name';
import { isPicture } from './folder';
import { isOrderedNumber } from './label-mapping';
import { isPart } from './persons';
import { pixelsOf } from './pixels';

type Rows = readonly (readonly string[])[];

/** Rows in which words of one's own may all differ; else they are no labels. */
const FEW_ROWS = 10;

/**
 * The header that a table without one would have: a picture, the column that looks like labels if there is one, and others by their numbers.
 *
 * @param rows the first ones.
 * @returns null where they name no pictures: the first one may be a header.
 */
export function headerOf(rows: Rows, files: FilesByName): string[] | null {
  const [first = []] = rows;
  const picture = pictureColumn(rows, files);
  if (picture < 0) return null;
  const isPixels = pixelsOf(first[picture] ?? '') !== null;
  const label = labelColumn(rows, picture, isPixels);
  return first.map((_, i) => (i === picture ? (isPixels ? 'pixels' : 'file') : i === label ? 'label' : `column ${i + 1}`));
}

/** Of pixels, of names with a picture's ending, or of those of files in most rows: a column may be called as one file is. */
function pictureColumn(rows: Rows, files: FilesByName): number {
  const [first = []] = rows;
  const pixels = first.findIndex((field) => pixelsOf(field) !== null);
  if (pixels >= 0) return pixels;
  const found = first.map((_, i) => rows.filter((row) => files.mayHave(row[i] ?? '')).length);
  const named = first.map((field, i) => (isPicture(field.trim()) ? (found[i] ?? 0) : -1));
  const counts = named.some((count) => count >= 0) ? named : found.map((count, i) => (files.mayHave(first[i] ?? '') && 2 * count > Math.max(rows.length, 2) ? count : -1));
  return counts.reduce((best, count, i) => (count > (counts[best] ?? -1) ? i : best), -1);
}

/** Expressions, numbers as data sets use, or what occurs again and again; rather behind the picture than before it, where numbers count rows. −1 if there is none. */
function labelColumn(rows: Rows, picture: number, isPixels: boolean): number {
  const width = rows[0]?.length ?? 0;
  // Behind the picture first, then those before it, from left to right.
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

/** Whether they count rows, from 0 or 1 on. */
function isRunning(values: readonly string[]): boolean {
  return /^[01]$/.test(values[0] ?? '') && values.every((value, i) => Number(value) === Number(values[0]) + i);
}
