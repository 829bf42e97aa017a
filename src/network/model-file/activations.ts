import * as tfc from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';

export type Apply = (x: tfc.Tensor) => tfc.Tensor;

/** Keras activations missing in tf.layers, under custom names; `keras-activations.ts` assigns them. */
const OWN: Readonly<Record<string, Apply>> = {
  mienHardSigmoid: (x) => tfc.div(tfc.relu6(tfc.add(x, 3)), 6),
  mienHardSwish: (x) => tfc.div(tfc.mul(x, tfc.relu6(tfc.add(x, 3))), 6),
  mienLeakyRelu: (x) => tfc.leakyRelu(x, 0.2),
  mienExponential: (x) => tfc.exp(x),
  mienCelu: (x) => tfc.elu(x),
  mienHardTanh: (x) => tfc.clipByValue(x, -1, 1),
  mienTanhShrink: (x) => tfc.sub(x, tfc.tanh(x)),
  mienLogSigmoid: (x) => tfc.logSigmoid(x),
  mienSquareplus: (x) => tfc.div(tfc.add(x, tfc.sqrt(tfc.add(tfc.square(x), 4))), 2),
};

/** Parameters of a generalized ReLU. */
export interface Bend {
  /** Slope below the threshold. */
  readonly slope?: number;
  readonly threshold?: number;
  readonly max?: number;
}

/** `x` at or above the threshold, capped at `max`; a linear slope below the threshold. */
export function bentRelu(x: tfc.Tensor, { slope = 0, threshold = 0, max = Infinity }: Bend): tfc.Tensor {
  const bent = tfc.where(tfc.greaterEqual(x, threshold), x, tfc.mul(tfc.sub(x, threshold), slope));
  return max === Infinity ? bent : tfc.minimum(bent, max);
}

for (const [name, apply] of Object.entries(OWN)) {
  class OwnActivation extends tfc.serialization.Serializable {
    static readonly className = name;

    apply(x: tfc.Tensor): tfc.Tensor {
      return tfc.tidy(() => apply(x));
    }

    getConfig(): tfc.serialization.ConfigDict {
      return {};
    }
  }
  tfc.serialization.registerClass(OwnActivation);
}

/** A layer such as `LeakyReLU(0.1)` used as another layer's activation. */
class BentRelu extends tfc.serialization.Serializable {
  static readonly className = 'MienBentRelu';
  readonly #bend: Bend;

  constructor(bend: Bend) {
    super();
    this.#bend = bend;
  }

  apply(x: tfc.Tensor): tfc.Tensor {
    return tfc.tidy(() => bentRelu(x, this.#bend));
  }

  getConfig(): tfc.serialization.ConfigDict {
    return { ...this.#bend };
  }
}

tfc.serialization.registerClass(BentRelu);

/** Resolves an activation, by name or with options, through tf.layers's activation layer. */
export function activationOf(activation: unknown): Apply {
  const layer = tf.layers.activation({ activation: (activation ?? 'linear') as 'tanh' });
  return (x) => layer.call(x, {}) as tfc.Tensor;
}
