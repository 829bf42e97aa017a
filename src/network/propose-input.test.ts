import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { EXPRESSIONS } from '../engine/labels';
import type { BroughtNetwork } from './brought-network';
import { PROBE_FACES } from './probe-faces';
import { proposeInput } from './propose-input';

const probes = new Uint8Array(readFileSync(new URL(`../../public/${PROBE_FACES.file}`, import.meta.url)));
const ALPHABETICAL = [...EXPRESSIONS].sort();

beforeAll(() => tf.setBackend('cpu'));

/** A fake network that answers by the expression drawn, which cycle through `EXPRESSIONS`, and by brightness. */
function network(answer: (expression: string, brightest: number) => readonly number[]): BroughtNetwork {
  const [side, faceLength] = [8, 64];
  const asked = {
    facts: { side, channels: 1, classes: 7 },
    faceLength,
    predict: (faces: Float32Array) => {
      const shown = Array.from({ length: faces.length / faceLength }, (_, face) => EXPRESSIONS[face % EXPRESSIONS.length] ?? '');
      return Promise.resolve(Float32Array.from(shown.flatMap((expression) => answer(expression, Math.max(...faces)))));
    },
    normalizationGap: () => Promise.resolve(null),
  };
  return asked as unknown as BroughtNetwork;
}

/** Answers of a weak network that mistakes neutral faces for angry ones. */
function weakly(expression: string): number[] {
  const right = expression === 'neutral' ? 'angry' : expression;
  const share = expression === 'neutral' ? 0.94 : 0.25;
  return ALPHABETICAL.map((name) => (name === right ? share : (1 - share) / 6));
}

it('does not prefer an order for naming fewer expressions', async () => {
  expect(await proposeInput(network(weakly), probes)).toMatchObject({ labels: ALPHABETICAL });
});

it('skips a scaling that makes the network return NaN', async () => {
  const proposal = await proposeInput(network((expression, brightest) => (brightest > 2 ? EXPRESSIONS.map(() => NaN) : weakly(expression))), probes);
  expect(proposal).toMatchObject({ labels: ALPHABETICAL });
  expect(proposal.scaling).not.toBe('bytes');
});
