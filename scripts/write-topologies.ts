/**
 * Writes each network plan's topology as JSON for `training/`, in training form and in shipped form, so that networks
 * are defined once, in TypeScript.
 * Run `npm run topologies` after changing a plan.
 */
import '@tensorflow/tfjs-backend-cpu';
import { mkdirSync, writeFileSync } from 'node:fs';
import { buildCoveringNetwork, buildExpressionNetwork } from '../src/network/build.ts';
import { NETWORK_PLANS } from '../src/network/plans.ts';
import { SEED_NETWORKS } from '../src/network/seed-networks.ts';

const builders = [
  ...Object.entries(NETWORK_PLANS).map(([id, plan]) => [id, (form: 'training' | 'shipped') => buildExpressionNetwork(plan, form)] as const),
  ['covering', buildCoveringNetwork] as const,
];
for (const [id, build] of builders) {
  for (const form of ['training', 'shipped'] as const) {
    const model = build(form);
    const topology: unknown = model.toJSON(null, false);
    const file = new URL(`../training/model/topologies/${id}.${form}.json`, import.meta.url);
    writeFileSync(file, `${JSON.stringify(topology, null, 1)}\n`);
    console.log(`${id} ${form}: ${model.countParams()} parameters`);
    model.dispose();
  }
}

mkdirSync(new URL('../training/topologies/seeds/', import.meta.url), { recursive: true });
for (const [id, { build }] of Object.entries(SEED_NETWORKS)) {
  const model = build();
  const topology: unknown = model.toJSON(null, false);
  writeFileSync(new URL(`../training/topologies/seeds/${id}.json`, import.meta.url), `${JSON.stringify(topology, null, 1)}\n`);
  console.log(`${id}: ${model.countParams()} parameters`);
  model.dispose();
}
