import { expose } from 'comlink';
import { EmotionClassifier } from '../engine/emotion-classifier';
import { loadModelFiles } from '../engine/model-files';
import type { ProbeApi } from './protocol';

const probe: ProbeApi = {
  async probe(backend, assetBase) {
    const made = await EmotionClassifier.create(backend, await loadModelFiles(assetBase), assetBase);
    if (typeof made === 'string') return { name: backend, outcome: made, medianMs: null, deviation: null };
    await made.measure();
    return made.report;
  },
};

expose(probe);
