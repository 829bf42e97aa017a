/**
 * Empties functions of a WebAssembly module, or makes it count its calls. Only the sections that change are written anew: indexes of
 * functions, tables and memory stay.
 * Format: https://webassembly.github.io/spec/core/binary/modules.html
 */
import { joined } from '../src/engine/joined.ts';

const SECTION = { custom: 0, global: 6, export: 7, code: 10 } as const;
const OP = { end: 0x0b, globalSet: 0x24, i32Const: 0x41, unreachable: 0x00 } as const;
const I32 = 0x7f;
const MUTABLE = 1;
const EXPORTED_GLOBAL = 3;
/** Magic number and version. */
const HEADER_BYTES = 8;

/** Has no locals, and traps. */
const EMPTY_BODY = Uint8Array.of(0, OP.unreachable, OP.end);

interface Section {
  readonly id: number;
  readonly bytes: Uint8Array;
}

/** Reads a module's bytes from front to back. */
class Reader {
  at: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.at = at;
  }

  get isAtEnd(): boolean {
    return this.at >= this.#bytes.length;
  }

  /** An unsigned LEB128 number of at most 32 bits. */
  number(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#bytes[this.at++] ?? 0;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }

  take(length: number): Uint8Array {
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }
}

function leb128(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...leb128(Math.floor(value / 0x80))];
}

/** Writes a module's sections, each as `change` returns it; null: unchanged. */
function withSections(module: Uint8Array, change: (section: Section) => Uint8Array | null): Uint8Array {
  const reader = new Reader(module, HEADER_BYTES);
  const parts: Uint8Array[] = [module.subarray(0, HEADER_BYTES)];
  while (!reader.isAtEnd) {
    const id = reader.take(1)[0] ?? 0;
    const bytes = reader.take(reader.number());
    const written = change({ id, bytes }) ?? bytes;
    parts.push(Uint8Array.of(id, ...leb128(written.length)), written);
  }
  return joined(Uint8Array, parts);
}

/** Writes the code section's bodies, each as `change` returns it. */
function withBodies(code: Uint8Array, change: (body: Uint8Array, index: number) => Uint8Array): Uint8Array {
  const reader = new Reader(code);
  const count = reader.number();
  const parts: Uint8Array[] = [Uint8Array.from(leb128(count))];
  for (let index = 0; index < count; index++) {
    const body = change(reader.take(reader.number()), index);
    parts.push(Uint8Array.from(leb128(body.length)), body);
  }
  return joined(Uint8Array, parts);
}

/** Adds entries to a section that is a vector. */
function withEntries(section: Uint8Array, entries: readonly Uint8Array[]): Uint8Array {
  const reader = new Reader(section);
  const count = reader.number();
  return joined(Uint8Array, [Uint8Array.from(leb128(count + entries.length)), section.subarray(reader.at), ...entries]);
}

/** @param isKept takes an index among the module's own functions, from 0; all others trap when they are called. */
export function keepFunctions(module: Uint8Array, isKept: (index: number) => boolean): Uint8Array {
  return withSections(module, ({ id, bytes }) => (id === SECTION.code ? withBodies(bytes, (body, index) => (isKept(index) ? body : EMPTY_BODY)) : null));
}

/** Name of the exported global that becomes 1 when a function is called. */
const calledName = (index: number): string => `called-${index}`;

/** Makes a module whose instances tell which functions were called: see `calledFunctions`. */
export function watchFunctions(module: Uint8Array): Uint8Array {
  const counts: Record<number, number> = {};
  withSections(module, ({ id, bytes }) => {
    counts[id] = new Reader(bytes).number();
    return null;
  });
  const globals = counts[SECTION.global] ?? 0;
  const functions = Array.from({ length: counts[SECTION.code] ?? 0 }, (_, index) => index);
  return withSections(module, ({ id, bytes }) => {
    if (id === SECTION.global) return withEntries(bytes, functions.map(() => Uint8Array.of(I32, MUTABLE, OP.i32Const, 0, OP.end)));
    if (id === SECTION.export) {
      const named = (index: number) => {
        const name = new TextEncoder().encode(calledName(index));
        return Uint8Array.of(...leb128(name.length), ...name, EXPORTED_GLOBAL, ...leb128(globals + index));
      };
      return withEntries(bytes, functions.map(named));
    }
    if (id !== SECTION.code) return null;
    return withBodies(bytes, (body, index) => {
      const reader = new Reader(body);
      // Pairs of a number of locals and their type, of one byte.
      for (let groups = reader.number(); groups > 0; groups--) {
        reader.number();
        reader.take(1);
      }
      const watch = Uint8Array.of(OP.i32Const, 1, OP.globalSet, ...leb128(globals + index));
      return joined(Uint8Array, [body.subarray(0, reader.at), watch, body.subarray(reader.at)]);
    });
  });
}

/** Indexes of the functions that were called in an instance of a watched module, given its exports. */
export function calledFunctions(exports: WebAssembly.Exports): number[] {
  return Object.entries(exports).flatMap(([name, value]) => {
    const index = /^called-(\d+)$/.exec(name)?.[1];
    return index !== undefined && value instanceof WebAssembly.Global && value.value === 1 ? [Number(index)] : [];
  });
}
