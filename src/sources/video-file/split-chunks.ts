import { boxesIn, typeOf, viewOf } from './iso-boxes';

/**
 * An MP4's table of contents with small chunks. Files without sound may hold a million bytes of frames in each chunk: of a still scene
 * some ten thousand frames, which the demuxer counts through anew for every one of them.
 */

/** Maximum chunk size, in frames, without a noticeable cost. */
const MOST_SAMPLES = 512;
/** Size of the new chunks. */
const SAMPLES_EACH = 32;
const CONTAINERS = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl']);

/**
 * @param moov the whole box.
 * @returns null if no chunk is large, or the tables do not agree.
 */
export function withSmallChunks(moov: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  try {
    const rebuilt = rebuild(moov);
    return rebuilt === moov ? null : rebuilt;
  } catch (error) {
    // A field beyond the end of its table: the demuxer reports the damage.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Returns the same box if nothing in it changes. */
function rebuild(box: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const children = childrenOf(box);
  const own = typeOf(box);
  const next = own === 'stbl' ? splitTables(children) : children.map((child) => (CONTAINERS.has(typeOf(child)) ? rebuild(child) : child));
  return next.every((child, i) => child === children[i]) ? box : boxOf(own, next);
}

function splitTables(children: readonly Uint8Array<ArrayBuffer>[]): readonly Uint8Array<ArrayBuffer>[] {
  const of = (type: string) => children.find((child) => typeOf(child) === type);
  const [toChunk, sizes, offsets] = [of('stsc'), of('stsz'), of('stco') ?? of('co64')];
  if (!toChunk || !sizes || !offsets) return children;
  const starts = chunkStarts(toChunk, viewOf(offsets).getUint32(12));
  const largest = starts.reduce((most, { samples }) => Math.max(most, samples), 0);
  if (largest <= MOST_SAMPLES) return children;
  const { table, places } = split(starts, viewOf(sizes), offsets);
  return children.map((child) => (child === toChunk ? table : child === offsets ? places : child));
}

interface Chunk {
  readonly samples: number;
  readonly description: number;
}

/** Number of samples and sample description of every chunk. */
function chunkStarts(toChunk: Uint8Array<ArrayBuffer>, count: number): Chunk[] {
  const view = viewOf(toChunk);
  const entries = view.getUint32(12);
  const chunks: Chunk[] = [];
  for (let i = 0; i < entries; i++) {
    const at = 16 + 12 * i;
    const end = i + 1 < entries ? view.getUint32(at + 12) - 1 : count;
    const chunk = { samples: view.getUint32(at + 4), description: view.getUint32(at + 8) };
    if (end > count) throw new RangeError('more chunks than places');
    while (chunks.length < end) chunks.push(chunk);
  }
  return chunks;
}

function split(chunks: readonly Chunk[], sizes: DataView, offsets: Uint8Array<ArrayBuffer>) {
  const [fixedSize, sampleCount] = [sizes.getUint32(12), sizes.getUint32(16)];
  const places = viewOf(offsets);
  const isLong = typeOf(offsets) === 'co64';
  const parts: (Chunk & { readonly place: number })[] = [];
  let sample = 0;
  chunks.forEach(({ samples, description }, i) => {
    let place = isLong ? Number(places.getBigUint64(16 + 8 * i)) : places.getUint32(16 + 4 * i);
    for (let left = Math.min(samples, sampleCount - sample); left > 0; left -= SAMPLES_EACH) {
      const own = Math.min(SAMPLES_EACH, left);
      parts.push({ samples: own, description, place });
      for (let k = 0; k < own; k++, sample++) place += fixedSize > 0 ? fixedSize : sizes.getUint32(20 + 4 * sample);
    }
  });
  const runs = parts.flatMap((part, i) => (parts[i - 1]?.samples === part.samples && parts[i - 1]?.description === part.description ? [] : [{ ...part, first: i + 1 }]));
  const table = new DataView(new ArrayBuffer(8 + 12 * runs.length));
  table.setUint32(4, runs.length);
  runs.forEach(({ first, samples, description }, i) => [first, samples, description].forEach((value, k) => table.setUint32(8 + 12 * i + 4 * k, value)));
  const long = new DataView(new ArrayBuffer(8 + 8 * parts.length));
  long.setUint32(4, parts.length);
  parts.forEach(({ place }, i) => long.setBigUint64(8 + 8 * i, BigInt(place)));
  return { table: boxOf('stsc', [new Uint8Array(table.buffer)]), places: boxOf('co64', [new Uint8Array(long.buffer)]) };
}

function childrenOf(box: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  const children = [...boxesIn(box)];
  const end = children.reduce((sum, { length }) => sum + length, 8);
  if (end + 8 <= box.length) throw new RangeError('a box of no size');
  return children;
}

function boxOf(type: string, parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8 + parts.reduce((sum, { length }) => sum + length, 0));
  viewOf(bytes).setUint32(0, bytes.length);
  bytes.set(new TextEncoder().encode(type), 4);
  let at = 8;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
