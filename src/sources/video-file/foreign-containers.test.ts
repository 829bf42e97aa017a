import { expect, it } from 'vitest';
import { foreignContainer } from './foreign-containers';

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  new Blob(parts.map((part) => (typeof part === 'string' ? new TextEncoder().encode(part) : Uint8Array.from(part))));

const JPEG = [[0xff, 0xd8, 0xff, 0xe0, 0, 4], 'JF', [0xff, 0xd9]] as const;
const ASF = [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, 0xa6, 0xd9, 0x00, 0xaa, 0x00, 0x62, 0xce, 0x6c];
const ASF_PICTURE = [0xc0, 0xef, 0x19, 0xbc, 0x4d, 0x5b, 0xcf, 0x11, 0xa8, 0xfd, 0x00, 0x80, 0x5f, 0x5c, 0x44, 0x2b];

it.each([
  ['Flash Video (FLV)', bytes('FLV', [1, 5, 0, 0, 0, 9])],
  ['Windows Media (WMV, ASF)', bytes(ASF, new Array<number>(500).fill(0), ASF_PICTURE)],
  ['MPEG-PS (MPG, VOB)', bytes([0, 0, 1, 0xba, 0x44])],
  ['MPEG-1/2 (M1V, M2V)', bytes([0, 0, 1, 0xb3, 0x14])],
  ['H.264/H.265 (Annex B)', bytes([0, 0, 0, 1, 0x67, 0x42])],
  ['H.264/H.265 (Annex B)', bytes([0, 0, 0, 1, 0x40, 0x01, 0x0c])],
  // The encoder's supplemental messages come first.
  ['H.264/H.265 (Annex B)', bytes([0, 0, 0, 1, 0x06, 0x05, 0xff])],
  ['Ogg (OGV)', bytes('OggS', new Array<number>(24).fill(0), [0x80], 'theora')],
  ['RealMedia (RM, RMVB)', bytes('.RMF', [0, 0, 0, 0x12])],
  ['MXF', bytes([0x06, 0x0e, 0x2b, 0x34, 0x02, 0x05, 0x01, 0x01])],
  ['YUV4MPEG (Y4M)', bytes('YUV4MPEG2 W64 H48')],
  ['Motion JPEG without a container (MJPEG)', bytes(...JPEG, ...JPEG, ...JPEG)],
] as const)('knows %s', async (name, file) => {
  expect(await foreignContainer(file)).toEqual({ name, hasPicture: true });
});

it.each([
  ['MP3', bytes([0xff, 0xfb, 0x90, 0x64])],
  ['MP3 with a tag', bytes('ID3', [4, 0, 0])],
  ['AAC', bytes([0xff, 0xf1, 0x50, 0x80])],
  ['WAV', bytes('RIFF', [0x24, 0xff, 0x0d, 0x0a], 'WAVEfmt ')],
  ['FLAC', bytes('fLaC', [0, 0, 0, 0x22])],
  ['Ogg with Opus', bytes('OggS', new Array<number>(24).fill(0), 'OpusHead')],
  ['WMA', bytes(ASF, new Array<number>(500).fill(0))],
  ['FLV without pictures', bytes('FLV', [1, 4, 0, 0, 0, 9])],
] as const)('knows that %s is sound alone', async (_, file) => {
  expect(await foreignContainer(file)).toMatchObject({ hasPicture: false });
});

it.each([
  ['an MP4', bytes([0, 0, 0, 0x20], 'ftypisom')],
  ['a Matroska file', bytes([0x1a, 0x45, 0xdf, 0xa3])],
  ['a transport stream', bytes([0x47, 0x40, 0x11, 0x10])],
  ['a photo with a smaller one behind it', bytes(...JPEG, ...JPEG)],
  ['a photo that lists others behind it', bytes([0xff, 0xd8, 0xff, 0xe2, 0, 6], 'MPF', [0], ...JPEG, ...JPEG, ...JPEG)],
  ['a text in UTF-16', bytes([0xff, 0xfe, 0x41, 0])],
  ['zeros', bytes(new Array<number>(200).fill(0))],
  ['a text', bytes('Notes, RIFF and FLV')],
  ['nothing', bytes()],
] as const)('takes %s for none', async (_, file) => {
  expect(await foreignContainer(file)).toBeNull();
});
