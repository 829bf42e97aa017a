import { MienError } from '../engine/errors';
import { MAX_BYTES } from '../sources/picture';

/** Characters decoded per task, about 8 ms; a multiple of four. */
const PIECE = 1 << 20;

/**
 * Decodes a data URI (RFC 2397), base64 or percent-encoded. Avoids `fetch`, which a page's content security policy
 * may forbid for `data:`. Drops the media type, since openers sniff the bytes.
 *
 * @throws `call/wrong-type` if it is no data URI, `image/too-large`, `image/damaged` (broken base64).
 */
export async function readDataUri(uri: string): Promise<Blob> {
  const comma = uri.indexOf(',');
  const head = uri.slice(0, Math.max(0, comma)).toLowerCase();
  if (!head.startsWith('data:')) throw new MienError('call', 'wrong-type', 'a text that is no data: URI');
  const isBase64 = head.endsWith(';base64');
  if ((uri.length - comma) * (isBase64 ? 0.75 : 1 / 3) > MAX_BYTES) throw new MienError('image', 'too-large', 'data URI');
  const body = uri.slice(comma + 1);
  return isBase64 ? fromBase64(body.includes('%') ? decodeText(body) : body) : new Blob([percentDecoded(body)]);
}

async function fromBase64(text: string): Promise<Blob> {
  // Pieces must start at a group of four characters.
  const packed = /\s/.test(text) ? text.replaceAll(/\s+/g, '') : text;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < packed.length; at += PIECE) {
    // Yields to the page between pieces.
    if (at > 0) await new Promise((resolve) => setTimeout(resolve));
    parts.push(decodePiece(packed.slice(at, at + PIECE)));
  }
  return new Blob(parts);
}

function decodePiece(text: string): Uint8Array<ArrayBuffer> {
  let latin: string;
  try {
    latin = atob(text);
  } catch (error) {
    throw new MienError('image', 'damaged', 'base64', error);
  }
  const bytes = new Uint8Array(latin.length);
  for (let i = 0; i < latin.length; i++) bytes[i] = latin.charCodeAt(i);
  return bytes;
}

function decodeText(text: string): string {
  return new TextDecoder('latin1').decode(percentDecoded(text));
}

/** A % not followed by two hexadecimal digits stays literal. */
function percentDecoded(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(text);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const code = bytes[i] === 0x25 ? hexByte(bytes[i + 1], bytes[i + 2]) : null;
    bytes[length++] = code ?? bytes[i] ?? 0;
    if (code !== null) i += 2;
  }
  return bytes.slice(0, length);
}

function hexByte(high: number | undefined, low: number | undefined): number | null {
  const digits = String.fromCharCode(high ?? 0, low ?? 0);
  return /^[0-9a-f]{2}$/i.test(digits) ? Number.parseInt(digits, 16) : null;
}
