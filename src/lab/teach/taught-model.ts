import { joined } from '../../engine/joined';
import type { ModelFiles } from '../../engine/model-files';
import { inputStatement } from '../../network/model-file/stated-input';
import type { Head } from './softmax-regression';

/** A taught model as files of tfjs's layers format. */
export interface TaughtFiles {
  readonly modelJson: string;
  readonly weights: Uint8Array<ArrayBuffer>;
  readonly parameters: number;
}

interface Layer {
  readonly name: string;
  readonly class_name: string;
  readonly inbound_nodes: readonly (readonly (readonly [string, ...unknown[]])[])[];
}

interface Topology {
  readonly config: { readonly layers: readonly Layer[]; readonly output_layers: readonly (readonly [string, ...unknown[]])[] };
}

interface Spec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: { readonly dtype: string };
}

/** Name of the taught layer. */
const HEAD = 'expression';
const BYTES: Readonly<Record<string, number>> = { float32: 4, float16: 2, uint16: 2, uint8: 1 };

/** Replaces the last layer of Mien's own network. The file states its input scaling and its labels. */
export function taughtModel({ topology, weightSpecs, weightData }: ModelFiles, { kernel, bias }: Head, labels: readonly string[]): TaughtFiles {
  const base = topology as Topology;
  const heads = new Set(base.config.output_layers.map(([name]) => name));
  const [head] = base.config.layers.filter(({ name }) => heads.has(name));
  const specs = weightSpecs as readonly Spec[];
  const kept: Spec[] = [];
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const spec of specs) {
    const bytes = countOf(spec.shape) * (BYTES[spec.quantization?.dtype ?? spec.dtype] ?? 0);
    if (!heads.has(spec.name.split('/')[0] ?? '')) {
      kept.push(spec);
      parts.push(new Uint8Array(weightData, at, bytes));
    }
    at += bytes;
  }
  const own: Spec[] = [
    { name: `${HEAD}/kernel`, shape: [kernel.length / bias.length, bias.length], dtype: 'float32' },
    { name: `${HEAD}/bias`, shape: [bias.length], dtype: 'float32' },
  ];
  parts.push(new Uint8Array(kernel.buffer), new Uint8Array(bias.buffer));
  const dense = {
    name: HEAD,
    class_name: 'Dense',
    config: { name: HEAD, units: bias.length, activation: 'softmax', use_bias: true, trainable: true },
    inbound_nodes: head?.inbound_nodes ?? [],
  };
  const model = {
    format: 'layers-model',
    generatedBy: 'Mien',
    modelTopology: {
      ...base,
      config: { ...base.config, layers: [...base.config.layers.filter(({ name }) => !heads.has(name)), dense], output_layers: [[HEAD, 0, 0]] },
    },
    weightsManifest: [{ paths: ['weights.bin'], weights: [...kept, ...own] }],
    ...inputStatement({ scaling: 'per-face', labels }),
  };
  return { modelJson: JSON.stringify(model), weights: joined(Uint8Array, parts), parameters: [...kept, ...own].reduce((sum, { shape }) => sum + countOf(shape), 0) };
}

function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
