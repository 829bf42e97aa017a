import { MOST_IN_ONE_PIECE } from './session-import/json-lines';

/** Lines that enclose and separate the sessions in a combined JSON file. No session contains such a line. */
export const LIST = { open: '[\n', between: ',\n', close: ']\n' } as const;

/** Start of a list in Mien's own layout; other programs break lines elsewhere. */
const OWN_START = `${LIST.open}{"session":`;
const START_LENGTH = 64;

const NEWLINE = 10;
const COMMA = 44;
const BRACKET = 93;

/** Splits a file that `combinedJsonParts` wrote into one file per session; yields any other file unchanged. */
export async function* sessionsIn(file: Blob): AsyncGenerator<Blob> {
  const start = await file.slice(0, START_LENGTH).text();
  if (!start.startsWith(OWN_START) || (await file.slice(0, 1).text()) !== '[') {
    yield* /^\s*\[/.test(start) && file.size <= MOST_IN_ONE_PIECE ? await reformatted(file) : [file];
    return;
  }
  const reader = file.stream().getReader();
  let from: number = LIST.open.length;
  let place = 0;
  /** The two preceding bytes. */
  let earlier = 0;
  let before = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      for (const byte of value) {
        place += 1;
        // A line that consists of a comma or the closing bracket.
        if (byte === NEWLINE && earlier === NEWLINE && (before === COMMA || before === BRACKET)) {
          yield file.slice(from, place - 2);
          from = place;
        }
        earlier = before;
        before = byte;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  // Truncated file: importing the rest of its last session reports the damage.
  if (from < file.size) yield file.slice(from);
}

/** The sessions of a list that another program reformatted; the file itself if it holds no sessions. */
async function reformatted(file: Blob): Promise<readonly Blob[]> {
  const list: unknown = await file.text().then(JSON.parse).catch(() => null);
  const isList = Array.isArray(list) && list.length > 0 && list.every((each: unknown) => typeof each === 'object' && each !== null && 'results' in each);
  return isList ? list.map((each) => new Blob([JSON.stringify(each)])) : [file];
}
