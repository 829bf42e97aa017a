import { expect, it } from 'vitest';
import type { ListedPacket } from './frame-index';
import type { FrameLook } from './h264-entry';
import { markStarts } from './h264-starts';

/** `!` listed; then `w` whole, `r3` refreshed until number 3, `i` intra, `p` predicted; then its number, if it is a reference frame. */
async function mark(text: string, mostBytes?: number): Promise<string> {
  const frames = text.split(' ').map((each) => /^(!?)([wip]|r\d+):?(\d*)$/.exec(each) ?? []);
  const looks: FrameLook[] = frames.map(([, , kind = '', number = '']) => ({
    start: kind === 'w' ? 'whole' : kind.startsWith('r') ? 'renewal' : null,
    rightAt: kind.startsWith('r') ? Number(kind.slice(1)) : null,
    number: number === '' ? null : Number(number),
    isPredicted: kind.startsWith('r') || kind === 'p',
  }));
  const listed: ListedPacket[] = frames.map(([, mark], i) => ({ timestampMs: i * 40, durationMs: 40, key: mark === '!', afterHole: false }));
  let read = 0;
  const packets = function* () {
    for (let i = 0; i < looks.length; i++, read++) yield { data: Uint8Array.of(i) };
  };
  await markStarts(packets(), { look: ([i = 0]) => looks[i] ?? { start: null, rightAt: null, number: null, isPredicted: true } }, listed, mostBytes);
  const starts = listed.flatMap(({ key, rightFrom = null }, i) => (key ? [rightFrom === null ? `${i}` : `${i}-${rightFrom}`] : []));
  return `${starts.join(' ')} of ${read}`;
}

it.each([
  ['a film that begins with a key frame', '!w:0 p:1 !w:0 p:1', '0 2 of 0'],
  ['places that are not listed, up to the first that is', 'p:1 w:2 p:3 !w:0 p:1 w:2', '1 3 of 3'],
  ['a listed frame of which only the first slice is known to be intra', 'p:1 !i:2 p:3', '1 of 1'],
  ['renewals, each with the first frame that is right', 'p:1 !r3:2 p p:3 !r1:0 p:1', '1-3 4-5 of 6'],
  ['a renewal that the film breaks off in', 'p:1 !r5:2 p:3 p:4', ' of 4'],
  ['a listed frame that builds on others', '!p:1 p:2 !w:0', '2 of 2'],
])('%s', async (_case, text, expected) => expect(await mark(text)).toBe(expected));

it('examines a limited amount of a film', async () => expect(await mark('p:1 w:2 p:3 w:4 p:5 w:6', 3)).toBe('1 3 of 3'));
