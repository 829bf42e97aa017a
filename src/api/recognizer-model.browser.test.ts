import { expect, test } from 'vitest';
import { oneFace } from '../../scripts/drawn-faces/scenes';
import { EXPRESSIONS } from '../engine/labels';
import drawnModel from '../network/model-file/fixtures/drawn-raf-centred.keras?url';
import { bitmapOf } from '../testing/drawn-picture';
import { createRecognizer } from './recognizer';

async function fileAt(url: string, name: string): Promise<File> {
  return new File([await (await fetch(url)).blob()], name);
}

test('a model that somebody brought reads faces, is named in the record, and says how it is read', async () => {
  const model = await fileAt(drawnModel, 'theirs.keras');
  const recognizer = await createRecognizer({ assetBase: '/', backend: 'wasm', model });
  try {
    const { modelInput, memory } = await recognizer.health();
    expect(modelInput).toMatchObject({ input: { side: 32, channels: 1 }, scaling: 'minus-one-to-one' });
    for (const expression of ['happy', 'surprise', 'happy'] as const) {
      const record = await recognizer.detect(await bitmapOf(oneFace(expression, 130)));
      expect(record.model).toMatchObject({ id: 'theirs', version: expect.stringMatching(/^Keras 3/) as string });
      expect(record.emotion).toBe(expression);
    }
    expect((await recognizer.health()).memory.numTensors).toBe(memory.numTensors);
  } finally {
    await recognizer.dispose();
  }
});

test('a model that cannot be run is refused by the name of its layer or file', async () => {
  const json = JSON.stringify({ modelTopology: { class_name: 'Sequential', config: [{ class_name: 'Lambda', config: { name: 'squeeze' } }] }, weightsManifest: [] });
  const opening = (model: File) => createRecognizer({ assetBase: '/', backend: 'wasm', model, modelInput: { scaling: 'unit', labels: EXPRESSIONS } });
  await expect(opening(new File([json], 'model.json'))).rejects.toMatchObject({ kind: 'model-file', reason: 'unsupported-layer', detail: 'squeeze (Lambda)' });
  await expect(opening(new File(['hello'], 'notes.h5'))).rejects.toMatchObject({ kind: 'model-file', reason: 'not-a-model', detail: 'notes.h5' });
});
