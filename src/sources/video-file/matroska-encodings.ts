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

/** Why the demuxer lists no video of an MKV: its frames are encoded beyond their codec, or all tracks are others; null: neither is known. */
export async function videoEncoding(file: Blob): Promise<'encrypted' | 'compressed' | 'no-video' | null> {
  const window = new FileWindow(file, 1 << 16);
  const header = await readElement(window, 0);
  const segment = header?.id === FILE_HEADER && header.end !== null ? await readElement(window, header.end) : null;
  if (segment?.id !== SEGMENT) return null;
  const tracks = await childOf(window, { ...segment, end: segment.end ?? file.size }, TRACKS);
  let others = 0;
  let videos = 0;
  for await (const track of tracks ? childrenOf(window, tracks) : []) {
    const type = track.id === TRACK ? await childOf(window, track, TRACK_TYPE) : null;
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
