/**
 * Fingerprint of a page's appearance: the boxes of its parts and the mean colours of a coarse grid. Coarse enough to be
 * the same on other machines, fine enough to detect a missing part, a wrapped row, a blank chart or a wrong colour.
 */

/** CSS pixels from the top left corner of the page. */
export type Box = readonly [x: number, y: number, width: number, height: number];

export interface Look {
  /** By role and name, in document order. */
  readonly boxes: Readonly<Record<string, Box>>;
  /** Share of each drawing's pixels that differ from its background, 0–1. */
  readonly ink: Readonly<Record<string, number>>;
  /** Rows of cells per colour scheme; a cell is three hexadecimal digits, or dots where the picture moves. */
  readonly colours: Readonly<Record<string, readonly string[]>>;
}

/** Tolerance of an edge's position. */
const EDGE_PX = 14;
/** Tolerance of a downward shift: more than an optional line of text, less than a row of buttons. */
const DOWN_PX = 28;
const SIZE_SHARE = 0.04;
/** Tolerance in sixteenths. */
const LEVELS = 2;
/** Tolerated ratio of ink. */
const INK_RATIO = 2.5;
const CELL = 3;
const UNSEEN = '...';

/** Differences in words; empty if none. */
export function differences(expected: Look, found: Look): string[] {
  return [...boxDifferences(expected.boxes, found.boxes), ...inkDifferences(expected.ink, found.ink), ...Object.keys(expected.colours).flatMap((scheme) => colourDifferences(scheme, expected.colours[scheme] ?? [], found.colours[scheme] ?? []))];
}

function boxDifferences(expected: Look['boxes'], found: Look['boxes']): string[] {
  const words = Object.keys(found).filter((name) => !(name in expected)).map((name) => `${name}: is new, at ${placeOf(found[name])}`);
  // Everything below a shift moves with it, so only the first is reported.
  let shift = 0;
  for (const [name, was] of Object.entries(expected)) {
    const is = found[name];
    if (!is) {
      words.push(`${name}: is gone, was at ${placeOf(was)}`);
      continue;
    }
    const down = is[1] - was[1];
    if (Math.abs(down - shift) > DOWN_PX) words.push(`${name}: moved ${down > shift ? 'down' : 'up'} by ${Math.abs(down - shift)} px against what comes before it`);
    shift = down;
    if (Math.abs(is[0] - was[0]) > EDGE_PX) words.push(`${name}: begins at ${is[0]} px from the left, not ${was[0]}`);
    if (isOff(is[2], was[2])) words.push(`${name}: is ${is[2]} px wide, not ${was[2]}`);
    if (isOff(is[3], was[3])) words.push(`${name}: is ${is[3]} px high, not ${was[3]}`);
  }
  return words;
}

const isOff = (is: number, was: number) => Math.abs(is - was) > EDGE_PX + was * SIZE_SHARE;
const placeOf = (box: Box | undefined) => (box ? `${box[0]}, ${box[1]}` : 'nowhere');

function inkDifferences(expected: Look['ink'], found: Look['ink']): string[] {
  return Object.entries(expected).flatMap(([name, was]) => {
    const is = found[name] ?? 0;
    return is * INK_RATIO < was ? [`${name}: ${percent(is)} of it is drawn on, not ${percent(was)}`] : [];
  });
}

const percent = (share: number) => `${(share * 100).toFixed(1)}%`;

/** Also accepts cells that match their expected neighbours, and vice versa, since the boxes report shifts. */
function colourDifferences(scheme: string, expected: readonly string[], found: readonly string[]): string[] {
  const columns = (expected[0] ?? '').length / CELL;
  const off: [x: number, y: number][] = [];
  // The boxes report a change of the page's length.
  for (let y = 0; y < Math.min(expected.length, found.length); y++) {
    for (let x = 0; x < columns; x++) {
      const [was, is] = [cell(expected, x, y), cell(found, x, y)];
      if (was && is && !(fits(is, around(expected, x, y)) && fits(was, around(found, x, y)))) off.push([x, y]);
    }
  }
  const [first] = off;
  if (!first) return [];
  const [xs, ys] = [off.map(([x]) => x), off.map(([, y]) => y)];
  const at = (grid: readonly string[]) => `#${grid[first[1]]?.slice(first[0] * CELL, (first[0] + 1) * CELL) ?? ''}`;
  return [
    `${scheme}: ${off.length} of ${columns * expected.length} cells have another colour, in columns ${Math.min(...xs)} to ${Math.max(...xs)}, rows ${Math.min(...ys)} to ${Math.max(...ys)}; the first is ${at(found)}, not ${at(expected)}`,
  ];
}

function cell(grid: readonly string[], x: number, y: number): readonly number[] | null {
  const digits = x < 0 ? '' : (grid[y]?.slice(x * CELL, (x + 1) * CELL) ?? '');
  return digits === '' || digits === UNSEEN ? null : Array.from(digits, (digit) => parseInt(digit, 16));
}

function around(grid: readonly string[], x: number, y: number): readonly (readonly number[])[] {
  return [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => cell(grid, x + dx, y + dy))).filter((each) => each !== null);
}

function fits(colour: readonly number[], neighbours: readonly (readonly number[])[]): boolean {
  return colour.every((value, channel) => {
    const values = neighbours.map((each) => each[channel] ?? 0);
    return value >= Math.min(...values) - LEVELS && value <= Math.max(...values) + LEVELS;
  });
}
