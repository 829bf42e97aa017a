import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { activateBackend, tensorMemory } from './backend';
import { CoveringNetwork, loadCoveringFiles } from './covering-network';
import { CROP_SIZE } from './crop-arithmetic';

const BASE = 'https://mien.invalid/';
const PUBLIC = new URL('../../public/', import.meta.url);

/** Serves our committed files; `change` may alter one on the way, or return null for a missing file. */
function servePublic(change: (path: string, bytes: Buffer) => Buffer | null = (_, bytes) => bytes): void {
  vi.stubGlobal('fetch', (url: string) => {
    const path = new URL(url).pathname.slice(1);
    const bytes = change(path, readFileSync(new URL(path, PUBLIC)));
    return Promise.resolve(bytes ? new Response(new Uint8Array(bytes)) : new Response('', { status: 404 }));
  });
}

afterEach(() => vi.unstubAllGlobals());

describe('the covering network', () => {
  it('matches PyTorch for every batch size, and frees every tensor', async () => {
    servePublic();
    const files = await loadCoveringFiles(BASE);
    if (!files) throw new Error('it is not installed');
    await activateBackend('cpu', BASE);
    const before = tensorMemory().numTensors;
    const network = await CoveringNetwork.create(files);
    const all = await network?.hiddenParts(files.golden.crops);
    const [alone] = (await network?.hiddenParts(files.golden.crops.slice(0, CROP_SIZE * CROP_SIZE))) ?? [];
    expect(alone?.mouth).toBeCloseTo(all?.[0]?.mouth ?? NaN, 5);
    expect(await network?.hiddenParts(new Float32Array(11 * CROP_SIZE * CROP_SIZE))).toHaveLength(11);
    network?.dispose();
    expect(tensorMemory().numTensors).toBe(before);
  }, 60_000);

  it('is not used on a backend that gives other answers', async () => {
    servePublic();
    const files = await loadCoveringFiles(BASE);
    if (!files) throw new Error('it is not installed');
    await activateBackend('cpu', BASE);
    const hidden = files.golden.hidden.map((value) => value + 3);
    expect(await CoveringNetwork.create({ ...files, golden: { ...files.golden, hidden } })).toBeNull();
  }, 60_000);

  it('is optional where it was not installed, and rejected where it is damaged', async () => {
    servePublic((path, bytes) => (path.endsWith('covering/weights.bin') ? null : bytes));
    expect(await loadCoveringFiles(BASE)).toBeNull();
    servePublic((path, bytes) => (path.endsWith('covering/weights.bin') ? bytes.subarray(1) : bytes));
    await expect(loadCoveringFiles(BASE)).rejects.toMatchObject({ kind: 'model', reason: 'corrupt' });
  });
});
