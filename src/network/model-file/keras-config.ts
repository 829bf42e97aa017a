import { MienError } from '../../engine/errors';
import { isRecord, listOf, recordOf, textOf, type Json } from './json';
import { entryInKeras2 } from './keras1';
import { planLayer, weightSlots } from './keras-layers';
import { inboundNodes, tensorRefs, tensorsAlone, type TensorRef } from './keras-nodes';
import { planOperation } from './keras-operations';
import { unsupported, type LayerPlan } from './keras-options';
import { TURNED_WITH_CHANNELS_FIRST } from './keras-rules';
import type { Origin } from './theano';
import { MODEL_LIMITS } from './limits';

/** A leaf layer that may have weights, and their location in files. */
export interface WeightOwner {
  /** Names of its enclosing models, outermost first, then its own. */
  readonly path: readonly string[];
  /** Groups of its weights in Keras's native format, in the order of the weights. */
  readonly stores: readonly string[];
}

export interface NetworkPlan {
  /** Topology for `tf.loadLayersModel`. */
  readonly topology: Json;
  readonly owners: readonly WeightOwner[];
}

const MODELS = new Set(['Functional', 'Model', 'Sequential']);

/**
 * Translates a Keras config (`model_config` of an `.h5`, `config.json` of a `.keras`, `to_json()`) of Keras 2 or 3 to tf.layers. Accepts only what
 * tf.layers runs exactly like Keras.
 *
 * @param kerasMajor major version that wrote it.
 * @param isTheano true if Theano computed it.
 * @throws MienError `model-file/unsupported-layer` with the layer's name, `model-file/damaged` for an invalid config.
 */
export function planNetwork(config: unknown, kerasMajor: number, isTheano = false): NetworkPlan {
  const owners: WeightOwner[] = [];
  const whole = recordOf(config, 'model config');
  const kind = textOf(whole['class_name'], 'class_name');
  if (!MODELS.has(kind)) throw new MienError('model-file', 'unsupported-layer', `${kind} (a model class of its own)`);
  const topology = planModel(kind, whole['config'], { path: [], store: '', owners, kerasMajor, isTheano });
  return { topology: topology as unknown as Json, owners };
}

interface Place extends Origin {
  readonly path: readonly string[];
  readonly store: string;
  readonly owners: WeightOwner[];
}

function planModel(kind: string, config: unknown, place: Place): LayerPlan {
  // Keras 1 and early Keras 2 wrote a bare array for a sequential model.
  const whole = Array.isArray(config) ? { layers: config as unknown[] } : recordOf(config, kind);
  const name = typeof whole['name'] === 'string' ? whole['name'] : kind.toLowerCase();
  const layers = listOf(whole['layers'], `${name}: layers`);
  const used = new Map<string, number>();
  const entries = layers.map((layer) => entryInKeras2(recordOf(layer, `${name}: layer`)));
  const at = references(entries, place.kerasMajor);
  const planned = entries.flatMap((entry) => planEntry(entry, place, used, at)).flatMap(readOnce);
  if (kind === 'Sequential') {
    return { class_name: 'Sequential', config: { name, layers: withInputShape(planned, whole['build_input_shape']) } };
  }
  return {
    class_name: 'Functional',
    config: {
      name,
      layers: planned,
      input_layers: tensorRefs(whole['input_layers'], name).map(at),
      output_layers: tensorRefs(whole['output_layers'], name).map(at),
    },
  };
}

type PlannedEntry = LayerPlan & { readonly name: string; readonly inbound_nodes?: unknown };

/** Translates one entry of a model's layer list: a leaf, an operation or a nested model. */
function planEntry(entry: Json, place: Place, used: Map<string, number>, at: (ref: TensorRef) => TensorRef): readonly PlannedEntry[] {
  const kind = textOf(entry['class_name'], 'class_name');
  const rawConfig = entry['config'];
  const config = isRecord(rawConfig) ? rawConfig : {};
  // The name locates its weights.
  if (kind === 'Sequential' && Array.isArray(rawConfig)) throw unsupported('?', kind, 'within another model, without a name, as Keras 1 wrote it');
  const name = textOf(entry['name'] ?? config['name'], `${kind}: name`);
  const store = `${place.store}layers/${storeName(kind, used)}`;
  const path = [...place.path, name];
  const nodes = entry['inbound_nodes'] === undefined ? [] : inboundNodes(entry['inbound_nodes'], name);
  const inbound = entry['inbound_nodes'] === undefined ? {} : { inbound_nodes: nodes.map((node) => node.tensors.map((ref) => [...at(ref), {}])) };
  if (MODELS.has(kind)) {
    const nested = planModel(kind, rawConfig, { ...place, path, store: `${store}/` });
    return [{ name, class_name: nested.class_name, config: { ...nested.config, name }, ...inbound }];
  }
  if (kind === 'InputLayer') {
    return [{ name, class_name: kind, config: { name, batch_input_shape: inputShape(config, name), dtype: 'float32' }, ...inbound }];
  }
  const turns = isTurned(kind, config);
  const shaped = { ...config, ...(turns && { data_format: 'channels_last' }), batch_input_shape: config['batch_input_shape'] ?? config['batch_shape'] };
  const operation = planOperation(kind, config, name, nodes);
  const layer = operation ?? planLayer(kind, shaped, name, place);
  if (!operation) {
    tensorsAlone(nodes, kind, name);
    place.owners.push({ path, stores: weightSlots(kind, config, name).map((slot) => `${store}/${slot}`) });
    if (place.owners.length > MODEL_LIMITS.layers) throw new MienError('model-file', 'too-large', `more than ${MODEL_LIMITS.layers} layers`);
  }
  const planned = { name, ...layer, ...inbound };
  return turns ? turned(planned) : [planned];
}

/** True if a channels-first layer must run channels-last in tf.layers, between transpositions. */
function isTurned(kind: unknown, config: unknown): boolean {
  return TURNED_WITH_CHANNELS_FIRST.has(String(kind)) && isRecord(config) && config['data_format'] === 'channels_first';
}

/**
 * Inserts copies where one use of a layer takes a tensor twice: tf.layers counts the readers of a tensor per layer, and would dispose it too early.
 */
function readOnce(entry: PlannedEntry): readonly PlannedEntry[] {
  const copies: PlannedEntry[] = [];
  const nodes = (entry.inbound_nodes ?? []) as readonly (readonly unknown[])[];
  const single = nodes.map((node, use) => {
    const seen = new Set<string>();
    return node.map((ref, place) => {
      const key = JSON.stringify(ref);
      if (!seen.has(key)) {
        seen.add(key);
        return ref;
      }
      const name = `${entry.name}/again-${use}-${place}`;
      copies.push({ name, class_name: 'MienOperation', config: { name, op: 'identity' }, inbound_nodes: [[ref]] });
      return [name, 0, 0, {}];
    });
  });
  return copies.length === 0 ? [entry] : [...copies, { ...entry, inbound_nodes: single }];
}

/** Name suffixes of the transpositions before and after a layer. */
const BEFORE = '/channels-last';
const AFTER = '/channels-first';

/** Wraps a layer in two transpositions, each with as many uses as the layer. */
function turned({ name, class_name, config, inbound_nodes: nodes }: PlannedEntry): readonly PlannedEntry[] {
  const { batch_input_shape: shape, ...others } = config;
  const uses = Array.isArray(nodes) ? nodes.length : 0;
  const of = (source: string) => (nodes === undefined ? {} : { inbound_nodes: Array.from({ length: uses }, (_, use) => [[source, use, 0, {}]]) });
  const [before, after] = [name + BEFORE, name + AFTER];
  return [
    {
      name: before,
      class_name: 'MienOperation',
      config: { name: before, op: 'channelsLast', ...(shape !== undefined && { batch_input_shape: shape }) },
      ...(nodes !== undefined && { inbound_nodes: nodes }),
    },
    { name, class_name, config: others, ...of(before) },
    { name: after, class_name: 'MienOperation', config: { name: after, op: 'channelsFirst' }, ...of(name) },
  ];
}

/**
 * Converts references to tf.layers's numbering: for a nested model, tf.layers and Keras 2 count its own graph as the first use, whereas Keras 3
 * counts from its first application. References to a transposed layer become references to its last transposition.
 */
function references(entries: readonly Json[], kerasMajor: number): (ref: TensorRef) => TensorRef {
  const uses = new Map<string, number>();
  const renamed = new Set<string>();
  for (const entry of entries) {
    const { class_name: kind, inbound_nodes: nodes } = entry;
    const name = isRecord(entry['config']) ? (entry['name'] ?? entry['config']['name']) : entry['name'];
    if (MODELS.has(String(kind)) && Array.isArray(nodes)) uses.set(String(name), nodes.length);
    if (isTurned(kind, entry['config'])) renamed.add(String(name));
  }
  return (ref) => {
    const [layer, node, tensor] = ref;
    if (renamed.has(layer)) return [layer + AFTER, node, tensor];
    return kerasMajor >= 3 && node < (uses.get(layer) ?? 0) ? [layer, node + 1, tensor] : ref;
  };
}

/** Folder of a layer in Keras's native format: its class in snake case, numbered within the model. */
function storeName(kind: string, used: Map<string, number>): string {
  const snake = (kind === 'Model' ? 'Functional' : kind)
    .replaceAll(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
  const count = used.get(snake) ?? 0;
  used.set(snake, count + 1);
  return count === 0 ? snake : `${snake}_${count}`;
}

function inputShape(config: Json, name: string): readonly unknown[] {
  return listOf(config['batch_shape'] ?? config['batch_input_shape'], `${name}: shape`);
}

/** The first layer of a sequential model states the input's shape; if Keras 3 built the model late, only the model does. */
function withInputShape(layers: readonly LayerPlan[], built: unknown): readonly LayerPlan[] {
  const [first, ...rest] = layers;
  if (!first) throw new MienError('model-file', 'not-a-classifier', 'no layers');
  const says = first.class_name === 'InputLayer' || first.config['batch_input_shape'] !== undefined || isRecord(first.config['layers']);
  if (says || Array.isArray(first.config['layers'])) return layers;
  if (!Array.isArray(built)) throw new MienError('model-file', 'not-a-classifier', 'the file does not say the size of the input');
  const [, ...shape] = built as unknown[];
  return [{ ...first, config: { ...first.config, batch_input_shape: [null, ...shape] } }, ...rest];
}
