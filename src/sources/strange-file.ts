/** Kind of a file without a picture or film that often has the name of one. */
export interface StrangeFile {
  readonly reason: 'archive' | 'web-page' | 'resource-fork';
  /** Kind of an archive. */
  readonly detail: string;
}

/** First bytes, one character each. */
const KINDS: readonly (StrangeFile & { readonly start: RegExp })[] = [
  // AppleSingle and AppleDouble: macOS metadata on foreign disks, in files named "._" and the original name.
  { reason: 'resource-fork', detail: '', start: /^\x00\x05\x16[\x00\x07]/ },
  { reason: 'archive', detail: 'ZIP', start: /^PK(?:\x03\x04|\x05\x06|\x07\x08)/ },
  { reason: 'archive', detail: 'RAR', start: /^Rar!\x1a\x07/ },
  { reason: 'archive', detail: '7z', start: /^7z\xbc\xaf\x27\x1c/ },
  { reason: 'archive', detail: 'gzip', start: /^\x1f\x8b\x08/ },
  { reason: 'archive', detail: 'xz', start: /^\xfd7zXZ\x00/ },
  { reason: 'archive', detail: 'bzip2', start: /^BZh[1-9]\x31\x41\x59\x26/ },
  { reason: 'archive', detail: 'tar', start: /^[^]{257}ustar/ },
  { reason: 'web-page', detail: '', start: /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)?<(?:!doctype\s+html|html|head|body)[\s>]/i },
];

/**
 * Recognises a file by its content; null if unknown.
 *
 * @param start its first bytes, a kilobyte or more, one character each.
 */
export function strangeFile(start: string): StrangeFile | null {
  return KINDS.find((kind) => kind.start.test(start)) ?? null;
}
