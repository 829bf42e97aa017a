/** Lines of a JSON file with several sessions, which stand between them as each stands in its own file. No session has such a line. */
export const LIST = { open: '[\n', between: ',\n', close: ']\n' } as const;

const NEWLINE = 10;
const COMMA = 44;
const BRACKET = 93;

/** The sessions of a file that `combinedJsonParts` wrote, each as a file of its own; of any other file, the file itself. */
export async function* sessionsIn(file: Blob): AsyncGenerator<Blob> {
  if ((await file.slice(0, LIST.open.length).text()) !== LIST.open) {
    yield file;
    return;
  }
  const reader = file.stream().getReader();
  let from: number = LIST.open.length;
  let place = 0;
  /** The two bytes before. */
  let earlier = 0;
  let before = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      for (const byte of value) {
        place += 1;
        // A line that is a comma, or the bracket at the end.
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
  // The file ends early: what is left of its last session says where it is damaged.
  if (from < file.size) yield file.slice(from);
}
