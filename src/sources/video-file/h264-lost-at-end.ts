import { parametersIn, unitsOf } from './annex-b';
import { ParameterSets, readSliceHeader } from './h264-headers';

const SLICE = 1;
const IDR_SLICE = 5;
/** Step between two frames in display order if too few are there to tell: one per field. */
const USUAL_STEP = 2;

/** Maximum number of frames stored before one that is displayed before them (ITU-T H.264, `max_num_reorder_frames`). */
export const MOST_REORDERED = 16;

/**
 * Counts the frames lost before the last ones, in display order, of truncated H.264: they were stored after some that are displayed
 * later.
 *
 * @param frames the last ones, in decode order; an unreadable one ends the search.
 * @param first frames that may contain the stream's parameters.
 * @returns counts by distance from the last frame; empty if the order is unreadable.
 */
export function lostAtEnd(frames: readonly Uint8Array[], first: readonly Uint8Array[], description: Uint8Array | null): ReadonlyMap<number, number> {
  const parameters = new ParameterSets();
  for (const unit of description ? parametersIn(description) : []) parameters.take(unit);
  for (const frame of first) for (const unit of unitsOf(frame, description)) parameters.take(unit);
  const groups = groupsOf(frames, parameters, description);
  const ascending = groups.map((orders) => orders.toSorted((a, b) => a - b));
  const steps = ascending.map((orders) => orders.slice(1).map((order, i) => order - (orders[i] ?? order)));
  const known = steps.flat().filter((step) => step > 0);
  const usual = Math.min(mostCommon(known), known.length < MOST_REORDERED ? USUAL_STEP : Infinity);
  const lost = new Map<number, number>();
  if (groups.every((orders, group) => orders.every((order, i) => order === ascending[group]?.[i]))) return lost;
  steps.at(-1)?.slice(-MOST_REORDERED).forEach((step, i, { length }) => {
    const missing = Math.floor(step / usual) - 1;
    if (missing > 0 && missing <= MOST_REORDERED) lost.set(length - 1 - i, missing);
  });
  return lost;
}

/** A single step may be shorter: encoders are free to number frames as they like. Infinity if there are none. */
function mostCommon(steps: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const step of steps) counts.set(step, (counts.get(step) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return Math.min(...[...counts].flatMap(([step, count]) => (count === most ? [step] : [])));
}

/** Places in the display order, which restart at each IDR frame. */
function groupsOf(frames: readonly Uint8Array[], parameters: ParameterSets, description: Uint8Array | null): readonly (readonly number[])[] {
  let orders: number[] = [];
  const groups = [orders];
  let reference = 0;
  for (const frame of frames) {
    const units = [...unitsOf(frame, description)];
    units.forEach((unit) => parameters.take(unit));
    const slice = units.find((unit) => typeOf(unit) === SLICE || typeOf(unit) === IDR_SLICE);
    const header = slice && readSliceHeader(slice, parameters);
    const isRead = slice !== undefined && header?.sequence.orderType === 0;
    if (!isRead || typeOf(slice) === IDR_SLICE) groups.push((orders = []));
    if (!isRead) continue;
    const range = 2 ** header.sequence.orderBits;
    const before = orders.length > 0 ? reference : header.order;
    // Only the lower bits are stored: take the value nearest to that of the last reference frame.
    const order = before + ((((header.order - before + range / 2) % range) + range) % range) - range / 2;
    orders.push(order);
    if (orders.length === 1 || ((slice[0] ?? 0) & 0x60) !== 0) reference = order;
  }
  return groups;
}

const typeOf = (unit: Uint8Array) => (unit[0] ?? 0) & 0x1f;
