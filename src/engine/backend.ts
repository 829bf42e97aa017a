import * as tf from '@tensorflow/tfjs-core';
// The others are fetched when wanted. This one nearly always serves first, and its binary is asked for the sooner.
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { compileAsset } from './assets';
import type { BackendName } from './types';

/**
 * Makes a tfjs backend the current one, loading its code or binary on first use.
 * Returns false where this browser cannot offer it.
 *
 * @param signal leaves tfjs's backend as it is once it is aborted (false), and does not wait for code that is still fetched.
 *   tfjs's own start of a backend cannot be ended, and is waited for.
 */
export async function activateBackend(name: BackendName, assetBase: string, signal?: AbortSignal): Promise<boolean> {
  try {
    await unlessAborted(register(name, assetBase), signal);
    if (!(await tf.setBackend(name)) && !(name === 'wasm' && (await activateAnew(assetBase)))) return false;
    await tf.ready();
    return true;
  } catch {
    return false;
  }
}

/** Rejects as soon as the signal aborts, with its reason. */
async function unlessAborted(work: Promise<void>, signal?: AbortSignal): Promise<void> {
  if (!signal) return work;
  let end: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    end = () => reject(signal.reason as Error);
    signal.addEventListener('abort', end);
  });
  try {
    signal.throwIfAborted();
    await Promise.race([work, aborted]);
    signal.throwIfAborted();
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** Where tfjs looks for its WebAssembly. */
const WASM_FOLDER = 'vendor/tfjs/';

async function register(name: BackendName, assetBase: string): Promise<void> {
  switch (name) {
    case 'webgl':
      await import('@tensorflow/tfjs-backend-webgl');
      return;
    case 'cpu':
      await import('@tensorflow/tfjs-backend-cpu');
      return;
    case 'wasm':
      // Threads need headers that static hosts cannot send; one build is enough to serve.
      tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
      // Throws once the binary was found to be useless, so that it is not fetched anew again and again.
      setWasmPaths(new URL(WASM_FOLDER, assetBase).href);
  }
}

/**
 * WebAssembly once more, with its binary fetched past the cache: tfjs itself would find a damaged copy again and again.
 * Throws where what came is no better (`compileAsset`).
 */
async function activateAnew(assetBase: string): Promise<boolean> {
  const name = (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) ? 'tfjs-backend-wasm-simd.wasm' : 'tfjs-backend-wasm.wasm';
  await compileAsset(new URL(WASM_FOLDER + name, assetBase).href, 'reload');
  // tfjs fetches it once more, and now gets the whole copy that the cache holds since.
  return tf.setBackend('wasm');
}

/** Frees the current backend whole. Only for one that no model uses any more: it cannot be activated again in this realm. */
export function dropBackend(): void {
  const webgl = servingWebGl();
  tf.removeBackend(tf.getBackend());
  if (!webgl) return;
  // A read under way would ask a lost context for ever whether it is done.
  webgl.itemsToPoll = [];
  // tfjs keeps a context for its next backend, and so the graphics card's memory, unless it is lost.
  webgl.gl.getExtension('WEBGL_lose_context')?.loseContext();
}

/** Tensors and bytes that tfjs holds in this realm. */
export function tensorMemory(): { numTensors: number; numBytes: number } {
  const { numTensors, numBytes } = tf.memory();
  return { numTensors, numBytes };
}

/** The parts of tfjs's WebGL context that are used. */
interface WebGl {
  readonly gl: WebGLRenderingContext;
  itemsToPoll: unknown[];
}

function servingWebGl(): WebGl | null {
  return (tf.backend() as Partial<{ gpgpu: WebGl }>).gpgpu ?? null;
}

/** Whether WebGL serves and its context is lost. */
export function contextIsLost(): boolean {
  return servingWebGl()?.gl.isContextLost() ?? false;
}

/** The WebGL context went away: nothing that was read can be trusted. */
export class ContextLostError extends Error {
  override readonly name = 'ContextLostError';

  constructor() {
    super('the WebGL context was lost');
  }
}

/**
 * The tensor's values, on the current backend. Throws `ContextLostError` where the context is lost before they are
 * read: tfjs would wait for ever then, or give garbage.
 */
export async function readValues(tensor: tf.Tensor): Promise<Float32Array> {
  const gl = servingWebGl()?.gl;
  if (!gl) return (await tensor.data()) as Float32Array;
  let onLost = (): void => undefined;
  const lost = new Promise<never>((_, reject) => {
    onLost = () => reject(new ContextLostError());
  });
  gl.canvas.addEventListener('webglcontextlost', onLost);
  try {
    const values = (await Promise.race([tensor.data(), lost])) as Float32Array;
    if (gl.isContextLost()) throw new ContextLostError();
    return values;
  } finally {
    gl.canvas.removeEventListener('webglcontextlost', onLost);
  }
}
