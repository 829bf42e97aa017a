import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadZooCards, loadZooSource, readZooCard } from './zoo';
import { ZOO_CARD } from './zoo-fixture';

const BASE = 'https://mien.invalid/app/';
const WEIGHTS = new Uint8Array([1, 2, 3]);
const CARD = { ...ZOO_CARD, sha256: createHash('sha256').update(WEIGHTS).digest('hex') };

let files: Record<string, BodyInit>;
const asked: string[] = [];

beforeEach(() => {
  asked.length = 0;
  files = {
    'models/index.json': JSON.stringify({ serving: 'own', models: [{ id: 'own', folder: 'own/' }, { id: CARD.id, folder: 'drawn/' }] }),
    'models/drawn/card.json': JSON.stringify(CARD),
    'models/drawn/model.json': '{}',
    'models/drawn/weights.bin': WEIGHTS,
  };
  vi.stubGlobal('fetch', (url: string) => {
    const path = url.slice(BASE.length);
    asked.push(path);
    return Promise.resolve(path in files ? new Response(files[path]) : new Response(null, { status: 404 }));
  });
});
afterEach(() => vi.unstubAllGlobals());

describe('the zoo', () => {
  it('loads the cards of all listed models except the serving one, without weights', async () => {
    expect(await loadZooCards(BASE)).toEqual([readZooCard(CARD)]);
    expect(asked).toEqual(['models/index.json', 'models/drawn/card.json']);
  });

  it('loads a network as a user-supplied model', async () => {
    const source = await loadZooSource(BASE, CARD.id);
    expect(source).toMatchObject({ name: 'seed-drawn', scaling: 'unit', labels: CARD.labels });
    expect(source.files.map(({ path }) => path)).toEqual(['model.json', 'weights.bin']);
    expect(new Uint8Array((await source.files[1]?.content.arrayBuffer()) ?? new ArrayBuffer())).toEqual(WEIGHTS);
  });

  it('bypasses the cache for weights that do not match the card, and rejects them', async () => {
    files['models/drawn/weights.bin'] = new Uint8Array([1, 2, 4]);
    await expect(loadZooSource(BASE, CARD.id)).rejects.toThrow('model/corrupt');
    expect(asked.filter((path) => path.endsWith('weights.bin'))).toHaveLength(2);
  });

  it('rejects an unlisted model, a missing file and a damaged card', async () => {
    await expect(loadZooSource(BASE, 'other')).rejects.toThrow('lists no other');
    delete files['models/drawn/model.json'];
    await expect(loadZooSource(BASE, CARD.id)).rejects.toThrow('model/not-found');
    expect(() => readZooCard({ ...CARD, labels: ['happy'] })).toThrow('model/corrupt');
    expect(() => readZooCard({ ...CARD, metrics: [] })).toThrow('model/corrupt');
  });
});
