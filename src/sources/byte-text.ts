/** Bytes as a string of one character each, for matching. */
export function byteText(bytes: Uint8Array): string {
  let text = '';
  // Number of arguments that is safe in every browser.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}
