import { unitsBehindLengths, unitsOf } from './annex-b';
import { bytesOf } from './decoder-config';

/** H.264 unit header: a slice of a non-IDR frame that is not a reference (ITU-T H.264, 7.3.1). */
const UNUSED_SLICE = 0x01;
const SUPPLEMENT = 6;
const DELIMITER = 9;
const FILLER = 12;

/** The same for H.265 (ITU-T H.265, table 7-1): slice types are below 32; even ones up to 14 are not references within their layer. */
const H265_FIRST_OTHER = 32;
const H265_LAST_UNUSED = 14;
const H265_DELIMITER = 35;
const H265_FILLER = 38;
const H265_SUPPLEMENTS = [39, 40];
/** Offset in its description (ISO/IEC 14496-15) of the number of temporal layers and the length size. */
const H265_LAYERS_AT = 21;

/**
 * Whether certainly no other frame depends on a packet's, by its unit headers: decoding can continue without it. False if the headers are
 * unreadable, as the packet may be damaged, and for other codecs, in which each frame carries statistics for the next.
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
  // A higher temporal layer may depend on it.
  const unused = slices.every(({ type, layer }) => type <= H265_LAST_UNUSED && type % 2 === 0 && layer === layers);
  const others = units.every(({ type }) => type < H265_FIRST_OTHER || [H265_DELIMITER, H265_FILLER, ...H265_SUPPLEMENTS].includes(type));
  return slices.length > 0 && unused && others;
}
