import type { Loss } from './continuity';
import { demuxedFrom } from './edit-list';
import { trackFragments, type TrackFragment } from './fragments';
import { boxAt, boxesIn, isPictureTrack, trackId, tracksOf, typeOf, unitsPerSecond, viewOf } from './iso-boxes';

/** Flags of a run for optional fields of four bytes: two before its frames, then those of each frame (8.8.8). */
const RUN_FIELDS = [1, 4] as const;
const HAS_DURATIONS = 0x100;
const HAS_SHIFTS = 0x800;
const FRAME_FIELDS = [HAS_DURATIONS, 0x200, 0x400, HAS_SHIFTS] as const;
/** Maximum number of frames in a run: damaged ones may state billions. */
const MOST_FRAMES = 100_000;

interface Track {
  readonly unitsPerSecond: number;
  /** Media time that the demuxer takes for 0. */
  readonly from: number;
  /** Duration of frames whose fragment states none. */
  readonly usualTicks: number;
}

/** A track's part of a fragment; media times. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly frames: number;
  /** Display time of the frame that is stored first. */
  readonly firstShown: number;
}

/** Finds missing fragments: their sequence numbers are skipped, and the time of a picture track jumps. Either happens without a loss, too. */
export class FragmentLosses {
  readonly losses: Loss[] = [];
  /** Picture tracks by id. */
  readonly #tracks = new Map<number, Track>();
  /** Newest stretch of each. */
  readonly #newest = new Map<number, Stretch>();
  /** Tracks without a stretch since a skipped number. */
  #awaiting = new Set<number>();
  #number: number | null = null;

  readMovie(moov: Uint8Array<ArrayBuffer>): void {
    const film = boxAt(moov, ['mvhd']);
    skipTruncated(() => {
      const usual = usualTicksIn(moov);
      for (const track of tracksOf(moov).filter(isPictureTrack)) {
        const id = trackId(track);
        const media = boxAt(track, ['mdia', 'mdhd']);
        const list = boxAt(track, ['edts', 'elst']);
        if (id === null || !media) continue;
        const units = unitsPerSecond(media);
        this.#tracks.set(id, { unitsPerSecond: units, from: film && list ? demuxedFrom(list, unitsPerSecond(film), units) : 0, usualTicks: usual.get(id) ?? 0 });
      }
    });
  }

  /** Call for each fragment, in order. */
  readFragment(moof: Uint8Array<ArrayBuffer>): void {
    skipTruncated(() => {
      const header = boxAt(moof, ['mfhd']);
      const number = header && viewOf(header).getUint32(12);
      if (number !== null && this.#number !== null && number > this.#number + 1) this.#awaiting = new Set(this.#tracks.keys());
      this.#number = number;
      for (const part of trackFragments(moof)) this.#readPart(part);
    });
  }

  #readPart(part: TrackFragment): void {
    const id = part.track;
    const track = this.#tracks.get(id);
    const stretch = track && stretchOf(part, track);
    if (!track || !stretch) return;
    const before = this.#newest.get(id);
    // Rounded durations add up to less than half a frame.
    const jumps = before !== undefined && before.end > before.start && stretch.start - before.end > (before.end - before.start) / before.frames / 2;
    const msOf = (time: number) => ((time - track.from) * 1000) / track.unitsPerSecond;
    if (jumps && this.#awaiting.has(id)) this.losses.push({ afterMs: msOf(stretch.firstShown) });
    this.#awaiting.delete(id);
    this.#newest.set(id, stretch);
  }
}

/** Usual durations of frames in fragments, by track id. */
function usualTicksIn(moov: Uint8Array<ArrayBuffer>): ReadonlyMap<number, number> {
  const defaults = boxAt(moov, ['mvex']);
  const boxes = defaults ? [...boxesIn(defaults)].filter((box) => typeOf(box) === 'trex') : [];
  return new Map(boxes.map((box) => [viewOf(box).getUint32(12), viewOf(box).getUint32(20)]));
}

/** Null: without frames, or without a time of its own. */
function stretchOf({ startTicks: start, usualTicks, runs }: TrackFragment, track: Track): Stretch | null {
  if (start === null) return null;
  let end = start;
  const shown: number[] = [];
  for (const run of runs) {
    for (const { ticks, shift } of framesIn(run)) {
      shown.push(end + shift);
      end += ticks ?? usualTicks ?? track.usualTicks;
    }
  }
  const [firstShown] = shown;
  return firstShown === undefined ? null : { start, end, frames: shown.length, firstShown };
}

interface Frame {
  /** Null: the usual duration. */
  readonly ticks: number | null;
  /** From decoding to display. */
  readonly shift: number;
}

/** @throws RangeError for a truncated run. */
function* framesIn(run: Uint8Array<ArrayBuffer>): Generator<Frame, void, undefined> {
  const view = viewOf(run);
  const flags = view.getUint32(8);
  const bytesOf = (fields: readonly number[]) => 4 * fields.filter((flag) => (flags & flag) !== 0).length;
  const frameBytes = bytesOf(FRAME_FIELDS);
  let at = 16 + bytesOf(RUN_FIELDS);
  for (let left = Math.min(view.getUint32(12), MOST_FRAMES); left > 0; left--, at += frameBytes) {
    const shiftAt = at + frameBytes - 4;
    yield { ticks: (flags & HAS_DURATIONS) === 0 ? null : view.getUint32(at), shift: (flags & HAS_SHIFTS) === 0 ? 0 : view.getInt32(shiftAt) };
  }
}

/** Leaves a table with a field beyond its end: the demuxer reports the damage. */
function skipTruncated(read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}
