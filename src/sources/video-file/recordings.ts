import { byteText } from '../byte-text';
import { oncePerFile } from '../once-per-file';
import { readBytes } from '../read-bytes';
import { matroskaEnd } from './ebml';
import { FILE_TYPE_BOX, filmStart, FURTHEST_START } from './film-start';
import { FileWindow } from './file-window';
import { foreignContainer } from './foreign-containers';
import { BOX_WINDOW_BYTES, readBox, walkBoxes } from './iso-boxes';
import { pictureChange } from './picture-change';
import { transportEnd } from './salvage-transport-stream';

/** Maximum size of the box with brands at the start of an MP4: at least eight bytes, at most some hundred brands. */
const MOST_FILE_TYPE_BYTES = 1024;
const SEARCH_BYTES = 1 << 20;

/**
 * Splits a file into its recordings; most files hold one. Bytes before the first are left out. Concatenated AVIs, and transport streams
 * whose pictures keep their packet id and codec, can be read on and count as one.
 */
export const recordingsIn = oncePerFile(split);

async function split(file: Blob): Promise<readonly Blob[]> {
  const start = filmStart(byteText(await new FileWindow(file, FURTHEST_START).read(0, FURTHEST_START)));
  if (start < 0) return [file];
  const window = new FileWindow(file, BOX_WINDOW_BYTES);
  const starts: number[] = [];
  for (let at: number | null = start; at !== null; ) {
    starts.push(at);
    const end: number = (await recordingEnd(file, window, at)) ?? file.size;
    at = end < file.size && (await beginsFilm(file, end)) ? end : null;
  }
  return starts.length === 1 && start === 0 ? [file] : starts.map((from, i) => file.slice(from, starts[i + 1]));
}

/** Whether a film of any kind begins here, including unsupported ones. */
async function beginsFilm(file: Blob, at: number): Promise<boolean> {
  const rest = file.slice(at);
  return filmStart(byteText(await readBytes(rest, 0, BOX_WINDOW_BYTES))) === 0 || (await foreignContainer(rest))?.hasPicture === true;
}

/** Null: the end of the file, as far as is known. */
async function recordingEnd(file: Blob, window: FileWindow, start: number): Promise<number | null> {
  const head = byteText(await window.read(start, 12));
  if (/^RIFF[^]{4}AVI /.test(head)) return riffEnd(window, start);
  if (head.startsWith('\x1a\x45\xdf\xa3')) return matroskaEnd(window, start);
  return (await isFileType(window, start)) ? isoEnd(window, start) : streamEnd(file, start);
}

/** End of a transport stream: where its pictures change to ones that the demuxer would not read, or its packets end. */
async function streamEnd(file: Blob, start: number): Promise<number | null> {
  const end = await transportEnd(file, start);
  const change = await pictureChange(file.slice(start, end ?? file.size));
  return change === null ? end : start + change;
}

/** End of an AVI, with all parts that continue it, and further AVIs. */
async function riffEnd(window: FileWindow, start: number): Promise<number> {
  let offset = start;
  for (;;) {
    const head = await window.read(offset, 12);
    if (!/^RIFF[^]{4}AVI[ X]/.test(byteText(head))) return offset;
    const bytes = new DataView(head.buffer, head.byteOffset).getUint32(4, true);
    offset += 8 + bytes + (bytes % 2);
  }
}

/** End of an MP4: where the next one begins, or something other than its boxes. */
async function isoEnd(window: FileWindow, start: number): Promise<number | null> {
  let before = start;
  for await (const { offset, box } of walkBoxes(window, start)) {
    if (box?.type === 'ftyp' && offset > start) return offset;
    if (box && box.end <= window.size) {
      before = offset;
      continue;
    }
    // A truncated recording: its last box, this one or the one before, covers the beginning of the next.
    const next = await nextFileType(window, (box ? offset : before) + 8);
    return next < 0 && !box ? offset : next < 0 ? null : next;
  }
  return null;
}

async function nextFileType(window: FileWindow, from: number): Promise<number> {
  for (let offset = from; offset < window.size; offset += SEARCH_BYTES) {
    // Blocks overlap, so a match at the seam is found in one of them.
    const text = new TextDecoder('latin1').decode(await window.read(offset, SEARCH_BYTES + 8));
    for (let at = text.indexOf('ftyp', 4); at >= 0; at = text.indexOf('ftyp', at + 1)) if (await isFileType(window, offset + at - 4)) return offset + at - 4;
  }
  return -1;
}

/** Whether an MP4's first box is here, with another after it. */
async function isFileType(window: FileWindow, at: number): Promise<boolean> {
  const head = await window.read(at, 12);
  if (byteText(head).search(FILE_TYPE_BOX) !== 0) return false;
  const box = await readBox(window, at);
  if (!box || box.end - at < 12 || box.end - at > MOST_FILE_TYPE_BYTES) return false;
  return (await readBox(window, box.end)) !== null;
}
