import { byteText } from '../byte-text';
import { FILE_TYPE_BOX, filmStart, FURTHEST_START } from './film-start';
import { FileWindow } from './file-window';
import { BOX_WINDOW_BYTES, readBox } from './iso-boxes';

/** Length of the box with the brands that begins an MP4: eight bytes at least, some hundred brands at most. */
const MOST_FILE_TYPE_BYTES = 1024;
const SEARCH_BYTES = 1 << 20;

/**
 * The recordings that a file holds, one after the other: most hold one. Bytes before the first are left out. MP4s that were joined
 * byte by byte are told apart here, since each has its own table of frames; other containers are read on by their own readers.
 */
export async function recordingsIn(file: Blob): Promise<readonly Blob[]> {
  const window = new FileWindow(file, FURTHEST_START);
  const start = filmStart(byteText(await window.read(0, FURTHEST_START)));
  if (start < 0) return [file];
  const starts = (await isFileType(window, start)) ? await isoStarts(new FileWindow(file, BOX_WINDOW_BYTES), start) : [start];
  return starts.length === 1 && start === 0 ? [file] : starts.map((from, i) => file.slice(from, starts[i + 1]));
}

/** Where each MP4 begins. */
async function isoStarts(window: FileWindow, start: number): Promise<number[]> {
  const starts = [start];
  let before = start;
  for (let offset = start; offset + 8 <= window.size; ) {
    const box = await readBox(window, offset);
    if (box?.type === 'ftyp' && offset > start) starts.push(offset);
    if (box && box.end <= window.size) {
      before = offset;
      offset = box.end;
      continue;
    }
    // A recording that was cut short: its last box, this one or the one before, has swallowed the beginning of the next.
    const next = await nextFileType(window, (box ? offset : before) + 8);
    if (next < 0) break;
    offset = next;
  }
  return starts;
}

async function nextFileType(window: FileWindow, from: number): Promise<number> {
  for (let offset = from; offset < window.size; offset += SEARCH_BYTES) {
    // Those at the seam are found in one of two blocks.
    const text = new TextDecoder('latin1').decode(await window.read(offset, SEARCH_BYTES + 8));
    for (let at = text.indexOf('ftyp', 4); at >= 0; at = text.indexOf('ftyp', at + 1)) if (await isFileType(window, offset + at - 4)) return offset + at - 4;
  }
  return -1;
}

/** Whether the box that begins an MP4 stands here, with another behind it. */
async function isFileType(window: FileWindow, at: number): Promise<boolean> {
  const head = await window.read(at, 12);
  if (byteText(head).search(FILE_TYPE_BOX) !== 0) return false;
  const box = await readBox(window, at);
  if (!box || box.end - at < 12 || box.end - at > MOST_FILE_TYPE_BYTES) return false;
  return (await readBox(window, box.end)) !== null;
}
