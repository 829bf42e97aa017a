import * as tfc from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import { activationOf, type Apply } from './activations';

interface CellOptions {
  readonly name?: string;
  readonly units: number;
  readonly activation?: string;
  readonly recurrentActivation?: string;
  readonly useBias?: boolean;
}

/**
 * A GRU cell with `reset_after`, as in TensorFlow 2, Keras 3 and CuDNN (Cho et al. 2014, version 1 of the paper): the reset gate multiplies the
 * recurrent product, which has a separate bias.
 */
class GruCell extends tf.layers.RNNCell {
  static readonly className = 'MienGruCell';
  readonly stateSize: number;
  readonly #options: CellOptions;
  readonly #activation: Apply;
  readonly #gate: Apply;

  constructor(options: CellOptions) {
    super({ name: options.name });
    this.#options = options;
    this.stateSize = options.units;
    this.#activation = activationOf(options.activation ?? 'tanh');
    this.#gate = activationOf(options.recurrentActivation ?? 'sigmoid');
  }

  override build(shape: (number | null)[]): void {
    const { units, useBias = true } = this.#options;
    const zeros = tf.initializers.zeros();
    this.addWeight('kernel', [shape.at(-1) ?? null, 3 * units], undefined, zeros);
    this.addWeight('recurrent_kernel', [units, 3 * units], undefined, zeros);
    if (useBias) this.addWeight('bias', [2, 3 * units], undefined, zeros);
    this.built = true;
  }

  override call(inputs: tfc.Tensor | tfc.Tensor[]): tfc.Tensor[] {
    return tfc.tidy(() => {
      const [x, state] = inputs as [tfc.Tensor2D, tfc.Tensor2D];
      const [kernel, recurrent, bias] = this.weights.map((weight) => weight.read());
      const ownBias = bias ? tfc.split(bias, 2, 0) : [];
      const from = (value: tfc.Tensor2D, weights: tfc.Tensor | undefined, offset: tfc.Tensor | undefined) => {
        const product = tfc.matMul(value, weights as tfc.Tensor2D);
        return tfc.split(offset ? tfc.add(product, offset) : product, 3, 1);
      };
      const [updateX, resetX, candidateX] = from(x, kernel, ownBias[0]) as [tfc.Tensor, tfc.Tensor, tfc.Tensor];
      const [updateH, resetH, candidateH] = from(state, recurrent, ownBias[1]) as [tfc.Tensor, tfc.Tensor, tfc.Tensor];
      const update = this.#gate(tfc.add(updateX, updateH));
      const reset = this.#gate(tfc.add(resetX, resetH));
      const candidate = this.#activation(tfc.add(candidateX, tfc.mul(reset, candidateH)));
      const next = tfc.add(tfc.mul(update, state), tfc.mul(tfc.sub(1, update), candidate));
      return [next, next];
    });
  }

  override getConfig(): tfc.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#options };
  }
}

interface GruOptions extends CellOptions {
  readonly returnSequences?: boolean;
  readonly goBackwards?: boolean;
}

/** A layer of such cells. A plain RNN does not work here: `Bidirectional` creates its layer twice from one config. */
class Gru extends tf.layers.RNN {
  static override readonly className = 'MienGru';
  readonly #options: GruOptions;

  constructor(options: GruOptions) {
    super({ ...options, cell: new GruCell({ ...options, name: `${options.name ?? 'gru'}_cell` }) });
    this.#options = options;
  }

  override getConfig(): tfc.serialization.ConfigDict {
    return { ...tf.layers.Layer.prototype.getConfig.call(this), ...this.#options };
  }

  static override fromConfig<T extends tfc.serialization.Serializable>(cls: tfc.serialization.SerializableConstructor<T>, config: tfc.serialization.ConfigDict): T {
    return new cls(config);
  }
}

tfc.serialization.registerClass(GruCell);
tfc.serialization.registerClass(Gru);
