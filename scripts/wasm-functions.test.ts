import { describe, expect, it } from 'vitest';
import { calledFunctions, keepFunctions, watchFunctions } from './wasm-functions';

/** Two functions without arguments: `seven`, with locals, and `nine`; one global and an unknown section. */
const MODULE = Uint8Array.from(
  [
    [0, 97, 115, 109, 1, 0, 0, 0], // magic number, version
    [0, 3, 1, 97, 5], // a custom section "a"
    [1, 5, 1, 96, 0, 1, 127], // a type: () → i32
    [3, 3, 2, 0, 0], // two functions of it
    [6, 6, 1, 127, 0, 65, 5, 11], // a constant global
    [7, 16, 2, 5, 115, 101, 118, 101, 110, 0, 0, 4, 110, 105, 110, 101, 0, 1], // exports
    [10, 13, 2, 6, 1, 2, 127, 65, 7, 11, 4, 0, 65, 9, 11], // bodies
  ].flat(),
);

function open(module: Uint8Array) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(module)));
  return { exports, seven: exports['seven'] as () => number, nine: exports['nine'] as () => number };
}

describe('functions of a WebAssembly module', () => {
  it('are kept, or trap', () => {
    const { seven, nine } = open(keepFunctions(MODULE, (index) => index === 0));
    expect(seven()).toBe(7);
    expect(nine).toThrow(WebAssembly.RuntimeError);
  });

  it('tell whether they were called', () => {
    const { exports, seven, nine } = open(watchFunctions(MODULE));
    expect(calledFunctions(exports)).toEqual([]);
    expect(nine()).toBe(9);
    expect(calledFunctions(exports)).toEqual([1]);
    expect(seven()).toBe(7);
    expect(calledFunctions(exports)).toEqual([0, 1]);
  });
});
