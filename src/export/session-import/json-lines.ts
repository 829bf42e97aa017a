import { MienError } from '../../engine/errors';

/** Lines around the frames (one per line) in a file that Mien wrote. */
const FIRST = '"results":[';
const LAST = '],';
/** Size limit in bytes for files reformatted by another program, which are parsed in one blocking call. */
export const MOST_IN_ONE_PIECE = 64_000_000;

/** A session's file as JSON values: each frame, then the whole with an empty `results`. */
export type FilePart = { readonly frame: unknown } | { readonly envelope: unknown };

/**
 * Reads a session's file piece by piece, so that an hour needs little memory and no long task.
 *
 * @param onRead called with the number of bytes read.
 * @throws MienError of kind `session-file`.
 */
export async function* readFileParts(file: Blob, onRead: (bytes: number) => void): AsyncGenerator<FilePart> {
  let place: 'before' | 'within' | 'after' = 'before';
  const around: string[] = [];
  let frames = 0;
  for await (const line of linesOf(file, onRead)) {
    if (place === 'before' && line === FIRST) place = 'within';
    else if (place === 'within' && line === LAST) place = 'after';
    else if (place === 'within') {
      if (line !== '') yield { frame: parse(line.replace(/,$/, ''), `results[${frames++}]`) };
      continue;
    }
    around.push(line);
  }
  if (place === 'within') throw new MienError('session-file', 'damaged', `results[${frames}]`);
  if (place === 'after') {
    yield { envelope: parse(around.join('\n'), 'session') };
    return;
  }
  if (file.size > MOST_IN_ONE_PIECE) throw new MienError('session-file', 'foreign');
  yield* wholeParts(around.join('\n'));
}

/** Parts of a file that another program reformatted. */
function* wholeParts(text: string): Generator<FilePart> {
  const value = parse(text, null);
  if (typeof value !== 'object' || value === null) throw new MienError('session-file', 'foreign');
  if (isPictures(value)) throw new MienError('session-file', 'pictures');
  const { results, ...envelope } = value as { readonly results?: unknown };
  if (!Array.isArray(results)) throw new MienError('session-file', 'foreign');
  for (const frame of results as readonly unknown[]) yield { frame };
  yield { envelope };
}

/** Whether this is Mien's export of one picture or a list of them. */
function isPictures(value: object): boolean {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'object' && first !== null && 'file' in first && 'faces' in first;
}

/** @param where the piece's place in Mien's own layout; null if the text is a whole file of unknown origin. */
function parse(text: string, where: string | null): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (where !== null || text.startsWith('{"session":')) throw new MienError('session-file', 'damaged', where ?? 'session', error);
    throw new MienError('session-file', 'not-json', '', error);
  }
}

async function* linesOf(file: Blob, onRead: (bytes: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = file.stream().getReader();
  let rest = '';
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const lines = (rest + decoder.decode(value, { stream: !done })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
      if (done) break;
      onRead((bytes += value.length));
    }
    if (rest !== '') yield rest;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
