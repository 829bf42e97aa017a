import { afterEach, describe, expect, it, vi } from 'vitest';
import { MienError } from '../engine/errors';
import { takeModel } from './model-source';

afterEach(() => vi.unstubAllGlobals());

async function detailOf(taking: Promise<unknown>): Promise<string> {
  const error: unknown = await taking.catch((reason: unknown) => reason);
  return error instanceof MienError ? `${error.kind}/${error.reason}` : String(error);
}

/** Stubs a host that serves these files. */
function host(files: Readonly<Record<string, string>>): void {
  vi.stubGlobal('location', { href: 'https://page.invalid/app/' });
  vi.stubGlobal('fetch', (url: string) => {
    const text = files[new URL(url).pathname];
    return Promise.resolve(text === undefined ? new Response('', { status: 404 }) : new Response(text));
  });
}

describe('takeModel', () => {
  it.each([null, 7, 'bytes'])('rejects %j as modelInput', async (modelInput) => {
    expect(await detailOf(takeModel(new Blob(['x']), modelInput as unknown as object))).toBe('call/wrong-type');
  });

  it('names a model after its file or folder', async () => {
    expect(await takeModel(new File(['x'], 'emotion_model.0.66.hdf5'))).toMatchObject({ name: 'emotion_model.0.66', scaling: null, labels: null });
    expect((await takeModel(new Blob(['x']))).name).toBe('model');
    const files = ['model.json', 'group1-shard1of1.bin'].map((name) => {
      const file = new File(['x'], name);
      Object.defineProperty(file, 'webkitRelativePath', { value: `fer/${name}` });
      return file;
    });
    expect(await takeModel(files)).toMatchObject({ name: 'fer', files: [{ path: 'fer/model.json' }, { path: 'fer/group1-shard1of1.bin' }] });
  });

  it('fetches a model by URL, and a tfjs model with its weight files', async () => {
    host({ '/app/theirs.h5': 'h5', '/m/model.json': JSON.stringify({ weightsManifest: [{ paths: ['a.bin', 'b.bin'] }] }), '/m/a.bin': 'a', '/m/b.bin': 'b' });
    expect((await takeModel('theirs.h5')).files.map(({ path }) => path)).toEqual(['app/theirs.h5']);
    host({ '/m/my%20model%20%C3%BC.h5': 'h5', '/m/100%.h5': 'h5', '/m/model.json': JSON.stringify({ weightsManifest: [{ paths: ['a.bin', 'b.bin'] }] }), '/m/a.bin': 'a', '/m/b.bin': 'b' });
    expect([(await takeModel('/m/my model ü.h5?download=true')).name, (await takeModel('/m/100%.h5')).name]).toEqual(['my model ü', '100%']);
    const { files } = await takeModel(new URL('https://page.invalid/m/model.json'));
    expect(files.map(({ path }) => path)).toEqual(['m/model.json', 'm/a.bin', 'm/b.bin']);
  });

  it('rejects inputs that are no model', async () => {
    host({ '/m/model.json': JSON.stringify({ weightsManifest: [{ paths: ['gone.bin'] }] }) });
    expect(await detailOf(takeModel(null))).toBe('call/wrong-type');
    expect(await detailOf(takeModel([]))).toBe('call/wrong-type');
    expect(await detailOf(takeModel([new File(['x'], 'a'), 'b']))).toBe('call/wrong-type');
    expect(await detailOf(takeModel('missing.h5'))).toBe('model/not-found');
    expect(await detailOf(takeModel('/m/model.json'))).toBe('model/not-found');
    expect(await detailOf(takeModel('http://['))).toBe('call/out-of-range');
    expect(await detailOf(takeModel(new Blob(['x']), { labels: 'happy' as unknown as string[] }))).toBe('call/wrong-type');
  });
});
