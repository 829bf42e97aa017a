/** Common names of codecs, by the identifiers in containers, in lower case. */
const NAMES: readonly (readonly [name: string, ids: readonly string[]])[] = [
  ['H.264', ['avc', 'avc1', 'h264', 'x264', 'davc']],
  ['H.265 (HEVC)', ['hevc', 'hvc1', 'hev1', 'h265', 'x265']],
  ['VP8', ['vp8', 'vp80']],
  ['VP9', ['vp9', 'vp90']],
  ['AV1', ['av1', 'av01']],
  ['ProRes', ['prores']],
  ['Motion JPEG', ['mjpg', 'jpeg', 'mjpa', 'mjpb', 'avrn', 'v_mjpeg', 'image/jpeg']],
  ['PNG', ['png ', 'mpng', 'image/png']],
  ['MPEG-4 Part 2 (Xvid, DivX)', ['xvid', 'divx', 'dx50', 'fmp4', 'mp4v', 'mp4s', 'm4s2', '3iv2', 'v_mpeg4/iso/asp', 'v_mpeg4/iso/sp', 'v_mpeg4/iso/ap']],
  ['MS MPEG-4 (DivX 3)', ['div3', 'div4', 'mp41', 'mp42', 'mp43', 'mpg4', 'v_mpeg4/ms/v3']],
  ['MPEG-1', ['mpg1', 'mpeg', 'v_mpeg1']],
  ['MPEG-2', ['mpg2', 'mp2v', 'm2v1', 'v_mpeg2']],
  ['Windows Media Video', ['wmv1', 'wmv2', 'wmv3', 'wvc1']],
  ['H.263', ['h263', 's263', 'u263', 'i263']],
  ['DV', ['dvsd', 'dvhd', 'dv25', 'dvc ', 'dvcp', 'cdvc']],
  ['Cinepak', ['cvid']],
  ['Indeo', ['iv31', 'iv32', 'iv41', 'iv50']],
  ['Huffyuv', ['hfyu', 'ffvh']],
  ['FFV1', ['ffv1', 'v_ffv1']],
  ['DNxHD', ['avdn', 'avdh', 'v_dnxhd']],
  ['CineForm', ['cfhd']],
  ['JPEG 2000', ['mjp2', 'mj2c']],
  ['QuickTime Animation', ['rle ', 'rle']],
  ['H.266 (VVC)', ['vvc1', 'vvi1', 'v_mpegi/iso/vvc']],
  ['Theora', ['theo', 'v_theora']],
  ['uncompressed video', ['\0\0\0\0', 'dib ', 'rgb ', 'raw ', 'yuy2', 'yv12', 'i420', 'uyvy', '2vuy', 'yuvs', 'nv12', 'v210', 'v_uncompressed']],
];

const BY_ID = new Map(NAMES.flatMap(([name, ids]) => ids.map((id) => [id, name] as const)));

/** The codec's common name; an unknown identifier is quoted, as far as it is readable. */
export function codecName(id: string): string {
  const known = BY_ID.get(id.toLowerCase());
  if (known !== undefined) return known;
  const readable = id.replace(/[^\x21-\x7e]/g, '').slice(0, 32);
  return readable === '' ? 'its codec' : `the codec “${readable}”`;
}
