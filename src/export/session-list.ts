/** Lines that enclose and separate the sessions in a combined JSON file. No session contains such a line. */
export const LIST = { open: '[\n', between: ',\n', close: ']\n' } as const;

const NEWLINE = 10;
const COMMA = 44;
const BRACKET = 93;

/** Splits a file that `combinedJsonParts` wrote into one file per session; yields any other file unchanged. */
export async function* sessionsIn(file: Blob): AsyncGenerator<Blob> {
  if ((await file.slice(0, LIST.open.length).text()) !== LIST.open) {
    yield file;
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
