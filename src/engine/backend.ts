import * as tf from '@tensorflow/tfjs-core';
// The others are fetched when wanted. This one nearly always serves first, and its binary is asked for the sooner.
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { BackendName } from './types';

/**
 * Makes a tfjs backend the current one, loading its code or binary on first use.
 * Returns false where this browser cannot offer it.
 */
export async function activateBackend(name: BackendName, assetBase: string): Promise<boolean> {
  try {
    await register(name, assetBase);
    if (!(await tf.setBackend(name))) return false;
    await tf.ready();
    return true;
  } catch {
    return false;
  }
}

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
      setWasmPaths(new URL('vendor/tfjs/', assetBase).href);
  }
}

/** Frees the current backend whole. Only for one that no model uses any more: it cannot be activated again in this realm. */
export function dropBackend(): void {
  const context = currentContext();
  tf.removeBackend(tf.getBackend());
  // tfjs keeps a context for its next backend, and so the graphics card's memory, unless it is lost.
  context?.getExtension('WEBGL_lose_context')?.loseContext();
}

/** Tensors and bytes that tfjs holds in this realm. */
export function tensorMemory(): { numTensors: number; numBytes: number } {
  const { numTensors, numBytes } = tf.memory();
  return { numTensors, numBytes };
}

/** The WebGL context that serves, if WebGL does. */
function currentContext(): WebGLRenderingContext | null {
  const backend = tf.backend() as Partial<{ gpgpu: { gl: WebGLRenderingContext } }>;
  return backend.gpgpu?.gl ?? null;
}

/**
 * True once the serving WebGL context is lost: results read after that are garbage (tfjs does not
 * tell), so the caller must ask after each read, before it trusts what it has read.
 */
export function contextIsLost(): boolean {
  return currentContext()?.isContextLost() ?? false;
}
