import '@tensorflow/tfjs-backend-cpu';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { MienError } from '../engine/errors';
import { EXPRESSIONS } from '../engine/labels';
import { BroughtModel, type ModelSource } from './brought-model';
import { expectedOf, fixture, trialInput } from './model-file/fixtures';

const BASE = 'https://mien.invalid/';
const PUBLIC = new URL('../../public/', import.meta.url);
const FER2013 = EXPRESSIONS;
const noRecovery = () => Promise.reject(new Error('nothing was lost'));

beforeAll(() => tf.setBackend('cpu'));

let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});
afterEach(() => {
  vi.unstubAllGlobals();
  expect(tf.memory().numTensors, 'tensors left behind').toBe(tensorsBefore);
});

function source(name: string, input: Partial<Pick<ModelSource, 'scaling' | 'labels'>> = {}): ModelSource {
  const { path, bytes } = fixture(name);
  return { name: 'theirs', files: [{ path, content: new Blob([bytes]) }], scaling: null, labels: null, ...input };
}

async function errorOf(opening: Promise<BroughtModel>): Promise<MienError> {
  const error: unknown = await opening.then(
    (model) => (model.dispose(), null),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(MienError);
  return error as MienError;
}

describe('BroughtModel', () => {
  it('answers with the probabilities of the outputs that its labels name', async () => {
    const expected = expectedOf('keras3')['sequential'];
    if (!expected) throw new Error('no fixture');
    const labels = ['angry', 'Disgust', 'afraid', 'joy', 'contempt', 'surprise', 'neutral'];
    const model = await BroughtModel.open(source('sequential.keras3.h5', { scaling: 'unit', labels }), BASE, noRecovery);
    const answers = await model.classify(trialInput(expected));
    model.dispose();
    expect(model.identity.id).toBe('theirs');
    expect(model.identity.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(model.report).toMatchObject({ input: { side: 12, channels: 1 }, output: 'softmax', parameters: expected.parameters, scalingConfidence: null });
    answers.forEach((answer, i) => {
      const own = expected.answers[i] ?? [];
      const named = own.reduce((sum, share, k) => (k === 4 ? sum : sum + share), 0);
      expect(answer.probabilities.sad).toBe(0);
      expect(answer.probabilities.happy).toBeCloseTo((own[3] ?? NaN) / named, 5);
      expect(answer.probabilities.neutral).toBeCloseTo((own[6] ?? NaN) / named, 5);
    });
  });

  it('keeps its digest if a label file is added', async () => {
    const alone = source('sequential.keras3.h5');
    const labels = { path: 'labels.txt', content: new Blob(['neutral\nsad\nhappy\nfear\ndisgust\nangry\nsurprise']) };
    const opened = await BroughtModel.open({ ...alone, scaling: 'unit', files: [...alone.files, labels] }, BASE, noRecovery);
    opened.dispose();
    expect(opened.report.labels[0]).toBe('neutral');
    expect(opened.identity.sha256).toBe(createHash('sha256').update(fixture('sequential.keras3.h5').bytes).digest('hex'));
  });

  it('names an output outside the seven if no expression has a higher share', async () => {
    const expected = expectedOf('keras3')['sequential'];
    if (!expected) throw new Error('no fixture');
    const most = expected.answers.map((own) => own.indexOf(Math.max(...own)));
    const labels = FER2013.map((label, k) => (k === most[0] ? 'tongue out' : label));
    const model = await BroughtModel.open(source('sequential.keras3.h5', { scaling: 'unit', labels }), BASE, noRecovery);
    const answers = await model.classify(trialInput(expected));
    model.dispose();
    expect(answers[0]?.other).toEqual({ name: 'tongue out', share: expect.closeTo(Math.max(...(expected.answers[0] ?? [])), 5) as number });
    expect(answers.map(({ other }) => other !== null)).toEqual(most.map((k) => k === most[0]));
  });

  it('classifies colour faces, and converts logits to shares', async () => {
    const expected = expectedOf('keras2')['functional'];
    if (!expected) throw new Error('no fixture');
    const labels = [...FER2013, 'contempt'];
    const model = await BroughtModel.open(source('functional.keras2.keras', { scaling: 'bytes', labels }), BASE, noRecovery);
    expect(model.report).toMatchObject({ input: { side: 16, channels: 3 }, output: 'logits' });
    const [answer] = await model.classify(trialInput({ ...expected, scale: 1 }));
    model.dispose();
    const powers = (expected.answers[0] ?? []).map(Math.exp);
    const named = powers.slice(0, 7).reduce((sum, power) => sum + power, 0);
    expect(answer?.probabilities.fear).toBeCloseTo((powers[2] ?? NaN) / named, 4);
  });

  it('reports labels that do not fit', async () => {
    expect((await errorOf(BroughtModel.open(source('sequential.keras3.h5', { labels: ['happy', 'sad'] }), BASE, noRecovery))).detail).toContain('7 outputs');
    const strange = ['a', 'b', 'c', 'd', 'e', 'f', 'happy'];
    expect((await errorOf(BroughtModel.open(source('sequential.keras3.h5', { labels: strange }), BASE, noRecovery))).is('call', 'out-of-range')).toBe(true);
    const scaling = 'percent' as unknown as 'unit';
    expect((await errorOf(BroughtModel.open(source('sequential.keras3.h5', { scaling, labels: FER2013 }), BASE, noRecovery))).detail).toContain('percent');
  });
});

/** Networks trained on drawn faces (of other people than in the trial), each with its own scaling and label order. */
describe('proposals for undeclared input', { timeout: 60_000 }, () => {
  beforeEach(() => {
    vi.stubGlobal('fetch', (url: string) => Promise.resolve(new Response(readFileSync(new URL(new URL(url).pathname.slice(1), PUBLIC)))));
  });

  it.each([
    ['drawn-alphabetical-unit.keras', 'unit', ['angry', 'disgust', 'fear', 'happy', 'neutral', 'sad', 'surprise']],
    ['drawn-raf-centred.keras', 'minus-one-to-one', ['surprise', 'fear', 'disgust', 'happy', 'sad', 'angry', 'neutral']],
    ['drawn-six-perface.keras', 'per-face', ['angry', 'fear', 'happy', 'neutral', 'sad', 'surprise']],
  ])('%s is identified', async (name, scaling, labels) => {
    const model = await BroughtModel.open(source(name), BASE, noRecovery);
    model.dispose();
    const { scalingConfidence, labelsConfidence, ...report } = model.report;
    expect(report).toMatchObject({ scaling, labels });
    expect(scalingConfidence).toBeGreaterThan(0.5);
    expect(labelsConfidence).toBeGreaterThan(0.9);
  });

  it('keeps the given settings', async () => {
    const model = await BroughtModel.open(source('drawn-raf-centred.keras', { scaling: 'unit' }), BASE, noRecovery);
    model.dispose();
    expect(model.report).toMatchObject({ scaling: 'unit', scalingConfidence: null });
  });
});
