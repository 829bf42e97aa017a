/** Begins every key, so that bundlers do not make each a named export. */
const NO_NAME = '.';

const keys = new Map<string, string>();

/** Short key of an English text, which replaces the text in the catalogues that are served. A test checks that no two texts share one. */
export function messageKey(english: string): string {
  let key = keys.get(english);
  if (key === undefined) keys.set(english, (key = NO_NAME + hash(english, 0x811c9dc5) + hash(english, 0x9747b28c)));
  return key;
}

/** FNV-1a from a given start: the upper 20 of its 32 bits in base 36. */
function hash(text: string, start: number): string {
  let bits = start;
  for (let i = 0; i < text.length; i++) bits = Math.imul(bits ^ text.charCodeAt(i), 0x01000193);
  return (bits >>> 12).toString(36).padStart(4, '0');
}
