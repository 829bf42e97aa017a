import { describe, expect, it } from 'vitest';
import { MienError } from '../../engine/errors';
import { planNetwork } from './keras-config';

const INPUT = { class_name: 'InputLayer', config: { name: 'face', batch_shape: [null, 48, 48, 1] } };

function sequential(...layers: readonly object[]): unknown {
  return { class_name: 'Sequential', config: { name: 'net', layers: [INPUT, ...layers] } };
}

/** Config of the layer after the input. */
function planned(layer: object, kerasMajor = 3): unknown {
  const { topology } = planNetwork(sequential(layer), kerasMajor);
  return (topology['config'] as { layers: { class_name: string; config: object }[] }).layers[1];
}

function detailOf(config: unknown): string {
  try {
    planNetwork(config, 3);
  } catch (error) {
    if (error instanceof MienError && error.is('model-file', 'unsupported-layer')) return error.detail;
    throw error;
  }
  throw new Error('nothing thrown');
}

describe('reports unsupported layers by name', () => {
  it.each([
    [{ class_name: 'Lambda', config: { name: 'squeeze', function: ['4wEA…', null, null] } }, 'squeeze (Lambda)'],
    [{ class_name: 'MyAttention', config: { name: 'attention_1' }, module: 'my.layers', registered_name: 'My>MyAttention' }, 'attention_1 (MyAttention)'],
    [{ class_name: 'constructor', config: { name: 'odd' } }, 'odd (constructor)'],
    [{ class_name: 'Resizing', config: { name: 'r', height: 8, width: 8, interpolation: 'bicubic' } }, 'r (Resizing: interpolation "bicubic")'],
    [{ class_name: 'MaxPooling1D', config: { name: 'p', data_format: 'channels_first' } }, 'p (MaxPooling1D: data_format "channels_first")'],
    [{ class_name: 'MultiHeadAttention', config: { name: 'm', num_heads: 2, key_dim: 4, use_gate: true } }, 'm (MultiHeadAttention: use_gate true)'],
    [{ class_name: 'Dense', config: { name: 'd', units: 7, activation: { class_name: 'PReLU', config: { name: 'p' } } } }, 'd (Dense: activation "PReLU")'],
    [{ class_name: 'Dense', config: { name: 'd', units: 7, activation: { class_name: 'function', config: 'my_swish' } } }, 'd (Dense: activation "my_swish")'],
    [{ class_name: 'LSTM', config: { name: 'l', units: 7, stateful: true } }, 'l (LSTM: stateful true)'],
    [{ class_name: 'Bidirectional', config: { name: 'b', layer: { class_name: 'Conv2D', config: { name: 'c' } } } }, 'b (Bidirectional: Conv2D)'],
  ])('%j', (layer, detail) => {
    expect(detailOf(sequential(layer))).toBe(detail);
  });

  it('in nested models, and for custom model classes', () => {
    const nested = { class_name: 'Functional', config: { name: 'inner', layers: [{ class_name: 'Lambda', name: 'deep', config: { name: 'deep' }, inbound_nodes: [] }] } };
    expect(detailOf(sequential(nested))).toBe('deep (Lambda)');
    expect(detailOf({ class_name: 'FacialNet', config: {} })).toBe('FacialNet (a model class of its own)');
  });

  it('for operations other than arithmetic with numbers', () => {
    const layers = [
      { ...INPUT, name: 'face', inbound_nodes: [] },
      { class_name: 'TFOpLambda', name: 'tf.cast', config: { name: 'tf.cast', function: 'cast' }, inbound_nodes: [['face', 0, 0, { dtype: 'int32' }]] },
    ];
    expect(detailOf({ class_name: 'Functional', config: { name: 'net', layers, input_layers: [], output_layers: [] } })).toBe('tf.cast (cast)');
  });
});

describe('models computed by Theano', () => {
  const planTheano = (layer: object) => () => planNetwork(sequential(layer), 2, true);
  const convolution = (config: object) => ({ class_name: 'Conv2D', config: { name: 'c', filters: 2, kernel_size: [3, 3], strides: [1, 1], padding: 'same', ...config } });

  it.each([
    convolution({ strides: [2, 2] }),
    convolution({ kernel_size: [3, 4] }),
    { class_name: 'TimeDistributed', config: { name: 't', layer: convolution({ strides: [2, 2] }) } },
    { class_name: 'DepthwiseConv2D', config: { name: 'c', kernel_size: 3, strides: 2, padding: 'same' } },
    { class_name: 'Conv1D', config: { name: 'c', filters: 2, kernel_size: [3], strides: [1], padding: 'causal' } },
    { class_name: 'MaxPooling2D', config: { name: 'p', pool_size: [2, 2], strides: [2, 2], padding: 'same' } },
  ])('rejects layers whose windows TensorFlow places differently: %j', (layer) => {
    expect(planTheano(layer)).toThrow('of Theano');
    expect(() => planNetwork(sequential(layer), 2)).not.toThrow();
  });

  it.each([
    convolution({}),
    convolution({ strides: [2, 2], padding: 'valid' }),
    convolution({ strides: [2, 2], kernel_size: [1, 1] }),
    { class_name: 'Conv1D', config: { name: 'c', filters: 2, kernel_size: [3], strides: [1], padding: 'same' } },
    { class_name: 'MaxPooling2D', config: { name: 'p', pool_size: [2, 2], strides: [2, 2], padding: 'valid' } },
  ])('accepts others: %j', (layer) => {
    expect(planTheano(layer)).not.toThrow();
  });
});

describe('models written by Keras 1', () => {
  it('translates the layers inside wrappers', () => {
    const inner = { class_name: 'Convolution2D', config: { name: 'c', nb_filter: 4, nb_row: 3, nb_col: 2, border_mode: 'same', dim_ordering: 'tf' } };
    expect(planned({ class_name: 'TimeDistributed', config: { name: 't', layer: inner } }, 1)).toMatchObject({ config: { layer: { class_name: 'Conv2D', config: { filters: 4, kernel_size: [3, 2], padding: 'same' } } } });
    expect(planned({ class_name: 'TimeDistributed', config: { name: 't', layer: { class_name: 'Dense', config: { name: 'd', output_dim: 7 } } } }, 1)).toMatchObject({ config: { layer: { config: { units: 7 } } } });
  });

  it.each([
    [{ class_name: 'Convolution2D', config: { name: 'c', nb_filter: 4, nb_row: 3, nb_col: 3, border_mode: 'full' } }, 'c (Convolution2D: border_mode "full")'],
    [{ class_name: 'Sequential', config: [{ class_name: 'Dense', config: { name: 'd', output_dim: 7 } }] }, '? (Sequential: within another model, without a name, as Keras 1 wrote it)'],
    [{ class_name: 'TimeDistributed', config: { name: 't', layer: { class_name: 'Convolution2D', config: { name: 'c', dim_ordering: 'th' } } } }, 'c (Convolution2D: dim_ordering "th")'],
  ])('rejects unsupported features: %j', (layer, detail) => {
    expect(detailOf(sequential(layer))).toBe(detail);
  });
});

describe('differences between Keras versions', () => {
  it('reads the slope of a leaky ReLU of any version, including NumPy values', () => {
    const alphaOf = (config: object) => (planned({ class_name: 'LeakyReLU', config: { name: 'l', ...config } }) as { config: { alpha: number } }).config.alpha;
    expect(alphaOf({ negative_slope: 0.2 })).toBe(0.2);
    expect(alphaOf({ alpha: 0.1 })).toBe(0.1);
    expect(alphaOf({ alpha: { class_name: '__numpy__', config: { value: 0.25, dtype: 'float32' } } })).toBe(0.25);
    expect(alphaOf({})).toBe(0.3);
  });

  it('uses the hard sigmoid of the version that wrote the file', () => {
    const layer = { class_name: 'Activation', config: { name: 'a', activation: 'hard_sigmoid' } };
    expect(planned(layer, 2)).toMatchObject({ config: { activation: 'hard_sigmoid' } });
    expect(planned(layer, 3)).toMatchObject({ config: { activation: 'mien_hard_sigmoid' } });
  });

  it('reads the axis of a batch norm from a list', () => {
    expect(planned({ class_name: 'BatchNormalization', config: { name: 'n', axis: [3] } })).toMatchObject({ config: { axis: 3 } });
  });

  it.each(['CustomScaleLayer', 'Custom>CustomScaleLayer'])("recognizes InceptionResNetV2's custom layer as %s", (kind) => {
    expect(planned({ class_name: kind, config: { name: 's', scale: 0.17 } })).toMatchObject({ config: { op: 'addScaled', value: 0.17 } });
  });

  it('maps a −1 in a Reshape to an operation that infers it', () => {
    expect(planned({ class_name: 'Reshape', config: { name: 'r', target_shape: [-1, 4] } })).toMatchObject({ class_name: 'MienOperation', config: { op: 'reshape', shape: [null, -1, 4] } });
  });

  it('reads the input size of a sequential model built late', () => {
    const config = { name: 'net', layers: [{ class_name: 'Flatten', config: { name: 'f' } }], build_input_shape: [null, 48, 48, 1] };
    const { topology } = planNetwork({ class_name: 'Sequential', config }, 3);
    expect(topology).toMatchObject({ config: { layers: [{ config: { batch_input_shape: [null, 48, 48, 1] } }] } });
    const unknown = { class_name: 'Sequential', config: { ...config, build_input_shape: undefined } };
    expect(() => planNetwork(unknown, 3)).toThrow('does not say the size');
  });

  it('counts weight folders by class within each model', () => {
    const dense = (name: string) => ({ class_name: 'Dense', config: { name, units: 2 } });
    const { owners } = planNetwork(sequential(dense('a'), { class_name: 'LeakyReLU', config: { name: 'l' } }, dense('b')), 3);
    expect(owners.map(({ stores }) => stores[0])).toEqual(['layers/dense/vars', 'layers/leaky_re_lu/vars', 'layers/dense_1/vars']);
  });
});

