import { unitsBehindLengths, unitsOf } from './annex-b';
import { bytesOf } from './decoder-config';

/** Of an H.264 unit: a slice of no IDR frame, on which no frame builds (ITU-T H.264, 7.3.1). */
const UNUSED_SLICE = 0x01;
const SUPPLEMENT = 6;
const DELIMITER = 9;
const FILLER = 12;

/** The same of H.265 (ITU-T H.265, table 7-1): types of slices below 32; of those up to 14 the even ones are built on by no frame of their layer. */
const H265_FIRST_OTHER = 32;
const H265_LAST_UNUSED = 14;
const H265_DELIMITER = 35;
const H265_FILLER = 38;
const H265_SUPPLEMENTS = [39, 40];
/** In its description (ISO/IEC 14496-15): layers of time, and bytes of a length. */
const H265_LAYERS_AT = 21;

/**
 * Whether surely no other frame builds on a packet's, as the headers of its units tell: decoding can go on without it. False too where
 * they cannot be read, as their packet may be damaged, and of other codecs, of which each frame carries statistics for the next.
 */
export function isDisposable(data: Uint8Array, { codec, description }: Pick<VideoDecoderConfig, 'codec' | 'description'>): boolean {
  const own = description ? bytesOf(description) : null;
  if (codec.startsWith('avc')) return isDisposableH264([...unitsOf(data, own)]);
  if (/^(hev|hvc)/.test(codec) && own) return isDisposableH265(data, own[H265_LAYERS_AT] ?? 0);
  return false;
}

function isDisposableH264(units: readonly Uint8Array[]): boolean {
  const headers = units.map(([header = 0]) => header);
  return headers.includes(UNUSED_SLICE) && headers.every((header) => header === UNUSED_SLICE || [SUPPLEMENT, DELIMITER, FILLER].includes(header & 0x1f));
}

function isDisposableH265(data: Uint8Array, layersAndLength: number): boolean {
  const layers = (layersAndLength >> 3) & 7;
  const units = [...unitsBehindLengths(data, (layersAndLength & 3) + 1)].map(([first = 0, second = 0]) => ({ type: first >> 1, layer: second & 7 }));
  const slices = units.filter(({ type }) => type < H265_FIRST_OTHER);
  // A layer of time above may build on it.
  const unused = slices.every(({ type, layer }) => type <= H265_LAST_UNUSED && type % 2 === 0 && layer === layers);
  const others = units.every(({ type }) => type < H265_FIRST_OTHER || [H265_DELIMITER, H265_FILLER, ...H265_SUPPLEMENTS].includes(type));
  return slices.length > 0 && unused && others;
}
