import { expect, it } from 'vitest';
import { vfwCodec, videoEncoding } from './matroska-encodings';

const element = (id: string, ...content: readonly (readonly number[])[]) => {
  const bytes = content.flat();
  return [...(id.match(/../g) ?? []).map((pair) => parseInt(pair, 16)), 0x40 | (bytes.length >> 8), bytes.length & 255, ...bytes];
};
const track = (type: number, ...encodings: readonly (readonly number[])[]) => element('ae', element('83', [type]), ...encodings);
const encoding = (...content: readonly (readonly number[])[]) => element('6d80', element('6240', ...content));
const [COMPRESSED, ENCRYPTED] = [encoding(element('5033', [0])), encoding(element('5033', [1]))];
const mkv = (tracks: readonly (readonly number[])[]) => {
  const segment = element('18538067', element('1549a966', [1, 2]), element('1654ae6b', ...tracks), element('1f43b675', [1]));
  return new Blob([Uint8Array.from([...element('1a45dfa3', [1]), ...segment])]);
};
const [VIDEO, SOUND, SUBTITLES] = [1, 2, 17];

it.each([
  ['compressed', [track(SOUND), track(VIDEO, COMPRESSED)], 'compressed'],
  ['compressed, as by default', [track(VIDEO, encoding())], 'compressed'],
  ['encrypted', [track(VIDEO, ENCRYPTED)], 'encrypted'],
  ['neither, though its sound is', [track(SOUND, ENCRYPTED), track(VIDEO)], null],
  ['absent', [track(SOUND, ENCRYPTED), track(SUBTITLES)], 'no-video'],
  ['unknown', [], null],
] as const)('finds whether the video of an MKV is encoded further or absent: %s', async (_case, tracks, expected) => {
  expect(await videoEncoding(mkv(tracks))).toBe(expected);
});

it('names the codec of a track in the manner of AVI', async () => {
  const numbered = (number: number, ...fourcc: readonly number[]) => element('ae', element('d7', [number]), element('63a2', [...new Array<number>(16).fill(0), ...fourcc, 0, 0]));
  const tracks = [numbered(1, ...new TextEncoder().encode('WMV2')), numbered(2, ...new TextEncoder().encode('HFYU')), element('ae', element('d7', [3]), element('63a2', [1]))];
  expect(await Promise.all([1, 2, 3, 4].map((number) => vfwCodec(mkv(tracks), number)))).toEqual(['WMV2', 'HFYU', '', '']);
});

it('finds nothing in other and truncated files', async () => {
  expect(await videoEncoding(new Blob(['no MKV at all']))).toBeNull();
  expect(await videoEncoding(new Blob([Uint8Array.from(element('1a45dfa3', [1]))]))).toBeNull();
});
