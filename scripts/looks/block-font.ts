/**
 * A TrueType font whose letters are blocks, so that text has the same size on every machine, regardless of fonts and
 * rasteriser. Widths approximate a common sans serif.
 */

const EM = 1000;
const ASCENT = 800;
const DESCENT = 200;

/** Widths in thousandths of an em, with their letters; other letters use the second width. The first glyph is the format's glyph for unknown letters. */
const WIDTHS: readonly (readonly [width: number, letters: string])[] = [
  [550, ''],
  [550, ''],
  [260, " iljtfI.,:;'|!()[]·’"],
  [400, 'rs-–/"“”*'],
  [680, 'ABCDEFGHKNOPQRSTUVXYZ&'],
  [850, 'mwMW%—@…'],
];

const FIRST = 0x20;
const LAST = 0x2fff;

class Writer {
  private readonly bytes: number[] = [];
  get length(): number {
    return this.bytes.length;
  }
  u16(...values: readonly number[]): this {
    for (const value of values) this.bytes.push((value >> 8) & 255, value & 255);
    return this;
  }
  u32(...values: readonly number[]): this {
    for (const value of values) this.u16(value >>> 16, value & 65535);
    return this;
  }
  append(bytes: readonly number[]): this {
    for (const byte of bytes) this.bytes.push(byte);
    return this;
  }
  tag(name: string): this {
    return this.append(Array.from(name, (letter) => letter.charCodeAt(0)));
  }
  zeros(count: number): this {
    return this.append(new Array<number>(count).fill(0));
  }
  padded(): readonly number[] {
    return [...this.bytes, ...new Array<number>((4 - (this.length % 4)) % 4).fill(0)];
  }
}

const glyphOf = (code: number) => Math.max(1, WIDTHS.findIndex(([, letters]) => letters.includes(String.fromCharCode(code))));
const isBlank = (code: number) => code === 0x20 || code === 0xa0;

/** A glyph of one rectangle. */
function block(width: number): Writer {
  const [left, right, bottom, top] = [width * 0.15, width * 0.85, 0, 450].map(Math.round) as [number, number, number, number];
  // Contours, bounding box, last point, no instructions, four on-curve points, then the deltas between them.
  return new Writer().u16(1, left, bottom, right, top, 3, 0).append([1, 1, 1, 1]).u16(left, right - left, 0, left - right).u16(bottom, 0, top - bottom, 0);
}

/** Format 12, with one group per letter, as neighbours rarely share a glyph. */
function characterMap(blank: number): Writer {
  const codes = Array.from({ length: LAST - FIRST + 1 }, (_, i) => FIRST + i);
  const table = new Writer().u16(0, 1, 3, 10).u32(12).u16(12, 0).u32(16 + codes.length * 12, 0, codes.length);
  for (const code of codes) table.u32(code, code, isBlank(code) ? blank : glyphOf(code));
  return table;
}

/** Bytes of the font file. */
export function blockFont(): Uint8Array<ArrayBuffer> {
  const glyphs = WIDTHS.map(([width]) => block(width).padded());
  const blank = glyphs.length;
  const count = blank + 1;
  const [offsets, outlines, advances] = [new Writer(), new Writer(), new Writer()];
  glyphs.forEach((glyph, i) => {
    offsets.u32(outlines.length);
    outlines.append(glyph);
    advances.u16(WIDTHS[i]?.[0] ?? 0, 0);
  });
  // The blank glyph has no outline: its offset is the end.
  offsets.u32(outlines.length, outlines.length);
  advances.u16(260, 0);

  const tables: Readonly<Record<string, Writer>> = {
    'OS/2': new Writer().u16(4, 550, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 250, 0).zeros(10).u32(1, 0, 0, 0).tag('MIEN').u16(0x40, FIRST, 65535, ASCENT, -DESCENT, 0, ASCENT, DESCENT).u32(1, 0).u16(450, 700, 0, 32, 1),
    cmap: characterMap(blank),
    glyf: outlines,
    head: new Writer().u32(0x10000, 0x10000, 0, 0x5f0f3cf5).u16(0, EM).zeros(16).u16(0, 0, 850, 450, 0, 8, 2, 1, 0),
    hhea: new Writer().u32(0x10000).u16(ASCENT, -DESCENT, 0, 850, 0, 0, 850, 1, 0, 0).zeros(8).u16(0, count),
    hmtx: advances,
    loca: offsets,
    maxp: new Writer().u32(0x10000).u16(count, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    name: new Writer().u16(0, 0, 6),
    post: new Writer().u32(0x30000, 0).u16(-100, 50).u32(0, 0, 0, 0, 0),
  };

  const names = Object.keys(tables);
  const directory = new Writer().u32(0x10000).u16(names.length, 128, 3, names.length * 16 - 128);
  const body = new Writer();
  for (const name of names) {
    const table = tables[name] ?? new Writer();
    const padded = table.padded();
    directory.tag(name).u32(sum(padded), 12 + names.length * 16 + body.length, table.length);
    body.append(padded);
  }
  return new Uint8Array([...directory.padded(), ...body.padded()]);
}

/** The format's checksum, over 32-bit words. */
function sum(bytes: readonly number[]): number {
  let total = 0;
  for (let i = 0; i < bytes.length; i += 4) total = (total + ((bytes[i] ?? 0) << 24) + ((bytes[i + 1] ?? 0) << 16) + ((bytes[i + 2] ?? 0) << 8) + (bytes[i + 3] ?? 0)) >>> 0;
  return total;
}
