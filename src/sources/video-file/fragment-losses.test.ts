import { expect, it } from 'vitest';
import { FragmentLosses } from './fragment-losses';

const numbers = (...given: readonly number[]) => given.flatMap((each) => [each >>> 24, (each >>> 16) & 255, (each >>> 8) & 255, each & 255]);
const letters = (text: string) => text.split('').map((letter) => letter.charCodeAt(0));
function box(type: string, ...parts: readonly (readonly number[])[]): number[] {
  const content = parts.flat();
  return [...numbers(content.length + 8), ...letters(type), ...content];
}

const PICTURE = 7;
const SOUND = 8;
const UNITS = 1000;
/** Subtracted by the demuxer from all times. */
const LEAD = 80;
const track = (id: number, handler: string, ...others: readonly (readonly number[])[]) =>
  box('trak', box('tkhd', numbers(0, 0, 0, id)), ...others, box('mdia', box('mdhd', numbers(0, 0, 0, UNITS, 0)), box('hdlr', numbers(0, 0), letters(handler))));
const EDITS = box('edts', box('elst', numbers(0, 1, 0, LEAD, 0x10000)));
const DEFAULTS = box('mvex', box('trex', numbers(0, PICTURE, 1, 40, 0, 0)));
const MOVIE = box('moov', box('mvhd', numbers(0, 0, 0, UNITS)), track(PICTURE, 'vide', EDITS), track(SOUND, 'soun'), DEFAULTS);

interface Frames {
  readonly id?: number;
  /** Durations of the frames; default: 40 each, as the film's header states. */
  readonly durations?: readonly number[];
}

/** Four frames of 40 ms; the first two change places. */
function fragment(number: number, start: number, { id = PICTURE, durations }: Frames = {}): number[] {
  const shifts = [120, 40, 80, 80];
  const run = durations ? box('trun', numbers(0xb01, 4, 0, ...shifts.flatMap((shift, i) => [durations[i] ?? 0, 9, shift]))) : box('trun', numbers(0x801, 4, 0, ...shifts));
  return box('moof', box('mfhd', numbers(0, number)), box('traf', box('tfhd', numbers(0, id)), box('tfdt', numbers(0, start)), run));
}

function lossesOf(...fragments: readonly (readonly number[])[]) {
  const missing = new FragmentLosses();
  missing.readMovie(Uint8Array.from(MOVIE));
  for (const each of fragments) missing.readFragment(Uint8Array.from(each));
  return missing.losses;
}

it.each([
  ['a fragment is missing', [fragment(1, 0), fragment(3, 320)], { afterMs: 360 }],
  ['the sound goes on before it', [fragment(1, 0), fragment(2, 0, { id: SOUND }), fragment(5, 900, { id: SOUND }), fragment(6, 320)], { afterMs: 360 }],
  ['durations are stated', [fragment(4, 0, { durations: [20, 60, 40, 40] }), fragment(6, 320)], { afterMs: 360 }],
] as const)('tells behind which picture %s', (_case, fragments, loss) => expect(lossesOf(...fragments)).toEqual([loss]));

it.each([
  ['nothing is', [fragment(1, 0), fragment(2, 160)]],
  ['every other number is left out', [fragment(1, 0), fragment(3, 160), fragment(5, 325)]],
  ['fragments are not numbered', [fragment(0, 0), fragment(0, 320)]],
  ['each track has numbers of its own', [fragment(5, 0), fragment(1, 0, { id: SOUND }), fragment(6, 160), fragment(2, 900, { id: SOUND })]],
  ['a recorder paused', [fragment(1, 0), fragment(2, 320)]],
  ['only sound is', [fragment(1, 0, { id: SOUND }), fragment(3, 900, { id: SOUND })]],
  ['a long frame fills the time', [fragment(1, 0, { durations: [40, 40, 40, 200] }), fragment(3, 320)]],
  ['a run is cut off', [fragment(1, 0), fragment(3, 320).slice(0, -8)]],
] as const)('tells of no loss where %s', (_case, fragments) => expect(lossesOf(...fragments)).toEqual([]));
