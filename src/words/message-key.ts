/** Prefix of every key, which keeps bundlers from turning each key into a named export. */
const NO_NAME = '.';

const keys = new Map<string, string>();

/** Short key that replaces an English text in the served catalogues. A test checks that keys are unique. */
export function messageKey(english: string): string {
  let key = keys.get(english);
  if (key === undefined) keys.set(english, (key = NO_NAME + hash(english, 0x811c9dc5) + hash(english, 0x9747b28c)));
  return key;
}

/** FNV-1a from a given start value: the upper 20 of 32 bits in base 36. */
function hash(text: string, start: number): string {
  let bits = start;
  for (let i = 0; i < text.length; i++) bits = Math.imul(bits ^ text.charCodeAt(i), 0x01000193);
  return (bits >>> 12).toString(36).padStart(4, '0');
}
