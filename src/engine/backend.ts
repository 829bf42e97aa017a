import * as tf from '@tensorflow/tfjs-core';
// The other backends load on demand. This one usually serves first, and a static import requests its binary sooner.
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { compileAsset } from './assets';
import type { BackendName } from './types';

/**
 * Makes a tfjs backend current, loading its code or binary on first use. Returns false if this browser cannot offer it.
 *
 * @param signal once aborted, leaves tfjs's backend unchanged (returns false) and does not wait for code still loading. tfjs's own
 *   backend start cannot be cancelled and is awaited.
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

/** Rejects with the signal's reason as soon as it aborts. */
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

/** Folder of tfjs's WebAssembly. */
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
      // Throws after a binary has failed, so that it is not refetched again and again.
      setWasmPaths(new URL(WASM_FOLDER, assetBase).href);
  }
}

/**
 * Starts WebAssembly again with its binary fetched past the cache: tfjs itself would keep loading a damaged copy.
 *
 * @throws as `compileAsset` if the new copy fails too.
 */
async function activateAnew(assetBase: string): Promise<boolean> {
  const name = (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) ? 'tfjs-backend-wasm-simd.wasm' : 'tfjs-backend-wasm.wasm';
  await compileAsset(new URL(WASM_FOLDER + name, assetBase).href, 'reload');
  // tfjs refetches the file, and the cache now returns the intact copy.
  return tf.setBackend('wasm');
}

/** Frees the current backend. Only for one that no model uses any more: it cannot be activated again in this realm. */
export function dropBackend(): void {
  const webgl = servingWebGl();
  tf.removeBackend(tf.getBackend());
  if (!webgl) return;
  // A pending read would poll a lost context forever.
  webgl.itemsToPoll = [];
  // tfjs keeps a context, and so GPU memory, for its next backend unless the context is lost.
  webgl.gl.getExtension('WEBGL_lose_context')?.loseContext();
}

/** Number of tensors and bytes that tfjs holds in this realm. */
export function tensorMemory(): { numTensors: number; numBytes: number } {
  const { numTensors, numBytes } = tf.memory();
  return { numTensors, numBytes };
}

/** Used parts of tfjs's WebGL context. */
interface WebGl {
  readonly gl: WebGLRenderingContext;
  itemsToPoll: unknown[];
}

function servingWebGl(): WebGl | null {
  return (tf.backend() as Partial<{ gpgpu: WebGl }>).gpgpu ?? null;
}

/** Whether WebGL is the current backend and its context is lost. */
export function contextIsLost(): boolean {
  return servingWebGl()?.gl.isContextLost() ?? false;
}

/** The WebGL context was lost: values read from it cannot be trusted. */
export class ContextLostError extends Error {
  override readonly name = 'ContextLostError';

  constructor() {
    super('the WebGL context was lost');
  }
}

/**
 * Reads the tensor's values on the current backend.
 *
 * @throws `ContextLostError` as `unlessContextLost` does.
 */
export function readValues(tensor: tf.Tensor): Promise<Float32Array> {
  return unlessContextLost(async () => (await tensor.data()) as Float32Array);
}

/**
 * Runs work that reads tensors on the current backend.
 *
 * @throws `ContextLostError` if the context is lost before the start or the end: tfjs would then wait forever or return garbage.
 */
export async function unlessContextLost<T>(work: () => Promise<T>): Promise<T> {
  const gl = servingWebGl()?.gl;
  if (!gl) return work();
  // The event of a context that is lost already has passed.
  if (gl.isContextLost()) throw new ContextLostError();
  let onLost = (): void => undefined;
  const lost = new Promise<never>((_, reject) => {
    onLost = () => reject(new ContextLostError());
  });
  gl.canvas.addEventListener('webglcontextlost', onLost);
  try {
    const outcome = await Promise.race([work(), lost]);
    if (gl.isContextLost()) throw new ContextLostError();
    return outcome;
  } finally {
    gl.canvas.removeEventListener('webglcontextlost', onLost);
  }
}
