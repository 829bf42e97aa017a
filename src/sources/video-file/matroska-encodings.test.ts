import { expect, it } from 'vitest';
import { videoEncoding } from './matroska-encodings';

const element = (id: string, ...content: readonly (readonly number[])[]) => {
  const bytes = content.flat();
  return [...(id.match(/../g) ?? []).map((pair) => parseInt(pair, 16)), 0x40 | (bytes.length >> 8), bytes.length & 255, ...bytes];
};
const track = (type: number, ...encodings: readonly (readonly number[])[]) => element('ae', element('83', [type]), ...encodings);
const encoding = (...content: readonly (readonly number[])[]) => element('6d80', element('6240', ...content));
const [COMPRESSED, ENCRYPTED] = [encoding(element('5033', [0])), encoding(element('5033', [1]))];
const [VIDEO, SOUND, SUBTITLES] = [1, 2, 17];

it.each([
  ['compressed', [track(SOUND), track(VIDEO, COMPRESSED)], 'compressed'],
  ['compressed, as by default', [track(VIDEO, encoding())], 'compressed'],
  ['encrypted', [track(VIDEO, ENCRYPTED)], 'encrypted'],
  ['neither, though its sound is', [track(SOUND, ENCRYPTED), track(VIDEO)], null],
  ['absent', [track(SOUND, ENCRYPTED), track(SUBTITLES)], 'no-video'],
  ['unknown', [], null],
] as const)('finds whether the video of an MKV is encoded further or absent: %s', async (_case, tracks, expected) => {
  const segment = element('18538067', element('1549a966', [1, 2]), element('1654ae6b', ...tracks), element('1f43b675', [1]));
  expect(await videoEncoding(new Blob([Uint8Array.from([...element('1a45dfa3', [1]), ...segment])]))).toBe(expected);
});

it('finds nothing in other and truncated files', async () => {
  expect(await videoEncoding(new Blob(['no MKV at all']))).toBeNull();
  expect(await videoEncoding(new Blob([Uint8Array.from(element('1a45dfa3', [1]))]))).toBeNull();
});
