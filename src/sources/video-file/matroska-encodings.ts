import { byteText } from '../byte-text';
import { CLUSTER, FILE_HEADER, readElement, readUnsigned, SEGMENT, type Element } from './ebml';
import { FileWindow } from './file-window';

/** Element ids (RFC 9559). */
const TRACKS = 0x1654ae6b;
const TRACK = 0xae;
const TRACK_TYPE = 0x83;
const VIDEO = 1;
const ENCODINGS = [0x6d80, 0x6240];
const ENCODING_TYPE = 0x5033;
const ENCRYPTION = 1;

const TRACK_NUMBER = 0xd7;
const CODEC_PRIVATE = 0x63a2;
/** Place of the four-character code in the codec's private data. */
const FOURCC_AT = 16;

/** Codec id of tracks in the manner of AVI (Video for Windows), whose private data names the codec. */
export const VFW_CODEC_ID = 'V_MS/VFW/FOURCC';

/** Four-character code of such a track; '' if unknown. */
export async function vfwCodec(file: Blob, trackNumber: number): Promise<string> {
  const window = new FileWindow(file, 1 << 16);
  for await (const track of tracksIn(window)) {
    const number = await childOf(window, track, TRACK_NUMBER);
    if (!number || (await valueOf(window, number)) !== trackNumber) continue;
    const header = await childOf(window, track, CODEC_PRIVATE);
    const isWhole = header !== null && header.end !== null && header.end - header.start >= FOURCC_AT + 4;
    return isWhole ? byteText(await window.read(header.start + FOURCC_AT, 4)) : '';
  }
  return '';
}

/** Why the demuxer lists no video of an MKV: its frames are encoded beyond their codec, or all tracks are others; null: neither is known. */
export async function videoEncoding(file: Blob): Promise<'encrypted' | 'compressed' | 'no-video' | null> {
  const window = new FileWindow(file, 1 << 16);
  let others = 0;
  let videos = 0;
  for await (const track of tracksIn(window)) {
    const type = await childOf(window, track, TRACK_TYPE);
    if (!type) continue;
    if ((await valueOf(window, type)) !== VIDEO) {
      others++;
      continue;
    }
    videos++;
    let encoding: Element | null = track;
    for (const id of ENCODINGS) encoding = encoding && (await childOf(window, encoding, id));
    if (!encoding) continue;
    const kind = await childOf(window, encoding, ENCODING_TYPE);
    return kind && (await valueOf(window, kind)) === ENCRYPTION ? 'encrypted' : 'compressed';
  }
  return others > 0 && videos === 0 ? 'no-video' : null;
}

async function* tracksIn(window: FileWindow): AsyncGenerator<Element, void, undefined> {
  const header = await readElement(window, 0);
  const segment = header?.id === FILE_HEADER && header.end !== null ? await readElement(window, header.end) : null;
  if (segment?.id !== SEGMENT) return;
  const tracks = await childOf(window, { ...segment, end: segment.end ?? window.size }, TRACKS);
  for await (const track of tracks ? childrenOf(window, tracks) : []) if (track.id === TRACK) yield track;
}

/** Up to the first frames, and the first element without a size. */
async function* childrenOf(window: FileWindow, { start, end }: Element): AsyncGenerator<Element, void, undefined> {
  for (let offset = start; offset < Math.min(end ?? 0, window.size); ) {
    const child = await readElement(window, offset);
    if (!child || child.end === null || child.id === CLUSTER) return;
    yield child;
    offset = child.end;
  }
}

async function childOf(window: FileWindow, parent: Element, id: number): Promise<Element | null> {
  for await (const child of childrenOf(window, parent)) if (child.id === id) return child;
  return null;
}

function valueOf(window: FileWindow, { start, end }: Element): Promise<number> {
  return readUnsigned(window, start, end ?? start);
}
