import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { compileAsset, fetchAsset, pastDamage } from './assets';
import { loadModelFiles } from './model-files';

const BASE = 'https://mien.invalid/';
const PUBLIC = new URL('../../public/', import.meta.url);
/** An empty WebAssembly module. */
const WASM = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

/** Simulates a host with the intact file and a cache with half of it. */
function serve(whole: (path: string) => Uint8Array, damaged: RegExp): RequestCache[] {
  const asked: RequestCache[] = [];
  vi.stubGlobal('fetch', (url: string, { cache }: { cache: RequestCache }) => {
    const path = new URL(url).pathname.slice(1);
    const bytes = new Uint8Array(whole(path));
    if (!damaged.test(path)) return Promise.resolve(new Response(bytes));
    asked.push(cache);
    return Promise.resolve(new Response(cache === 'reload' ? bytes : bytes.subarray(0, bytes.length / 2)));
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

describe('pastDamage', () => {
  it.each(['weights.bin', 'model.json'])('refetches a model whose cached %s is damaged', async (name) => {
    const asked = serve((path) => readFileSync(new URL(path, PUBLIC)), new RegExp(name));
    expect((await loadModelFiles(BASE)).knownAnswer.count).toBeGreaterThan(0);
    expect(asked).toEqual(['default', 'reload']);
  });

  it('refetches WebAssembly that is damaged in the cache', async () => {
    const asked = serve(() => WASM, /wasm$/);
    const module = await pastDamage((cache) => compileAsset(`${BASE}a.wasm`, cache));
    expect(module).toBeInstanceOf(WebAssembly.Module);
    expect(asked).toEqual(['default', 'reload']);
  });

  it('does not refetch a missing file', async () => {
    const host = vi.fn(() => Promise.resolve(new Response('', { status: 404 })));
    vi.stubGlobal('fetch', host);
    await expect(pastDamage((cache) => fetchAsset(BASE, cache))).rejects.toMatchObject({ kind: 'model', reason: 'not-found' });
    expect(host).toHaveBeenCalledOnce();
  });
});

describe('compileAsset', () => {
  it.each([
    ['tells damage where the browser compiles other modules', false, 'model', 'corrupt'],
    ['tells a browser that compiles none', true, 'engine', 'wasm-blocked'],
  ])('%s', async (_, blocked, kind, reason) => {
    serve(() => WASM, /wasm$/);
    if (blocked) vi.spyOn(WebAssembly, 'compile').mockRejectedValue(new WebAssembly.CompileError('refused'));
    await expect(compileAsset(`${BASE}a.wasm`, 'default')).rejects.toMatchObject({ kind, reason });
    vi.restoreAllMocks();
  });
});
