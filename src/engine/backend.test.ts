import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { activateBackend, unlessContextLost } from './backend';

/** As in tfjs: after a binary has failed, paths cannot be set until one has loaded. */
const tfjs = vi.hoisted(() => ({ aborted: false }));
vi.mock('@tensorflow/tfjs-backend-wasm', () => ({
  setWasmPaths: () => {
    if (tfjs.aborted) throw new Error('The WASM backend was already initialized.');
  },
}));

for (const flag of ['WASM_HAS_SIMD_SUPPORT', 'WASM_HAS_MULTITHREAD_SUPPORT']) tf.env().registerFlag(flag, () => true);

class StandIn extends tf.KernelBackend {
  override dispose(): void {
    // It holds nothing.
  }
}

const BASE = 'https://mien.invalid/';
/** An empty WebAssembly module. */
const WASM = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

/** Requested files with their cache mode. tfjs's own requests set no cache mode. */
let asked: string[];

/** Simulates a host and a browser cache before it, each with the intact file, half of it or (host only) no file. */
function serve(cached: Uint8Array, hosted: Uint8Array | null): void {
  let copy = cached;
  vi.stubGlobal('fetch', (url: string, { cache }: { cache?: RequestCache } = {}) => {
    asked.push(`${cache ?? 'tfjs'} ${url.replace(BASE, '')}`);
    if (cache === 'reload') {
      if (hosted === null) return Promise.resolve(new Response('', { status: 404 }));
      copy = hosted;
    }
    return Promise.resolve(new Response(new Uint8Array(copy)));
  });
}

beforeEach(() => {
  asked = [];
  tfjs.aborted = false;
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  tf.env().set('WASM_HAS_SIMD_SUPPORT', true);
  tf.registerBackend('wasm', async () => {
    const response = await fetch(`${BASE}binary`);
    try {
      await WebAssembly.compile(await response.arrayBuffer());
      tfjs.aborted = false;
      return new StandIn();
    } catch (error) {
      tfjs.aborted = true;
      throw error;
    }
  });
});

afterEach(() => {
  tf.removeBackend('wasm');
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const DAMAGED = WASM.subarray(0, 5);
const ANEW = 'reload vendor/tfjs/tfjs-backend-wasm-simd.wasm';

describe('activateBackend', () => {
  it.each<[string, Uint8Array, Uint8Array | null, boolean, string[]]>([
    ['asks once for what is whole', WASM, WASM, true, ['tfjs binary']],
    ['fetches anew what lies damaged in the cache', DAMAGED, WASM, true, ['tfjs binary', ANEW, 'tfjs binary']],
    ['gives up what is damaged on the host too', DAMAGED, DAMAGED, false, ['tfjs binary', ANEW]],
    ['gives up what is missing', DAMAGED, null, false, ['tfjs binary', ANEW]],
  ])('%s: WebAssembly', async (_, cached, hosted, works, requests) => {
    serve(cached, hosted);
    expect(await activateBackend('wasm', BASE)).toBe(works);
    expect(asked).toEqual(requests);
    // A second activation, as when the engine looks for a backend, fetches nothing.
    expect(await activateBackend('wasm', BASE)).toBe(works);
    expect(asked).toEqual(requests);
  });

  it('fetches the file without SIMD for browsers that lack it', async () => {
    tf.env().set('WASM_HAS_SIMD_SUPPORT', false);
    serve(DAMAGED, WASM);
    expect(await activateBackend('wasm', BASE)).toBe(true);
    expect(asked[1]).toBe('reload vendor/tfjs/tfjs-backend-wasm.wasm');
  });
});

describe('unlessContextLost', () => {
  it('rejects when WebGL loses its context, as tfjs then never answers', async () => {
    const canvas = new EventTarget();
    let isLost = false;
    tf.registerBackend('stand-in', () => Object.assign(new StandIn(), { gpgpu: { gl: { canvas, isContextLost: () => isLost } } }));
    await tf.setBackend('stand-in');
    await expect(unlessContextLost(() => Promise.resolve(1))).resolves.toBe(1);
    const stuck = unlessContextLost(() => new Promise(() => undefined));
    isLost = true;
    canvas.dispatchEvent(new Event('webglcontextlost'));
    await expect(stuck).rejects.toThrow('the WebGL context was lost');
    // Lost between two calls: no further event is fired.
    await expect(unlessContextLost(() => new Promise(() => undefined))).rejects.toThrow('the WebGL context was lost');
    tf.removeBackend('stand-in');
  });
});
