import { byteText } from '../byte-text';
import { readBytes } from '../read-bytes';

/** A file with video or audio in an unsupported format. */
export interface ForeignContainer {
  /** Common name. */
  readonly name: string;
  readonly hasPicture: boolean;
}

/** Maximum size of a header that lists its streams. */
const HEADER_BYTES = 16 << 10;
/** Size of three pictures of a camera. */
const JPEG_STREAM_BYTES = 4 << 20;

/** Signatures in the first bytes, one character per byte; for formats that may be audio only, also a pattern for video. */
const KINDS: readonly { readonly name: string; readonly start: RegExp; readonly picture?: RegExp }[] = [
  { name: 'Flash Video (FLV)', start: /^FLV\x01/, picture: /^FLV\x01[\x01-\x03\x05-\x07]/ },
  // Identifier of a video stream in ASF.
  { name: 'Windows Media (WMV, ASF)', start: /^\x30\x26\xb2\x75\x8e\x66\xcf\x11/, picture: /\xc0\xef\x19\xbc\x4d\x5b\xcf\x11\xa8\xfd\x00\x80\x5f\x5c\x44\x2b/ },
  { name: 'MPEG-PS (MPG, VOB)', start: /^\x00\x00\x01\xba/ },
  { name: 'MPEG-1/2 (M1V, M2V)', start: /^\x00\x00\x01\xb3/ },
  { name: 'H.264/H.265 (Annex B)', start: /^(?:\x00)?\x00\x00\x01(?:[\x06\x09\x27\x47\x67]|[\x40\x42\x44\x46]\x01)/ },
  { name: 'Video CD (DAT)', start: /^RIFF[^]{4}CDXA/ },
  { name: 'Ogg (OGV)', start: /^OggS/, picture: /\x80theora|BBCD\x00|OVP80|\x01video/ },
  { name: 'RealMedia (RM, RMVB)', start: /^\.RMF/ },
  { name: 'MXF', start: /^\x06\x0e\x2b\x34\x02\x05\x01\x01/ },
  { name: 'Windows Recorded TV (WTV)', start: /^\xb7\xd8\x00\x20\x37\x49\xda\x11/ },
  { name: 'DV (DIF)', start: /^\x1f\x07\x00/ },
  { name: 'IVF', start: /^DKIF/ },
  { name: 'YUV4MPEG (Y4M)', start: /^YUV4MPEG2/ },
  { name: 'NUT', start: /^nut\/multimedia/ },
  // MP3 with and without a tag, AAC, FLAC, WAV, AIFF, AMR, CAF, RealAudio, Monkey’s Audio, MIDI.
  { name: 'sound', start: /^(?:ID3[\x02-\x04]|\xff[\xe2\xe3\xf2\xf3\xfa\xfb\xf0\xf1\xf8\xf9]|fLaC|R(?:IFF|F64)[^]{4}WAVE|FORM[^]{4}AIF|#!AMR|caff\x00|\.ra\xfd|MAC \x00|MThd)/, picture: /(?!)/ },
];

/**
 * Recognises an unsupported format by its content; null if unknown.
 *
 * @param read its first bytes, if already read.
 */
export async function foreignContainer(file: Blob, read?: Uint8Array): Promise<ForeignContainer | null> {
  const start = byteText(read?.subarray(0, HEADER_BYTES) ?? (await readBytes(file, 0, HEADER_BYTES)));
  const kind = KINDS.find((each) => each.start.test(start));
  if (kind) return { name: kind.name, hasPicture: kind.picture?.test(start) ?? true };
  return (await isJpegStream(file, start)) ? { name: 'Motion JPEG without a container (MJPEG)', hasPicture: true } : null;
}

/** Three JPEGs in a row are not a photo, unless it lists them as its own (multi-picture format). */
async function isJpegStream(file: Blob, start: string): Promise<boolean> {
  if (!start.startsWith('\xff\xd8\xff') || start.includes('MPF\0')) return false;
  const joints = byteText(await readBytes(file, 0, JPEG_STREAM_BYTES)).match(/\xff\xd9\xff\xd8\xff/g);
  return joints !== null && joints.length >= 2;
}
