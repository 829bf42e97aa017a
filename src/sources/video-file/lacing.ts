/** Block flags for several frames in one block (RFC 9559, 10.3). Two bits: none, Xiph, fixed size, EBML. */
export const LACED = 0x06;
const XIPH = 0x02;
const ONE_SIZE = 0x04;

/** Offset of a block's flags, after its track number and time. */
export function flagsOffset(block: Uint8Array): number {
  return Math.clz32(block[0] ?? 0) - 23 + 2;
}

/**
 * Whether a laced block's frames fit into it. If not, its flags are damaged, and demuxers cannot parse the rest.
 *
 * @param block complete, from its track number on.
 */
export function lacesFit(block: Uint8Array): boolean {
  const flags = flagsOffset(block);
  const kind = (block[flags] ?? 0) & LACED;
  const frames = (block[flags + 1] ?? 0) + 1;
  let at = flags + 2;
  if (kind === ONE_SIZE) return at < block.length && (block.length - at) % frames === 0;
  let sum = 0;
  let size = 0;
  for (let frame = 0; frame < frames - 1; frame++) {
    if (kind === XIPH) {
      size = 0;
      while (block[at] === 0xff) size += block[at++] ?? 0;
      size += block[at++] ?? 0;
    } else {
      const length = Math.clz32(block[at] ?? 0) - 23;
      if (length > 8 || at + length > block.length) return false;
      const value = block.subarray(at, at + length).reduce((all, byte, i) => all * 256 + (i === 0 ? byte & (0xff >> length) : byte), 0);
      // The first is a size, the others signed differences from the one before.
      size = frame === 0 ? value : size + value - (2 ** (7 * length - 1) - 1);
      at += length;
    }
    if (size < 0 || at > block.length) return false;
    sum += size;
  }
  return at + sum < block.length;
}
