import { afterEach, expect, it, vi } from 'vitest';
import { fixture } from './fixtures';

/** A file that jsfive cannot read. */
const { bytes } = fixture('sequential.half.h5');

afterEach(() => vi.resetModules());

async function errorWith(library: (original: object) => object): Promise<unknown> {
  vi.doMock('h5wasm', async (original) => library(await original()));
  const { readHdf5 } = await import('./hdf5');
  return readHdf5(bytes.buffer, (root) => root.numbers('model_weights/conv2d/conv2d/kernel:0', 1000)).catch((error: unknown) => error);
}

it('does not report a file as damaged if WebAssembly is blocked', async () => {
  const refusal = Promise.reject(new Error('Aborted(CompileError: blocked by Content Security Policy)'));
  refusal.catch(() => null);
  expect(await errorWith((original) => ({ ...original, ready: refusal }))).toMatchObject({ kind: 'engine', reason: 'wasm-blocked' });
});

it('does not report a file as damaged if memory runs out, and does not write to unallocated memory', async () => {
  const full = await errorWith((original) => {
    const { ready } = original as { ready: Promise<object> };
    return { ...original, ready: ready.then((library) => Object.assign(Object.create(library) as object, { _malloc: () => 0 })) };
  });
  expect(full).toMatchObject({ kind: 'model-file', reason: 'too-large' });
});
